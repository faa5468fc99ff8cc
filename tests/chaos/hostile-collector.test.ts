// Hostile collector: garbage, another's cluster, replays, snapshots without an end, bombs: each is refused by its code, and the server stays well.

import { createHash, randomBytes } from 'node:crypto'
import http from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGzip, gzipSync } from 'node:zlib'
import { canonicalJson } from '@plimsoll/core'
import { type SnapshotItem, snapshotLines } from '@plimsoll/core/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { configMap, headOf, linesOf } from '../../packages/server/src/services/ingest/testing/wire.ts'
import { type FreshDatabase, freshDatabase } from '../../packages/server/src/testing/database.ts'
import { type Collector, enrolled } from './collector.ts'
import { scaled, seeded, tell } from './scale.ts'
import { ServerProcess } from './server-process.ts'
import { expectAssessedAsCold, expectKept, untilAssessed } from './stored.ts'

const gibibyte = 1024 ** 3

let fresh: FreshDatabase
let server: ServerProcess
let url: string
let good: Collector
let bad: Collector

beforeEach(async () => {
  fresh = await freshDatabase()
})
afterEach(() => fresh.close())

/** A server with two collectors, each of a cluster that it has spoken of. */
async function begin(): Promise<void> {
  server = new ServerProcess({ databaseUrl: fresh.url })
  url = await server.url()
  const collectors = await enrolled({ db: fresh.db, now: () => new Date(), randomBytes }, 2, seeded(7))
  ;[good, bad] = collectors as [Collector, Collector]
  for (const collector of collectors) expect(await collector.step(url)).toBe('accepted')
}

/** The server takes and assesses snapshots as ever, and has nothing but what it acknowledged. */
async function expectWell(): Promise<void> {
  for (const collector of [good, bad]) expect(await collector.step(url)).toBe('accepted')
  await untilAssessed(fresh.db)
  for (const collector of [good, bad]) {
    expect(await expectKept(fresh.db, collector)).toBe(0)
    await expectAssessedAsCold(fresh.db, collector)
  }
  const { rows } = await fresh.pool.query('select 1 from upload union all select 1 from upload_item')
  expect(rows).toEqual([])
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  expect(server.log.filter(({ level }) => level === 'error')).toEqual([])
  expect(await server.stop()).toBe(0)
}

interface Answer {
  readonly status: number | undefined
  readonly code: string | undefined
}

/** Sends a body as it comes, however long it is; gives what came back, even where the body was not taken to its end. */
function stream(body: Readable, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let hasAnswer = false
    const request = http.request(
      `${url}/api/v1/ingest/snapshots`,
      { method: 'POST', headers: { authorization: `Bearer ${bad.token}`, ...headers } },
      response => {
        hasAnswer = true
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        response.on('close', () => {
          body.destroy()
          const { code } = (text === '' ? {} : JSON.parse(text)) as { code?: string }
          resolve({ status: response.statusCode, code })
        })
      },
    )
    request.on('error', error => {
      body.destroy()
      if (!hasAnswer) reject(error)
    })
    body.on('error', () => {})
    body.pipe(request)
  })
}

const head = (sequence: number) => headOf({ sequence, uid: bad.uid, gaps: [] })

function* zeros(bytes: number): Generator<Buffer> {
  const block = Buffer.alloc(256 * 1024)
  for (let left = bytes; left > 0; left -= block.length) yield block
}

/** A sound snapshot of about so many bytes, made as it is asked for: objects of 100 kB. */
function* sound(sequence: number, bytes: number): Generator<string> {
  const own = head(sequence)
  const sha256 = (text: string) => createHash('sha256').update(text).digest()
  function* items(): Generator<SnapshotItem> {
    for (let i = 0; i * 100_000 < bytes; i++) {
      const text = canonicalJson(configMap(`large-${i}`, { text: `${i} `.repeat(100_000).slice(0, 100_000) }))
      yield { key: `ConfigMap/shop/large-${i}`, hash: sha256(text).toString('hex'), text }
    }
  }
  yield* snapshotLines(own, items(), sha256)
}

test('garbage of every kind, many at a time', async () => {
  await begin()
  const random = seeded(8)
  const whole = Buffer.from(
    `${linesOf(head(900), new Map([['ConfigMap/shop/a', configMap('a')]])).join('\n')}\n`,
  )
  const codes = new Map<string, number>()
  const kinds: (() => [Buffer, Record<string, string>])[] = [
    () => [randomBytes(random.below(50_000)), {}],
    () => [randomBytes(random.below(50_000)), { 'content-encoding': 'gzip' }],
    () => [gzipSync(whole).subarray(0, 1 + random.below(100)), { 'content-encoding': 'gzip' }],
    () => [whole.subarray(0, random.below(whole.length - 1)), {}],
    () => [Buffer.concat([whole, whole]), {}],
    () => {
      const broken = Buffer.from(whole)
      const at = random.below(broken.length - 1)
      broken[at] = (broken[at] as number) ^ (1 + random.below(255))
      return [broken, {}]
    },
    () => [whole, { 'content-encoding': 'br' }],
  ]
  for (let turn = 0; turn < scaled(60, 600); turn++)
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        const [body, headers] = random.pick(kinds)()
        const { status = 0, code = 'none' } = await stream(
          Readable.from([body], { objectMode: false }),
          headers,
        )
        expect(status, code).toBeGreaterThanOrEqual(400)
        expect(status, code).toBeLessThan(500)
        codes.set(code, (codes.get(code) ?? 0) + 1)
      }),
    )
  tell('garbage', Object.fromEntries(codes))
  await expectWell()
})

