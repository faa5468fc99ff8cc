// Open database: the pool to the database that the configuration names, the embedded one started where it names none.

import type { Config } from './config.ts'
import { type EmbeddedEvent, startEmbedded } from './database/embedded.ts'
import { waitForDatabase } from './database/wait-for-database.ts'
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
    await waitForDatabase(connection.pool, new URL(databaseUrl), patience, signal)
    return { ...connection, folder: undefined }
  } catch (error) {
    await connection.close()
    throw error
  }
}
