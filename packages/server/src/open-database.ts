// Open database: the pool to the database that the configuration names, the embedded one started where it names none.

import type pg from 'pg'
import type { Config } from './config.ts'
import { DatabaseError } from './database/database-error.ts'
import { type EmbeddedEvent, startEmbedded } from './database/embedded.ts'
import { sleep } from './database/postgres-process.ts'
import { type Connection, connect } from './store/connect.ts'

export interface Database extends Connection {
  /** Of the embedded database; undefined where it is somebody's. */
  readonly folder: string | undefined
}

export interface OpenOptions {
  readonly onEvent: (event: EmbeddedEvent) => void
  readonly onIdleError: (error: Error) => void
  /** Seconds to wait for a database of somebody's, which may start at the same time as we do. */
  readonly patience?: number
  readonly signal?: AbortSignal
}

export async function openDatabase(
  { databaseUrl, dataFolder, connections }: Pick<Config, 'databaseUrl' | 'dataFolder' | 'connections'>,
  { onEvent, onIdleError, patience = 60, signal }: OpenOptions,
): Promise<Database> {
  if (databaseUrl === undefined) {
    const embedded = await startEmbedded({ folder: dataFolder, onEvent })
    const connection = connect(embedded.url, { connections, onIdleError })
    const close = async () => {
      await connection.close()
      await embedded.stop()
    }
    return { ...connection, folder: dataFolder, close }
  }
  const connection = connect(databaseUrl, { connections, onIdleError })
  try {
    await waitFor(connection.pool, new URL(databaseUrl), patience, signal)
    return { ...connection, folder: undefined }
  } catch (error) {
    await connection.close()
    throw error
  }
}

async function waitFor(
  pool: pg.Pool,
  { host, searchParams }: URL,
  seconds: number,
  signal?: AbortSignal,
): Promise<void> {
  for (const until = performance.now() + seconds * 1000; ; await sleep(500)) {
    try {
      await pool.query('select 1')
      return
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException
      // A wrong password or name does not get better by waiting.
      const isFinal = /^(?:28|3D)/.test(code)
      if (!isFinal && performance.now() < until && !signal?.aborted) continue
      throw new DatabaseError(
        'unreachable',
        `the database at ${searchParams.get('host') ?? host} cannot be reached: ${message || code}`,
        { cause: error },
      )
    }
  }
}
