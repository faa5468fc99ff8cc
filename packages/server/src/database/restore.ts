// Restore: reads a backup into an empty database, all of it or nothing, and proves that it is whole.

import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import type { Migration } from '../store/migrations/migration.ts'
import { type BackupSummary, listTables, quoted } from './backup.ts'
import {
  BackupDigest,
  type BackupEnd,
  type BackupHead,
  type BackupRow,
  type BackupTable,
  linesOf,
  parseHead,
  parseLine,
} from './backup-format.ts'
import { DatabaseError } from './database-error.ts'
import { apply, checksumOf, ensureList, ensureVersion, migrate } from './migrate.ts'

const batchRows = 5000
const batchBytes = 4 * 1024 * 1024

/**
 * Restores into a database without tables, in one transaction, then applies the steps of the schema that the backup lacks. Throws
 * `not-empty`, `bad-backup`, `newer-schema` or `changed-migration`, and leaves the database as it was.
 */
export async function restore(
  pool: pg.Pool,
  file: string,
  migrations: readonly Migration[],
): Promise<BackupSummary> {
  const client = await pool.connect()
  let summary: BackupSummary
  try {
    await ensureVersion(client)
    await ensureEmpty(client)
    await client.query("begin; set local timezone = 'UTC'")
    summary = await readAll(file, new Target(client, migrations))
    await client.query('commit')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
  await migrate(pool, migrations)
  return summary
}

/** Reads a backup to its end without a database. Throws `bad-backup` where it is not whole. */
export function verifyBackup(file: string): Promise<BackupSummary> {
  return readAll(file, { begin: async () => {}, table: async () => {}, rows: async () => {} })
}

interface Reader {
  readonly begin: (head: BackupHead) => Promise<void>
  readonly table: (table: BackupTable) => Promise<void>
  readonly rows: (rows: readonly BackupRow[]) => Promise<void>
}

async function readAll(file: string, reader: Reader): Promise<BackupSummary> {
  const digest = new BackupDigest()
  let tables = 0
  let batch: BackupRow[] = []
  let bytes = 0
  const flush = async () => {
    if (batch.length > 0) await reader.rows(batch)
    digest.addRows(batch.length)
    batch = []
    bytes = 0
  }
  let end: BackupEnd | undefined
  let isBegun = false
  for await (const line of linesOf(unpacked(file))) {
    if (end) throw new DatabaseError('bad-backup', 'the backup is damaged: something stands after its end')
    if (!isBegun) {
      isBegun = true
      await reader.begin(parseHead(line))
      digest.add(`${line}\n`)
      continue
    }
    const value = parseLine(line) as BackupRow | BackupTable | BackupEnd
    if (isRow(value)) {
      batch.push(value)
      bytes += line.length
      if (batch.length === batchRows || bytes > batchBytes) await flush()
    } else {
      await flush()
      if ('end' in value) {
        end = value
        continue
      }
      tables++
      await reader.table(value)
    }
    digest.add(`${line}\n`)
  }
  if (!end) throw new DatabaseError('bad-backup', 'the backup is not whole: its end is missing')
  const { rows, sha256 } = digest.end()
  if (end.rows !== rows || end.sha256 !== sha256)
    throw new DatabaseError('bad-backup', 'the backup is damaged: its digest is another')
  return { tables, rows }
}

const isRow = (value: BackupRow | BackupTable | BackupEnd): value is BackupRow => Array.isArray(value)

async function* unpacked(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file)
  const unpack = createGunzip({ chunkSize: 256 * 1024 })
  source.on('error', error => unpack.destroy(error))
  try {
    yield* source.pipe(unpack) as AsyncIterable<Buffer>
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error
    throw new DatabaseError('bad-backup', `the backup is not whole: ${(error as Error).message}`, {
      cause: error,
    })
  } finally {
    source.destroy()
  }
}

/** Writes what is read into the transaction under way. */
class Target implements Reader {
  readonly #client: pg.ClientBase
  readonly #migrations: readonly Migration[]
  #insert = ''

  constructor(client: pg.ClientBase, migrations: readonly Migration[]) {
    this.#client = client
    this.#migrations = migrations
  }

  async begin(head: BackupHead): Promise<void> {
    const steps = head.migrations.map(({ number, checksum }) => {
      const migration = this.#migrations.find(one => one.number === number)
      if (!migration)
        throw new DatabaseError(
          'newer-schema',
          `the backup was written by a newer server (${head.tool}): upgrade this one`,
        )
      if (checksumOf(migration) !== checksum)
        throw new DatabaseError('changed-migration', `the backup was written by another build (${head.tool})`)
      return migration
    })
    await ensureList(this.#client)
    for (const migration of steps) await apply(this.#client, migration)
    // Steps may have put in rows of their own, which the backup has too.
    const tables = await listTables(this.#client)
    for (const { name } of [...tables].reverse()) await this.#client.query(`delete from ${quoted(name)}`)
  }

  async table({ table, columns }: BackupTable): Promise<void> {
    const { rows } = await this.#client.query<{ name: string; type: string }>(
      `select attname::text as name, format_type(atttypid, atttypmod) as type from pg_attribute
       where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
      [quoted(table)],
    )
    const types = new Map(rows.map(({ name, type }) => [name, type]))
    const values = columns.map((column, index) => {
      const type = types.get(column)
      if (type === undefined)
        throw new DatabaseError('bad-backup', `the backup is damaged: ${table} has no column ${column}`)
      return `(row_value->>${index})::${type}`
    })
    this.#insert = `insert into ${quoted(table)} (${columns.map(quoted).join(', ')})
      select ${values.join(', ')} from json_array_elements($1::json) as row_value`
  }

  async rows(rows: readonly BackupRow[]): Promise<void> {
    if (this.#insert === '')
      throw new DatabaseError('bad-backup', 'the backup is damaged: rows stand before a table')
    await this.#client.query(this.#insert, [JSON.stringify(rows)])
  }
}

async function ensureEmpty(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v') limit 1",
  )
  if (rows[0])
    throw new DatabaseError(
      'not-empty',
      `the database has tables already (${rows[0].name}): a backup is restored into an empty one`,
    )
}
