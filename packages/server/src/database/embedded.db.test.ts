// Embedded database: real processes, killed, adopted, refused and started again.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findBinaries, isReachableByAll, linkLibraries } from './binaries.ts'
import { defaultDataFolder } from './data-folder.ts'
import { type EmbeddedEvent, settingsFor, startEmbedded } from './embedded.ts'
import { lockFolder } from './folder-lock.ts'
import { explain, sleep } from './postgres-process.ts'
import { isRunning } from './process-facts.ts'

let base: string
let folder: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'plimsoll-embedded-'))
  chmodSync(base, 0o755)
  folder = join(base, 'data')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

/** Asks until it answers. */
async function until<T>(ask: () => Promise<T> | T, isIt: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await Promise.resolve()
      .then(ask)
      .catch(() => undefined)
    if (answer !== undefined && isIt(answer)) return answer
    await sleep(25)
  }
}

async function startParent(): Promise<{ parent: ChildProcess; url: string; pid: number }> {
  const parent = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, '../testing/embedded-parent.ts'), folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = (await once(createInterface({ input: parent.stdout as NodeJS.ReadableStream }), 'line')) as [
    string,
  ]
  return { parent, ...(JSON.parse(line) as { url: string; pid: number }) }
}

test('is made once, keeps what was committed, syncs to disk, and listens on a socket that others cannot open', async () => {
  const events: EmbeddedEvent[] = []
  const first = await startEmbedded({ folder, onEvent: event => events.push(event) })
  await query(first.url, 'create table t (a int); insert into t values (1)')
  expect(
    await query(
      first.url,
      "select current_setting('fsync') as fsync, current_setting('listen_addresses') as at",
    ),
  ).toEqual([{ fsync: 'on', at: '' }])
  const [postmaster] = await query(first.url, "select current_setting('unix_socket_directories') as at")
  expect(statSync(postmaster?.at as string).mode & 0o777).toBe(0o700)
  await first.stop()
  expect(existsSync(join(folder, 'server.lock'))).toBe(false)
  expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false)
  const second = await startEmbedded({ folder, onEvent: event => events.push(event) })
  expect(second.url).toBe(first.url)
  expect(await query(second.url, 'select a from t')).toEqual([{ a: 1 }])
  await Promise.all([second.stop(), second.stop()])
  expect(events.map(({ type }) => type)).toEqual(['initialised', 'started', 'started'])
})

test('two servers on one folder are refused, and say who has it', async () => {
  const first = await startEmbedded({ folder })
  await expect(startEmbedded({ folder })).rejects.toMatchObject({
    reason: 'in-use',
    message: expect.stringContaining(`in use by process ${process.pid}`),
  })
  expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await first.stop()
})

test('a database whose server was killed is adopted, with all that was committed', async () => {
  const { parent, url, pid } = await startParent()
  await query(url, 'create table t (a int); insert into t values (1)')
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  expect(isRunning(pid)).toBe(true)
  const events: EmbeddedEvent[] = []
  const next = await startEmbedded({ folder, onEvent: event => events.push(event) })
  expect(events).toEqual([{ type: 'adopted', pid }])
  expect(await query(next.url, 'select a from t')).toEqual([{ a: 1 }])
  // It is watched over like one of our own.
  process.kill(pid, 'SIGKILL')
  await until(next.pid, now => now !== undefined && now !== pid)
  expect(
    await until(
      () => query(next.url, 'select a from t'),
      () => true,
    ),
  ).toEqual([{ a: 1 }])
  await next.stop()
  // Its old processes may hold its memory for a moment, so more than one start may be needed.
  expect([...new Set(events.map(({ type }) => type))]).toEqual(['adopted', 'crashed', 'restarted'])
})

