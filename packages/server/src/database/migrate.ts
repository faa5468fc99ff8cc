// Migrate: brings the schema to the newest step, each in a transaction of its own, safely with many servers starting at once.

import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Migration } from '../store/migrations/migration.ts'
import { DatabaseError } from './database-error.ts'

/** What the database says of its own schema. */
interface Applied {
  readonly number: number
  readonly name: string
  readonly checksum: string
  readonly compatible_from: number
}

export interface SchemaState {
  /** The newest step that the database has; 0 for an empty one. */
  readonly version: number
  /** Steps that this server knows and the database lacks. */
  readonly missing: readonly Migration[]
}

export const checksumOf = ({ sql }: Migration): string => createHash('sha256').update(sql).digest('hex')

/**
 * Applies what is missing and gives the numbers that it applied. Servers that start together take turns, step by step, on a lock of the
 * table that lists the steps. Throws `newer-schema`, `changed-migration` or `too-old` before anything is changed.
 */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[]): Promise<readonly number[]> {
  const client = await pool.connect()
  const applied: number[] = []
  try {
    await ensureVersion(client)
    await ensureList(client)
    for (const migration of migrations) {
      await client.query('begin')
      // Readers (readiness, verify) are not held up; other servers that migrate are.
      await client.query('lock table schema_migration in share row exclusive mode')
      const { missing } = compare(await readApplied(client), migrations)
      if (missing.includes(migration)) {
        await apply(client, migration)
        applied.push(migration.number)
      }
      await client.query('commit')
    }
    // With no step of ours missing, the list may still be one that we must not touch.
    compare(await readApplied(client), migrations)
    client.release()
    return applied
  } catch (error) {
    // The connection may be in the middle of a transaction, or gone: it is not used again, and the database rolls back.
    client.release(true)
    throw error
  }
}

/** Reads where the schema stands. Throws `newer-schema` or `changed-migration`. */
export async function readSchemaState(
  client: pg.Pool | pg.ClientBase,
  migrations: readonly Migration[],
): Promise<SchemaState> {
  return compare((await hasList(client)) ? await readApplied(client) : [], migrations)
}

export async function ensureVersion(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ number: string; text: string }>(
    "select current_setting('server_version_num') as number, current_setting('server_version') as text",
  )
  if (Number(rows[0]?.number) < 150_000)
    throw new DatabaseError('too-old', `PostgreSQL 15 or newer is needed; this is ${rows[0]?.text}`)
}

async function hasList(client: pg.Pool | pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('schema_migration') is not null as there",
  )
  return rows[0]?.there === true
}

/** Runs a step and lists it, in the transaction that is under way. */
export async function apply(client: pg.ClientBase, migration: Migration): Promise<void> {
  await client.query(migration.sql)
  await client.query(
    'insert into schema_migration (number, name, checksum, compatible_from, applied_at) values ($1, $2, $3, $4, now())',
    [migration.number, migration.name, checksumOf(migration), migration.compatibleFrom ?? 1],
  )
}

/** Two servers that make the table at the same moment: one of them gets an error from the catalogue, and finds it made. */
export async function ensureList(client: pg.ClientBase): Promise<void> {
  if (await hasList(client)) return
  try {
    await client.query(`create table if not exists schema_migration (
      number integer primary key,
      name text not null,
      checksum text not null,
      compatible_from integer not null,
      applied_at timestamptz not null
    )`)
  } catch (error) {
    if (!(await hasList(client))) throw error
  }
}

async function readApplied(client: pg.Pool | pg.ClientBase): Promise<readonly Applied[]> {
  const { rows } = await client.query<Applied>(
    'select number, name, checksum, compatible_from from schema_migration order by number',
  )
  return rows
}

function compare(applied: readonly Applied[], migrations: readonly Migration[]): SchemaState {
  const known = migrations.at(-1)?.number ?? 0
  const breaking = applied.find(step => step.compatible_from > known)
  if (breaking)
    throw new DatabaseError(
      'newer-schema',
      `the database was migrated by a newer server (step ${breaking.number}, ${breaking.name}), whose schema servers before step ${breaking.compatible_from} cannot use; this one knows ${known}: upgrade it`,
    )
  const byNumber = new Map(applied.map(step => [step.number, step]))
  for (const migration of migrations) {
    const step = byNumber.get(migration.number)
    if (step && step.checksum !== checksumOf(migration))
      throw new DatabaseError(
        'changed-migration',
        `step ${step.number} (${step.name}) of the database's schema is not the one that this server knows: it was made by another build`,
      )
  }
  return {
    version: applied.at(-1)?.number ?? 0,
    missing: migrations.filter(migration => !byNumber.has(migration.number)),
  }
}
