// Embedded: supervises a PostgreSQL of our own: makes it, starts or adopts it, starts it again when it crashes, stops it in order.

import { existsSync, realpathSync, renameSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Binaries, findBinaries } from './binaries.ts'
import { type DataFolder, initialiseOnce, openDataFolder, reachableBinaries } from './data-folder.ts'
import { DatabaseError } from './database-error.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { answers, sleep, socketUrl, spawnPostgres, stopPostgres, waitUntilReady } from './postgres-process.ts'
import { findPostmaster } from './postmaster-file.ts'
import { worksIn } from './process-facts.ts'

export type EmbeddedEvent =
  | { readonly type: 'initialised' | 'started' | 'adopted' | 'restarted'; readonly pid?: number }
  | { readonly type: 'crashed'; readonly retryIn: number; readonly reason: string }

export interface EmbeddedOptions {
  readonly folder: string
  readonly onEvent?: (event: EmbeddedEvent) => void
  readonly binaries?: Binaries
}

export interface Embedded {
  /** Address of the server's database. It stays the same over restarts. */
  readonly url: string
  /** Of the postmaster that runs now; undefined while it is being started again. */
  readonly pid: () => number | undefined
  /** Stops PostgreSQL, everything written, and gives the folder free. */
  readonly stop: () => Promise<void>
}

const database = 'plimsoll'
/** Milliseconds before a crashed server is started again: doubled each time, back to the least after a minute of life. */
const leastWait = 250
const mostWait = 30_000
const logLimit = 8 * 1024 * 1024

/** Starts the database of a folder: about half a second the first time, 50 ms later. Throws `DatabaseError`. */
export async function startEmbedded({
  folder: path,
  onEvent = () => {},
  binaries = findBinaries(),
}: EmbeddedOptions): Promise<Embedded> {
  const folder = await openDataFolder(path)
  const lock = await lockFolder(folder.lockFile)
  const supervisor = new Supervisor(folder, lock, onEvent)
  try {
    const reachable = reachableBinaries(binaries, folder)
    if (await initialiseOnce(reachable, folder)) onEvent({ type: 'initialised' })
    await supervisor.start(reachable)
    return supervisor
  } catch (error) {
    await supervisor.stop()
    throw error
  }
}

/** The address of the database of a folder whose server runs; undefined where none does. For deeds beside a running server. */
export async function findEmbedded(folder: string): Promise<string | undefined> {
  const data = join(folder, 'postgres')
  if (!existsSync(data)) return undefined
  const found = findPostmaster(realpathSync(data))
  return found && (await answers(found.socketFolder)) ? socketUrl(found.socketFolder, database) : undefined
}

class Supervisor implements Embedded {
  readonly #folder: DataFolder
  readonly #lock: FolderLock
  readonly #tell: (event: EmbeddedEvent) => void
  #url = ''
  #pid: number | undefined
  #isStopping = false
  #stopped: Promise<void> | undefined
  #restarting: Promise<void> = Promise.resolve()
  #watch: NodeJS.Timeout | undefined

  constructor(folder: DataFolder, lock: FolderLock, tell: (event: EmbeddedEvent) => void) {
    this.#folder = folder
    this.#lock = lock
    this.#tell = tell
  }

  get url(): string {
    return this.#url
  }

  readonly pid = (): number | undefined => this.#pid