test('a database that crashes is started again, and is stopped by no crash of ours', async () => {
  const events: EmbeddedEvent[] = []
  const server = await startEmbedded({ folder, onEvent: event => events.push(event) })
  await query(server.url, 'create table t (a int); insert into t values (1)')
  for (let round = 0; round < 3; round++) {
    const before = server.pid() as number
    process.kill(before, 'SIGKILL')
    await until(server.pid, now => now !== undefined && now !== before)
    expect(
      await until(
        () => query(server.url, 'select a from t'),
        () => true,
      ),
    ).toEqual([{ a: 1 }])
  }
  const last = server.pid() as number
  await server.stop()
  expect(isRunning(last)).toBe(false)
  const waits = events.flatMap(event => (event.type === 'crashed' ? [event.retryIn] : []))
  expect(waits.length).toBeGreaterThanOrEqual(3)
  expect(waits.every((wait, index) => index === 0 || wait > (waits[index - 1] as number))).toBe(true)
})

test('a process number that another process has by now does not keep it from starting', async () => {
  const first = await startEmbedded({ folder })
  const [, ...rest] = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  await first.stop()
  writeFileSync(join(folder, 'postgres', 'postmaster.pid'), [process.pid, ...rest].join('\n'))
  const second = await startEmbedded({ folder })
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await second.stop()
})

test('an initdb that was interrupted leaves nothing that is taken for a database', async () => {
  mkdirSync(join(folder, 'postgres.new', 'base'), { recursive: true })
  writeFileSync(join(folder, 'server.lock'), 'torn')
  utimesSync(join(folder, 'server.lock'), 0, 0)
  const server = await startEmbedded({ folder })
  expect(readdirSync(folder).sort()).toEqual(['postgres', 'postgres.log', 'run', 'server.lock'])
  await server.stop()
})

test('the lock of another machine holds for as long as it is touched', async () => {
  const file = join(base, 'server.lock')
  writeFileSync(file, JSON.stringify({ pid: 1, start: '1', space: 'elsewhere 1 2' }))
  const beat = setInterval(() => utimesSync(file, new Date(), new Date()), 500)
  await expect(lockFolder(file)).rejects.toMatchObject({
    reason: 'in-use',
    message: expect.stringContaining('process 1 on elsewhere'),
  })
  clearInterval(beat)
  const lock = await lockFolder(file)
  lock.release()
  expect(existsSync(file)).toBe(false)
})

test('of many that start at once on a dead lock one gets it', async () => {
  const file = join(base, 'server.lock')
  writeFileSync(file, JSON.stringify({ pid: 4_194_000, start: '1', space: 'elsewhere 1 2' }))
  const tried = await Promise.allSettled(Array.from({ length: 5 }, () => lockFolder(file)))
  const won = tried.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
  expect(won).toHaveLength(1)
  won[0]?.release()
})

test('folders that cannot serve are told of clearly', async () => {
  const file = join(base, 'file')
  writeFileSync(file, '')
  await expect(startEmbedded({ folder: join(file, 'below') })).rejects.toMatchObject({ reason: 'unwritable' })
  mkdirSync(folder)
  writeFileSync(join(folder, 'letter.txt'), 'dear')
  await expect(startEmbedded({ folder })).rejects.toMatchObject({ reason: 'not-ours' })
  expect(readdirSync(folder)).toEqual(['letter.txt'])
  const old = join(base, 'old')
  mkdirSync(join(old, 'postgres'), { recursive: true })
  writeFileSync(join(old, 'postgres', 'PG_VERSION'), '13\n')
  await expect(startEmbedded({ folder: old })).rejects.toThrow('made by PostgreSQL 13')
})

