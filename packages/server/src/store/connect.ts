// Connect: opens a pool of connections to PostgreSQL, and kysely over it.

import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Schema } from './schema.ts'

export interface Connection {
  readonly db: Kysely<Schema>
  /** For what needs a connection of its own (migrations, backup) and for metrics. */
  readonly pool: pg.Pool
  readonly close: () => Promise<void>
}

export interface ConnectOptions {
  /** The most connections at a time; 10 where nothing is said. */
  readonly connections?: number
  /** Told of connections that break while idle (a restart of the database); the pool makes new ones by itself. */
  readonly onIdleError?: (error: Error) => void
}

/** Opens nothing yet: connections are made when they are needed. `url` is postgresql://…; `?host=/folder` names a unix socket's folder. */
export function connect(
  url: string,
  { connections = 10, onIdleError = () => {} }: ConnectOptions = {},
): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: 'plimsoll',
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: 60_000,
    // A peer that vanished without a word is noticed by the system, not after hours.
    keepAlive: true,
  })
  let isClosing = false
  // Connections that are being closed may find the database gone before them.
  pool.on('error', error => isClosing || onIdleError(error))
  // One that breaks between two statements of a transaction has nobody to tell, and would end the process: the next statement fails.
  pool.on('connect', client => client.on('error', () => {}))
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    isClosing = true
    await db.destroy()
    // Kysely ends the pool only where it has used it.
    if (!pool.ending) await pool.end()
  }
  return { db, pool, close }
}