test('another’s cluster is forbidden, replays change nothing, and a stranger is not known', async () => {
  await begin()
  const lines = linesOf(headOf({ sequence: 50, uid: good.uid, gaps: [] }), new Map())
  expect(await bad.post(url, '/snapshots', lines)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  const stranger = await bad.ask(url, '/snapshots', {
    method: 'POST',
    body: '',
    headers: { authorization: 'Bearer ple_no' },
  })
  expect([stranger.status, stranger.body.code]).toEqual([401, 'unauthenticated'])
  const { rows: before } = await fresh.pool.query('select revision from cluster order by 1')
  const replay = linesOf(
    headOf({ sequence: 40, uid: bad.uid, gaps: [] }),
    new Map([['ConfigMap/shop/a', configMap('a')]]),
  )
  const late = linesOf(
    headOf({ sequence: 39, uid: bad.uid, gaps: [] }),
    new Map([['ConfigMap/shop/b', configMap('b')]]),
  )
  const other = linesOf(headOf({ sequence: 40, uid: bad.uid, gaps: [] }), new Map())
  const answers: unknown[] = []
  for (const one of [replay, replay, late, other, replay]) {
    const { status, body } = await bad.post(url, '/snapshots', one)
    answers.push([status, body.code ?? `${body.state as string}${body.repeated ? ' before' : ''}`])
  }
  expect(answers).toEqual([
    [200, 'accepted'],
    [200, 'accepted before'],
    [409, 'stale-sequence'],
    [409, 'sequence-conflict'],
    [200, 'accepted before'],
  ])
  const { rows: after } = await fresh.pool.query('select sum(revision::int)::int as revisions from cluster')
  expect(after).toEqual([{ revisions: before.reduce((sum, { revision }) => sum + Number(revision), 0) + 1 }])
  expect(await server.stop()).toBe(0)
})

test('what is too large is refused in time, and the memory of the server stays flat', async () => {
  await begin()
  await untilAssessed(fresh.db)
  server.forgetPeak()
  const least = server.peak()
  const declared = await stream(Readable.from(zeros(2 * gibibyte), { objectMode: false }), {
    'content-length': String(2 * gibibyte),
  })
  expect(declared).toEqual({ status: 413, code: 'too-large' })
  const tooMuch = await stream(Readable.from(zeros(2 * gibibyte), { objectMode: false }), {
    'content-length': String(5 * gibibyte),
  })
  expect(tooMuch).toEqual({ status: 413, code: 'too-large' })
  expect(await stream(Readable.from(zeros(2 * gibibyte), { objectMode: false }))).toEqual({
    status: 413,
    code: 'too-large',
  })
  const bomb = Readable.from(zeros(2 * gibibyte), { objectMode: false }).pipe(createGzip({ level: 1 }))
  expect(await stream(bomb, { 'content-encoding': 'gzip' })).toMatchObject({ status: 413, code: 'too-large' })
  const lines = async function* () {
    yield `${JSON.stringify(head(901))}\n`
    for (let i = 0; i < 2 * 1024; i++) yield `{"end":${'[]'.repeat(512 * 1024)}}\n`
  }
  expect(
    (
      await stream(Readable.from(lines(), { objectMode: false }).pipe(createGzip({ level: 1 })), {
        'content-encoding': 'gzip',
      })
    ).status,
  ).toBeOneOf([400, 413])
  // What is refused half-way is thrown away for a moment.
  await sleep(500)
  const grown = Math.round(server.peak() - least)
  tell('what is too large', { 'MiB before': Math.round(least), 'MiB more at most': grown })
  expect(grown).toBeLessThan(160)
  await expectWell()
})

test('a sound snapshot of gigabytes flows through', async () => {
  await begin()
  await untilAssessed(fresh.db)
  server.forgetPeak()
  const least = server.peak()
  const began = performance.now()
  const bytes = scaled(gibibyte / 8, 2 * gibibyte)
  // Its last line never comes, so that all of it is read and nothing of it is kept.
  const cut = function* () {
    let before: string | undefined
    for (const line of sound(902, bytes)) {
      if (before !== undefined) yield before
      before = line
    }
  }
  expect(await stream(Readable.from(cut(), { objectMode: false }))).toEqual({
    status: 400,
    code: 'incomplete-upload',
  })
  const grown = Math.round(server.peak() - least)
  tell('a sound snapshot that ends too soon', {
    MiB: Math.round(bytes / 1024 ** 2),
    'MiB before': Math.round(least),
    'MiB more at most': grown,
    seconds: Math.round((performance.now() - began) / 1000),
  })
  expect(grown).toBeLessThan(320)
  await expectWell()
})
