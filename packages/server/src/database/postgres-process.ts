// PostgreSQL process: makes a data folder, starts a server on it, waits for it and stops it; knows nothing of supervision.

import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { chown, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Binaries } from './binaries.ts'
import { DatabaseError } from './database-error.ts'

/** PostgreSQL refuses to run as root: then it runs as nobody, who owns the data folder and nothing else. */
const unprivileged = 65534

/** The database superuser's name; only whoever may open the socket's folder comes in. */
export const superuser = 'plimsoll'

/** Under which user the server runs; nothing where this process is not root. */
export function serverIdentity(): { readonly uid: number; readonly gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: unprivileged, gid: unprivileged } : undefined
}

/** Makes a folder that only the server's user may enter. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const identity = serverIdentity()
  if (identity) await chown(folder, identity.uid, identity.gid)
}

/** Runs initdb: about half a second. The folder must be empty and belong to the server's user. */
export async function initialise(binaries: Binaries, data: string): Promise<void> {
  const child = spawn(
    binaries.initdb,
    [
      `--pgdata=${data}`,
      `--username=${superuser}`,
      '--encoding=UTF8',
      '--no-locale',
      '--data-checksums',
      '--auth-local=trust',
      '--auth-host=reject',
      '--no-instructions',
    ],
    { ...serverIdentity(), cwd: '/', env: environment, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  }).catch((error: unknown) => {
    throw new DatabaseError('did-not-start', `initdb cannot be run: ${(error as Error).message}`, {
      cause: error,
    })
  })
  if (code !== 0) throw explain(said, `initdb made no database in ${data}`)
}

export interface StartOptions {
  readonly data: string
  readonly socketFolder: string
  readonly logFile: string
  readonly settings: Readonly<Record<string, string>>
}

/**
 * Starts the server in a session of its own, so that a terminal's Ctrl-C reaches us alone and we stop it in order. It outlives this
 * process where that is killed; what it says goes to a file for the same reason.
 */
export function spawnPostgres(
  binaries: Binaries,
  { data, socketFolder, logFile, settings }: StartOptions,
): ChildProcess {
  const log = openSync(logFile, 'a', 0o600)
  const all = {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    ...settings,
  }
  try {
    return spawn(
      binaries.postgres,
      ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...serverIdentity(), cwd: '/', env: environment, detached: true, stdio: ['ignore', log, log] },
    )
  } finally {
    closeSync(log)
  }
}

/** Nothing of our environment (proxies, credentials, PG* settings) is handed on. */
const environment = { LC_ALL: 'C', LANG: 'C', TZ: 'UTC', PATH: process.env.PATH ?? '' }

/** The address of a database on the server behind a socket. */
export const socketUrl = (socketFolder: string, database: string): string =>
  `postgresql://${superuser}@localhost/${database}?host=${encodeURIComponent(socketFolder)}`

export interface WaitOptions {
  readonly logFile: string
  /** Where in the log this start begins. */
  readonly from?: number
  readonly hasEnded: () => boolean
  /** How long a server may take to recover from a crash. */
  readonly seconds?: number
}

/** Resolves once the server answers; throws with what it said where it has ended, or does not answer in time. */
export async function waitUntilReady(
  socketFolder: string,
  { logFile, from = 0, hasEnded, seconds = 600 }: WaitOptions,
): Promise<void> {
  const until = performance.now() + seconds * 1000
  for (;;) {
    // Who answered may have ended since: then nobody else would start it again.
    if ((await answers(socketFolder)) && !hasEnded()) return
    if (hasEnded() || performance.now() > until)
      throw explain(lastWords(logFile, from), 'the embedded PostgreSQL did not start')
    await sleep(20)
  }
}

/** True where a server behind the socket takes connections. */
export async function answers(socketFolder: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: socketUrl(socketFolder, 'postgres'),
    connectionTimeoutMillis: 5000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** Stops a server by its process id: connections are ended, everything is written; without an end within `seconds`, at once. */
export async function stopPostgres(pid: number, isAlive: () => boolean, seconds = 30): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isAlive()) return
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return
      throw error
    }
    const until = performance.now() + seconds * 1000
    while (isAlive() && performance.now() < until) await sleep(10)
  }
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds))

function lastWords(logFile: string, from: number): string {
  try {
    return readFileSync(logFile).subarray(from).toString('utf8').slice(-4000)
  } catch {
    return ''
  }
}

/** Turns what PostgreSQL's programs say into a reason and a sentence. */
export function explain(said: string, what: string): DatabaseError {
  const lines = said.trim().split('\n')
  const telling =
    lines.findLast(line => /FATAL|PANIC|error:|ERROR/.test(line)) ?? lines.findLast(line => line !== '')
  const detail = telling ? `${what}: ${telling.replace(/^.*?(FATAL|PANIC|error|ERROR):\s*/, '')}` : what
  if (/No space left on device|could not extend file/.test(said))
    return new DatabaseError('disk-full', `${what}: the disk is full`)
  if (/Permission denied|Read-only file system/.test(said)) return new DatabaseError('unwritable', detail)
  if (/could not look up effective user ID/.test(said))
    return new DatabaseError(
      'did-not-start',
      `${what}: the user that this runs as has no entry in /etc/passwd, which initdb needs`,
    )
  if (/lock file .* already exists|pre-existing shared memory block/.test(said))
    return new DatabaseError('in-use', detail)
  return new DatabaseError('did-not-start', detail)
}

/** Where the log of a server stands beside its data. */
export const logFileIn = (folder: string): string => join(folder, 'postgres.log')