  async start(binaries: Binaries): Promise<void> {
    const adopted = await adopt(this.#folder.data)
    // An adopted server keeps the socket that it was started with; so do all that follow it.
    const socketFolder = adopted?.socketFolder ?? this.#folder.socketFolder
    this.#url = socketUrl(socketFolder, database)
    const run = { binaries, socketFolder, wait: leastWait }
    if (adopted) {
      this.#pid = adopted.pid
      this.#tell({ type: 'adopted', pid: adopted.pid })
      this.#watchAdopted(run)
    } else {
      await this.#spawn(run)
      this.#tell({ type: 'started', pid: this.#pid as number })
    }
    await ensureDatabase(socketFolder)
  }

  readonly stop = (): Promise<void> => {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  async #stop(): Promise<void> {
    this.#isStopping = true
    clearInterval(this.#watch)
    await this.#restarting
    const pid = this.#pid
    if (pid !== undefined) await stopPostgres(pid, () => worksIn(pid, this.#folder.data))
    this.#pid = undefined
    this.#lock.release()
  }

  async #spawn(run: Run): Promise<void> {
    const { data, logFile } = this.#folder
    keepSmall(logFile)
    const said = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
    const child = spawnPostgres(run.binaries, {
      data,
      socketFolder: run.socketFolder,
      logFile,
      settings: settingsFor(totalmem()),
    })
    // It ends with us only where we end it: nothing of it keeps this process from ending.
    child.unref()
    let ended = false
    let isReady = false
    const began = performance.now()
    const onEnd = () => {
      if (ended) return
      ended = true
      this.#pid = undefined
      if (isReady) this.#restart({ ...run, wait: performance.now() - began > 60_000 ? leastWait : run.wait })
    }
    child.once('error', onEnd).once('exit', onEnd)
    this.#pid = child.pid
    await waitUntilReady(run.socketFolder, { logFile, from: said, hasEnded: () => ended })
    isReady = true
  }

  /** A server that is no child of ours is asked after now and then. */
  #watchAdopted(run: Run): void {
    this.#watch = setInterval(() => {
      const pid = this.#pid
      if (pid !== undefined && worksIn(pid, this.#folder.data)) return
      clearInterval(this.#watch)
      this.#pid = undefined
      this.#restart(run)
    }, 500)
    this.#watch.unref()
  }

  #restart(run: Run): void {
    if (!this.#isStopping) this.#restarting = this.#restartUntilItRuns(run)
  }

  async #restartUntilItRuns(run: Run): Promise<void> {
    let reason = 'it ended by itself'
    for (let wait = run.wait; ; wait = Math.min(wait * 2, mostWait)) {
      this.#tell({ type: 'crashed', retryIn: wait, reason })
      for (const until = performance.now() + wait; performance.now() < until; ) {
        if (this.#isStopping) return
        await sleep(50)
      }
      try {
        await this.#spawn({ ...run, wait: Math.min(wait * 2, mostWait) })
        this.#tell({ type: 'restarted', pid: this.#pid as number })
        return
      } catch (error) {
        reason = (error as Error).message
      }
    }
  }
}

interface Run {
  readonly binaries: Binaries
  readonly socketFolder: string
  readonly wait: number
}

/** The living server of the folder, ready; undefined where there is none, or it was on its way out. */
async function adopt(data: string): Promise<{ pid: number; socketFolder: string } | undefined> {
  for (const until = performance.now() + 60_000; performance.now() < until; await sleep(50)) {
    const found = findPostmaster(data)
    if (found === undefined) return undefined
    if (await answers(found.socketFolder)) return found
  }
  throw new DatabaseError(
    'in-use',
    `the PostgreSQL that runs in ${data} does not answer: end it, then start again`,
  )
}

async function ensureDatabase(socketFolder: string): Promise<void> {
  const client = new pg.Client({ connectionString: socketUrl(socketFolder, 'postgres') })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}

/** Sane for one server beside it on the machine; what is written is on the disk before it is acknowledged (fsync stays on). */
export function settingsFor(memory: number): Readonly<Record<string, string>> {
  const megabytes = (share: number, most: number) =>
    `${Math.max(32, Math.min(most, Math.round((memory / 1024 / 1024) * share)))}MB`
  return {
    shared_buffers: megabytes(1 / 16, 512),
    effective_cache_size: megabytes(1 / 4, 16_384),
    maintenance_work_mem: megabytes(1 / 64, 256),
    work_mem: '16MB',
    max_connections: '100',
    // No replica reads its log, so it need not be written for one.
    wal_level: 'minimal',
    max_wal_senders: '0',
    wal_compression: 'on',
    max_wal_size: '2GB',
    checkpoint_timeout: '10min',
    random_page_cost: '1.1',
    jit: 'off',
    idle_in_transaction_session_timeout: '10min',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
    timezone: 'UTC',
    log_timezone: 'UTC',
  }
}

function keepSmall(logFile: string): void {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > logLimit)
    renameSync(logFile, `${logFile}.1`)
}
