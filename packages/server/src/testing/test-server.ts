// Test server: a real PostgreSQL for a run of tests, with a database that has every migration, to be cloned for each test.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBinaries } from '../database/binaries.ts'
import { migrate } from '../database/migrate.ts'
import {
  initialise,
  logFileIn,
  makePrivateFolder,
  socketUrl,
  spawnPostgres,
  stopPostgres,
  waitUntilReady,
} from '../database/postgres-process.ts'
import { connect } from '../store/connect.ts'
import { migrations } from '../store/migrations/all.ts'

export const template = 'plimsoll_template'
const prefix = 'plimsoll-test-'

/** Nothing of a test survives a fall of the machine, so nothing waits for the disk. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '64MB',
  autovacuum: 'off',
  log_min_messages: 'fatal',
}

export interface TestServer {
  /** Address of its database `postgres`. */
  readonly url: string
  readonly close: () => Promise<void>
}

export async function startTestServer(): Promise<TestServer> {
  removeOrphans()
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  const data = join(folder, 'data')
  await makePrivateFolder(folder)
  await makePrivateFolder(data)
  const binaries = findBinaries()
  await initialise(binaries, data)
  const logFile = logFileIn(folder)
  const child = spawnPostgres(binaries, { data, socketFolder: folder, logFile, settings })
  let ended = false
  child.on('exit', () => {
    ended = true
  })
  child.on('error', () => {
    ended = true
  })
  const close = async () => {
    if (child.pid !== undefined) await stopPostgres(child.pid, () => !ended)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await waitUntilReady(folder, { logFile, hasEnded: () => ended })
    const url = socketUrl(folder, 'postgres')
    await makeTemplate(url, folder)
    return { url, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function makeTemplate(url: string, folder: string): Promise<void> {
  const server = connect(url, { connections: 1 })
  await server.pool.query(`create database ${template}`)
  await server.close()
  const made = connect(socketUrl(folder, template), { connections: 1 })
  await migrate(made.pool, migrations)
  await made.close()
}

/** Ends servers whose run was killed, and removes what they left. */
function removeOrphans(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (owner === undefined || isAlive(Number(owner))) continue
    const folder = join(tmpdir(), name)
    try {
      const pid = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n', 1)[0])
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)) process.kill(pid, 'SIGQUIT')
    } catch {
      // It ended by itself.
    }
    rmSync(folder, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
