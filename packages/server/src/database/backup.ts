// Backup: writes all that is kept to one compressed file, as it was at one instant, while the server goes on.

import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import type { Migration } from '../store/migrations/migration.ts'
import { BackupDigest, type BackupHead, type BackupRow } from './backup-format.ts'
import { DatabaseError } from './database-error.ts'
import { checksumOf, readSchemaState } from './migrate.ts'

/** What is not kept: people sign in again, and collectors send again what they were sending. */
export const transientTables = ['session', 'oidc_login', 'upload', 'upload_item']

/** Bytes of rows that are fetched at a time. */
const batchBytes = 4 * 1024 * 1024

export interface BackupOptions {
  readonly migrations: readonly Migration[]
  readonly tool: string
  readonly now: Date
}

export interface BackupSummary {
  readonly tables: number
  readonly rows: number
}

/**
 * Writes a file that only its owner may read, whole or not at all. Throws `not-migrated` for a schema that is not this server's, and an
 * error of the system (`EEXIST`) where the file is there already.
 */
export async function backup(pool: pg.Pool, file: string, options: BackupOptions): Promise<BackupSummary> {
  const draft = `${file}.part`
  await (await open(file, 'wx', 0o600)).close()
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(
      "set local timezone = 'UTC'; set local datestyle = 'ISO'; set local extra_float_digits = 1",
    )
    const { missing } = await readSchemaState(client, options.migrations)
    if (missing.length > 0)
      throw new DatabaseError('not-migrated', 'the schema is not up to date: run plimsoll db migrate first')
    const tables = await listTables(client)
    const digest = new BackupDigest()
    await pipeline(
      Readable.from(write(client, tables, digest, options)),
      createGzip({ level: 6 }),
      createWriteStream(draft, { mode: 0o600 }),
    )
    await sync(draft)
    await rename(draft, file)
    await sync(dirname(file))
    await client.query('commit')
    client.release()
    return { tables: tables.length, rows: digest.rows }
  } catch (error) {
    client.release(true)
    await Promise.all([rm(draft, { force: true }), rm(file, { force: true })])
    throw error
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function* write(
  client: pg.ClientBase,
  tables: readonly Table[],
  digest: BackupDigest,
  { migrations, tool, now }: BackupOptions,
): AsyncGenerator<string> {
  const head: BackupHead = {
    format: 'plimsoll-backup',
    version: 1,
    createdAt: now.toISOString(),
    tool,
    migrations: migrations.map(migration => ({ number: migration.number, checksum: checksumOf(migration) })),
  }
  const told = (text: string) => {
    digest.add(text)
    return text
  }
  yield told(`${JSON.stringify(head)}\n`)
  for (const { name, columns } of tables) {
    yield told(`${JSON.stringify({ table: name, columns })}\n`)
    for await (const rows of readRows(client, name, columns)) {
      digest.addRows(rows.length)
      yield told(rows.map(row => `${JSON.stringify(row)}\n`).join(''))
    }
  }
  yield `${JSON.stringify(digest.end())}\n`
}

/** Batches of about equal size, however large rows are. */
async function* readRows(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
): AsyncGenerator<readonly BackupRow[]> {
  const list = columns.map(column => `${quoted(column)}::text`).join(', ')
  await client.query(`declare rows no scroll cursor for select ${list} from ${quoted(table)}`)
  for (let count = 50; ; ) {
    const { rows } = await client.query<(string | null)[]>({
      text: `fetch ${count} from rows`,
      rowMode: 'array',
    })
    if (rows.length === 0) break
    yield rows
    const bytes = rows.reduce(
      (sum, row) => sum + row.reduce((all, value) => all + (value?.length ?? 0), 0),
      0,
    )
    count = Math.max(1, Math.min(5000, Math.floor(batchBytes / (bytes / rows.length + 1))))
  }
  await client.query('close rows')
}

export interface Table {
  readonly name: string
  readonly columns: readonly string[]
}

/** The tables that are kept, those that others refer to before them. */
export async function listTables(client: pg.ClientBase): Promise<readonly Table[]> {
  const { rows } = await client.query<Table & { refers_to: string[] }>(
    `select relation.relname as name,
       array(select attname::text from pg_attribute where attrelid = relation.oid and attnum > 0 and not attisdropped
             and attgenerated = '' order by attnum) as columns,
       array(select target.relname::text from pg_constraint join pg_class as target on target.oid = confrelid
             where conrelid = relation.oid and contype = 'f' and confrelid <> conrelid) as refers_to
     from pg_class as relation
     where relation.relnamespace = current_schema()::regnamespace and relation.relkind in ('r', 'p')
       and not relation.relispartition and relation.relname <> 'schema_migration' and relation.relname <> all($1)
     order by relation.relname`,
    [transientTables],
  )
  const byName = new Map(rows.map(row => [row.name, row]))
  const ordered = new Set<string>()
  const visit = (name: string): void => {
    const row = byName.get(name)
    if (!row || ordered.has(name)) return
    for (const target of row.refers_to) visit(target)
    ordered.add(name)
  }
  for (const { name } of rows) visit(name)
  return [...ordered].map(name => ({ name, columns: byName.get(name)?.columns ?? [] }))
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
