// Database for tests: a fresh one for each call, with every migration, on a real PostgreSQL that the run shares.

import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import { type Connection, connect } from '../store/connect.ts'
import type { Schema } from '../store/schema.ts'
import { spreadDatabase } from './spread-database.ts'
import { startTestServer, template } from './test-server.ts'

export interface FreshDatabase {
  readonly db: Kysely<Schema>
  readonly pool: pg.Pool
  /** Address of the database, for further connections or processes. */
  readonly url: string
  /** Ends this connection and drops the database. Also run by `await using`. */
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export interface FreshOptions {
  /** The most connections at a time. */
  readonly connections?: number
  /** A database without any table. */
  readonly empty?: boolean
}

/**
 * Makes a database of its own for a test: some 30 ms. Outside the project `db` (a bench), a server is started for it alone. Where
 * CITUS_URL names a coordinator, the database is spread over its workers instead.
 */
export async function freshDatabase({
  connections = 10,
  empty = false,
}: FreshOptions = {}): Promise<FreshDatabase> {
  if (process.env.CITUS_URL !== undefined && !empty) return await spreadDatabase(process.env.CITUS_URL)
  const shared = process.env.PLIMSOLL_TEST_DATABASE
  const own = shared === undefined ? await startTestServer() : undefined
  const server = new URL(own?.url ?? (shared as string))
  const name = `test_${randomBytes(8).toString('hex')}`
  await withConnection(server.href, ({ pool }) =>
    pool.query(`create database ${name} template ${empty ? 'template0' : template} strategy file_copy`),
  )
  const url = new URL(server)
  url.pathname = `/${name}`
  const { db, pool, close: disconnect } = connect(url.href, { connections })
  let closed: Promise<void> | undefined
  const end = async () => {
    await disconnect()
    await withConnection(server.href, ({ pool: all }) => all.query(`drop database ${name} with (force)`))
    await own?.close()
  }
  const close = () => {
    closed ??= end()
    return closed
  }
  return { db, pool, url: url.href, close, [Symbol.asyncDispose]: close }
}

async function withConnection(
  url: string,
  deed: (connection: Connection) => Promise<unknown>,
): Promise<void> {
  const connection = connect(url, { connections: 1 })
  try {
    await deed(connection)
  } finally {
    await connection.close()
  }
}
