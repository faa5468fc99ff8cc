// Databases: the homes of servers under chaos: folders of the embedded database, and a PostgreSQL that tests stop and start.

import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { findBinaries } from '../../packages/server/src/database/binaries.ts'
import { findEmbedded } from '../../packages/server/src/database/embedded.ts'
import {
  initialise,
  logFileIn,
  makePrivateFolder,
  socketUrl,
  spawnPostgres,
  stopPostgres,
  waitUntilReady,
} from '../../packages/server/src/database/postgres-process.ts'
import { findPostmaster } from '../../packages/server/src/database/postmaster-file.ts'
import { type Connection, connect } from '../../packages/server/src/store/connect.ts'

/** A folder that is gone after the test, which the user of the embedded database can get to. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-chaos-'))
  chmodSync(folder, 0o755)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A data folder; a PostgreSQL that outlived its server ends with the test. */
export function dataFolder(inside = scratchFolder()): string {
  const folder = join(inside, 'data')
  onTestFinished(() => stopEmbedded(folder))
  return folder
}

/** Ends the PostgreSQL of a folder whose server was killed. */
export async function stopEmbedded(folder: string): Promise<void> {
  const data = join(folder, 'postgres')
  const found = findPostmaster(data)
  if (found) await stopPostgres(found.pid, () => findPostmaster(data)?.pid === found.pid)
}

/** One connection to the database of a folder, beside its server. */
export async function besideEmbedded(folder: string): Promise<Connection> {
  const url = await findEmbedded(folder)
  if (url === undefined) throw new Error('there is no running database in the folder')
  return beside(url)
}

/** One connection to a database, closed with the test. */
export function beside(url: string): Connection {
  const connection = connect(url, { connections: 1 })
  onTestFinished(() => connection.close())
  return connection
}

/** A PostgreSQL of somebody's, as servers know it by DATABASE_URL. */
export class OwnPostgres {
  readonly #folder = join(scratchFolder(), 'postgres')
  #child: ChildProcess | undefined

  get url(): string {
    return socketUrl(this.#folder, 'postgres')
  }

  async make(): Promise<void> {
    mkdirSync(this.#folder)
    await makePrivateFolder(this.#folder)
    await makePrivateFolder(this.#data)
    await initialise(findBinaries(), this.#data)
    onTestFinished(() => this.end('SIGKILL'))
    await this.start()
  }

  async start(): Promise<void> {
    const logFile = logFileIn(this.#folder)
    const child = spawnPostgres(findBinaries(), {
      data: this.#data,
      socketFolder: this.#folder,
      logFile,
      settings: { max_connections: '50' },
    })
    this.#child = child
    await waitUntilReady(this.#folder, { logFile, hasEnded: () => child.exitCode !== null })
  }

  /** SIGINT stops it in order, SIGKILL does not. */
  async end(signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }

  get #data(): string {
    return join(this.#folder, 'data')
  }
}