test.runIf(process.getuid?.() === 0)(
  'as root, a folder that nobody can reach is told of, and binaries are copied',
  async () => {
    const closed = join(base, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    await expect(startEmbedded({ folder: join(closed, 'data') })).rejects.toMatchObject({
      reason: 'unwritable',
      message: expect.stringContaining('as nobody'),
    })
    const own = findBinaries()
    const native = join(closed, 'native')
    cpSync(own.native, native, { recursive: true, verbatimSymlinks: true })
    const binaries = {
      ...own,
      native,
      initdb: join(native, 'bin', 'initdb'),
      postgres: join(native, 'bin', 'postgres'),
    }
    const server = await startEmbedded({ folder, binaries })
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.stop()
  },
)

const canMount = (() => {
  try {
    const at = mkdtempSync(join(tmpdir(), 'plimsoll-mount-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', at], { stdio: 'ignore' })
    execFileSync('umount', [at])
    rmSync(at, { recursive: true })
    return true
  } catch {
    return false
  }
})()

test.runIf(canMount)('a full disk is told of, and leaves the database as it was', async () => {
  mkdirSync(folder)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', folder])
  try {
    await expect(startEmbedded({ folder })).rejects.toMatchObject({
      reason: 'disk-full',
      message: expect.stringContaining('the disk is full'),
    })
    execFileSync('mount', ['-o', 'remount,size=90m', folder])
    const server = await startEmbedded({ folder })
    await query(server.url, 'create table t (a text); insert into t values ($$kept$$)')
    const fill = query(
      server.url,
      'insert into t select repeat(md5(n::text), 200) from generate_series(1, 1e7) as n',
    )
    await expect(fill).rejects.toThrow(/No space left on device|terminat|recovery/i)
    execFileSync('mount', ['-o', 'remount,size=400m', folder])
    expect(
      await until(
        () => query(server.url, 'select a from t'),
        () => true,
      ),
    ).toEqual([{ a: 'kept' }])
    await server.stop()
  } finally {
    execFileSync('umount', [folder])
  }
})

test('the links that the install script makes are made where it did not run', () => {
  const own = findBinaries()
  const native = join(base, 'native')
  const listed = JSON.parse(readFileSync(join(own.native, 'pg-symlinks.json'), 'utf8')) as {
    target: string
  }[]
  mkdirSync(native)
  cpSync(join(own.native, 'pg-symlinks.json'), join(native, 'pg-symlinks.json'))
  cpSync(join(own.native, 'lib'), join(native, 'lib'), { recursive: true, verbatimSymlinks: true })
  for (const { target } of listed) rmSync(join(base, target), { force: true })
  linkLibraries(native)
  linkLibraries(native)
  for (const { target } of listed) {
    expect(lstatSync(join(base, target)).isSymbolicLink()).toBe(true)
    expect(existsSync(join(base, target))).toBe(true)
  }
  expect(() => findBinaries('plan9-vax')).toThrow('DATABASE_URL')
})

test('what PostgreSQL says becomes a reason and a sentence', () => {
  const reasonOf = (said: string) => explain(said, 'it did not start').reason
  expect(reasonOf('FATAL:  could not write lock file: No space left on device')).toBe('disk-full')
  expect(reasonOf('initdb: error: could not change permissions: Permission denied')).toBe('unwritable')
  expect(reasonOf('FATAL:  lock file "postmaster.pid" already exists')).toBe('in-use')
  expect(explain('LOG: x\nFATAL:  bad thing\nLOG: shut down', 'it did not start').message).toBe(
    'it did not start: bad thing',
  )
})

test('defaults follow who runs it, and how much memory there is', () => {
  expect(defaultDataFolder({ XDG_DATA_HOME: '/x', HOME: '/home/a' })).toBe('/x/plimsoll')
  expect(defaultDataFolder({ HOME: '/home/a' })).toBe(
    process.getuid?.() === 0 ? '/var/lib/plimsoll' : '/home/a/.local/share/plimsoll',
  )
  expect(settingsFor(1024 ** 3).shared_buffers).toBe('64MB')
  expect(settingsFor(64 * 1024 ** 3).shared_buffers).toBe('512MB')
  const modes: Record<string, number> = { '/': 0o755, '/home': 0o755, '/home/a': 0o700 }
  expect(isReachableByAll('/home/a', path => modes[path] as number)).toBe(false)
  expect(isReachableByAll('/home', path => modes[path] as number)).toBe(true)
})
