// Database deeds: what `plimsoll db` does: migrate, verify, distribute, back up, restore; with the server running or not.

import type { Config } from './config.ts'
import { type BackupSummary, backup } from './database/backup.ts'
import { DatabaseError } from './database/database-error.ts'
import { describeSchema } from './database/describe-schema.ts'
import { type Distribution, distribute } from './database/distribution.ts'
import { findEmbedded } from './database/embedded.ts'
import { migrate, readSchemaState } from './database/migrate.ts'
import { restore, verifyBackup } from './database/restore.ts'
import { type Database, openDatabase } from './open-database.ts'
import { type ChainReport, verifyAudit } from './services/access/audit.ts'
import { migrations } from './store/migrations/all.ts'

type Where = Pick<Config, 'databaseUrl' | 'dataFolder'>

async function withDatabase<T>(where: Where, deed: (database: Database) => Promise<T>): Promise<T> {
  // A running server has the folder; its database takes one more connection.
  const running = where.databaseUrl === undefined ? await findEmbedded(where.dataFolder) : undefined
  const database = await openDatabase(
    { ...where, databaseUrl: where.databaseUrl ?? running, connections: 4 },
    { onEvent: () => {}, onIdleError: () => {}, patience: 5 },
  )
  try {
    return await deed(database)
  } finally {
    await database.close()
  }
}

/** Brings the schema up to date; gives the numbers of the steps that were missing. */
export const migrateDatabase = (where: Where): Promise<readonly number[]> =>
  withDatabase(where, ({ pool }) => migrate(pool, migrations))

/** Spreads the large tables over the workers of a Citus database. Throws `no-citus`. */
export const distributeDatabase = (where: Where): Promise<Distribution> =>
  withDatabase(where, ({ pool }) => distribute(pool))

export interface Verified {
  /** The newest step of the schema. */
  readonly version: number
  /** Of the audit log's chain. */
  readonly audit: ChainReport
}

/** Holds the schema and the audit log's chain against what they must be. Throws `not-migrated`, `newer-schema`, `changed-migration`. */
export const verifyDatabase = (where: Where): Promise<Verified> =>
  withDatabase(where, async ({ db, pool }) => {
    const { version, missing } = await readSchemaState(pool, migrations)
    if (missing.length > 0)
      throw new DatabaseError(
        'not-migrated',
        `the schema lacks ${missing.length} steps, from ${missing[0]?.number} (${missing[0]?.name}) on: run plimsoll db migrate`,
      )
    return { version, audit: await verifyAudit(db) }
  })

/** The schema as SQL text. */
export const databaseSchema = (where: Where): Promise<string> =>
  withDatabase(where, ({ pool }) => describeSchema(pool))

/** Writes a backup, then reads it to its end: what is told to be there can be read. */
export const backupDatabase = (where: Where, file: string, tool: string, now: Date): Promise<BackupSummary> =>
  withDatabase(where, async ({ pool }) => {
    await backup(pool, file, { migrations, tool, now })
    return await verifyBackup(file)
  })

export const restoreDatabase = (where: Where, file: string): Promise<BackupSummary> =>
  withDatabase(where, ({ pool }) => restore(pool, file, migrations))
