// Tests of the verbs that run the server and look after its database: what is started, said, and how it ends.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseError, type RunningServer, readConfig, StartError } from '@plimsoll/server'
import { afterAll, expect, test } from 'vitest'
import type { Server } from './kit.ts'
import { runProgram } from './program.ts'
import { type FakeWorld, fakeKit } from './testing/fake-kit.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-verbs-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Seen {
  readonly config: Parameters<Server['startServer']>[0][]
  readonly deeds: string[]
}

/** A server that is told to stop as soon as it is up. */
function fakeServer(seen: Seen, stop: () => void): Partial<Server> {
  const deed = async (name: string) => {
    seen.deeds.push(name)
  }
  return {
    readConfig,
    DatabaseError,
    StartError,
    startServer: async config => {
      seen.config.push(config)
      setTimeout(stop, 20)
      return {
        url: 'http://127.0.0.1:8480',
        firstPassword: 'one-time',
        wake() {},
        enrol: async () => 'ple_token',
        async showSample() {
          await deed('sample')
          return 'shown'
        },
        stop: () => deed('stop'),
      } as Partial<RunningServer> as RunningServer
    },
    migrateDatabase: async () => [1, 2],
    verifyDatabase: async () => ({
      version: 5,
      audit: { isWhole: false, entries: 3, hash: 'ab', fault: 'entry 4 is missing' },
    }),
    backupDatabase: async () => {
      throw Object.assign(new Error('exists'), { code: 'EEXIST', path: '/x/one.backup' })
    },
    restoreDatabase: async () => {
      throw new DatabaseError('not-empty', 'the database has tables already')
    },
  }
}

async function run(args: readonly string[], world: FakeWorld = {}) {
  const seen: Seen = { config: [], deeds: [] }
  const stopping = new AbortController()
  const server = { ...fakeServer(seen, () => stopping.abort()), ...world.server }
  const kit = fakeKit({ workingDirectory: folder, ...world, server, signal: stopping.signal })
  const code = await runProgram(args, { kit, nodeVersion: '20', onFlags: () => {} })
  return { code, said: kit.said.join('\n'), written: kit.written(), asked: kit.asked, ...seen }
}

test('up shows the sample, says how to sign in, and stops in order', async () => {
  const { code, said, deeds, config, asked } = await run(['up'])
  expect(code).toBe(0)
  expect(said).toContain('runs at http://127.0.0.1:8480')
  expect(said).toContain('Sign in as admin with the one-time password one-time')
  expect(deeds).toEqual(['sample', 'stop'])
  expect(asked).toEqual([])
  expect(config[0]).toMatchObject({ listen: { host: '127.0.0.1', port: 8480 }, logLevel: 'warn' })
})

test('up looks at a cluster only where it is named, or a person says yes', async () => {
  const kubeconfig = join(folder, 'config')
  writeFileSync(kubeconfig, '')
  const environment = { KUBECONFIG: kubeconfig }
  const sent: unknown[] = []
  const collectors = {
    uploadSnapshot: async (upload: { server: unknown }) => {
      sent.push(upload.server)
      return { ok: false, problems: [{ code: 'usage', message: 'no such server' }] }
    },
  } as unknown as NonNullable<FakeWorld['collectors']>
  const named = await run(['up', '--context', 'staging'], { collectors })
  expect(named.asked).toMatchObject([{ context: 'staging' }])
  expect(named.deeds).toEqual(['stop'])
  expect(named.said).toContain('no such server')
  expect(sent).toEqual([{ url: 'http://127.0.0.1:8480', token: 'ple_token' }])
  expect((await run(['up'], { environment, typed: 'y\n', collectors })).asked).toHaveLength(1)
  expect((await run(['up'], { environment, typed: 'n\n', collectors })).deeds).toEqual(['sample', 'stop'])
  expect((await run(['up', '--sample'], { environment, typed: 'y\n', collectors })).asked).toEqual([])
  expect((await run(['up'], { environment, collectors })).asked).toEqual([])
})

test('misuse is told before anything is started', async () => {
  for (const [args, what] of [
    [['up', '--listen', '0.0.0.0:80'], 'loopback only'],
    [['up', '--sample', '--context', 'x'], 'choose one'],
    [['serve', '--listen', 'nonsense'], 'PLIMSOLL_LISTEN'],
    [['serve', '--log-level', 'inof'], 'did you mean info'],
  ] as const) {
    const { code, said, config } = await run(args)
    expect([code, config.length], args.join(' ')).toEqual([2, 0])
    expect(said).toContain(what)
  }
})

test('what keeps it from starting is told in a sentence, and a fault of ours is not hidden', async () => {
  const failing = (error: Error): FakeWorld => ({
    server: {
      startServer: async () => {
        throw error
      },
    },
  })
  const { code, said } = await run(['serve'], failing(new StartError('port-in-use', 'the port is in use')))
  expect([code, said]).toEqual([2, 'error: the port is in use'])
  expect((await run(['serve'], failing(new DatabaseError('in-use', 'the folder is in use')))).said).toContain(
    'in use',
  )
  await expect(run(['serve'], failing(new Error('a fault')))).rejects.toThrow('a fault')
})

test('serve takes flags over the environment, and says the first password once', async () => {
  const { code, said, config } = await run(['serve', '--listen', ':9', '--data', 'here'], {
    environment: { PLIMSOLL_LISTEN: ':8', PLIMSOLL_PUBLIC_URL: 'https://plimsoll.example.com' },
  })
  expect(code).toBe(0)
  expect(said).toBe('Sign in as admin with the one-time password one-time\n')
  expect(config[0]).toMatchObject({
    listen: { host: '::', port: 9 },
    dataFolder: join(folder, 'here'),
    publicOrigin: 'https://plimsoll.example.com',
  })
})

test('deeds on the database are told to people and to machines', async () => {
  expect((await run(['db', 'migrate'])).written).toBe('applied steps 1, 2 of the schema\n')
  expect(JSON.parse((await run(['db', 'migrate', '-o', 'json'])).written)).toEqual({ applied: [1, 2] })
  const verified = await run(['db', 'verify'])
  expect([verified.code, verified.written]).toEqual([
    1,
    'schema: step 5, as it must be\naudit log: broken: entry 4 is missing\n',
  ])
  const taken = await run(['db', 'backup', 'one.backup'])
  expect([taken.code, taken.written]).toEqual([2, ''])
  expect(taken.said).toContain('/x/one.backup')
  const full = await run(['db', 'restore', 'one.backup'])
  expect([full.code, full.said]).toEqual([2, 'error: the database has tables already'])
})
