// The door over real sockets: what collectors might send by mistake or malice, and what our own client sends.

import { randomBytes } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { canonicalJson } from '@plimsoll/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  clusterId,
  configMap,
  headOf,
  ingestWorld,
  keyOf,
  linesOf,
  type World,
} from '../../services/ingest/testing/wire.ts'
import { currentResources } from '../../store/resource-versions.ts'
import { type TestApp, testApp } from '../testing/test-app.ts'
import { ingestRoutes } from './ingest.ts'

const limits = { objectBytes: 200_000, uploadBytes: 40_000_000, idleSeconds: 1 }
let world: World
let app: TestApp
let port: number
beforeAll(async () => {
  world = await ingestWorld(limits)
  app = await testApp(ingestRoutes(world.ingest), {
    authenticate: async ({ headers }) =>
      headers.authorization === 'Bearer collector' ? await world.collector() : undefined,
    rateLimits: undefined as never,
  })
  await app.fastify.listen({ port: 0, host: '127.0.0.1' })
  port = (app.fastify.server.address() as AddressInfo).port
  const first = linesOf(headOf({ sequence: 1 }), new Map([[keyOf('a'), configMap('a')]]))
  expect(await post('/ingest/snapshots', first)).toMatchObject({ status: 200, state: 'accepted' })
})
afterAll(async () => {
  await app.stop(0)
  await world.fresh.close()
})

interface Reply {
  readonly status: number
  readonly code?: string
  readonly detail?: string
  readonly [field: string]: unknown
}

/** Sends bytes as they are; `headers` may lie. */
async function post(
  path: string,
  body: string | Buffer | readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : `${body.join('\n')}\n`
  return await new Promise((resolve, reject) => {
    const request = http.request(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: `/api/v1${path}`,
        headers: { authorization: 'Bearer collector', ...headers },
      },
      response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, ...JSON.parse(Buffer.concat(chunks).toString()) })
          request.destroy()
        })
      },
    )
    request.on('error', reject)
    if (headers['content-length'] === undefined) request.end(bytes)
    else request.write(bytes)
  })
}

const send = (body: string | Buffer | readonly string[], headers?: Readonly<Record<string, string>>) =>
  post('/ingest/snapshots', body, headers)

async function stored(): Promise<string> {
  let text = ''
  for await (const batch of currentResources(world.fresh.db, clusterId))
    for (const { json } of batch) text += json
  return text
}

/** A snapshot of these lines as objects, whatever they are; its last line is as it should be for nothing. */
const withLine = (line: string, sequence = 90) => [JSON.stringify(headOf({ sequence })), line]

const secretValue = 'c3VwZXItc2VjcmV0LXZhbHVl'
const metadata = { name: 'db', namespace: 'shop' }
const secret = { apiVersion: 'v1', data: { password: secretValue }, kind: 'Secret', metadata }

describe('values of Secrets', () => {
  it.each([
    ['a Secret', secret],
    ['stringData', { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { password: secretValue } }],
    ['data of another form', { apiVersion: 'v1', data: secretValue, kind: 'Secret', metadata }],
    ['one in a List', { apiVersion: 'v1', items: [secret], kind: 'List' }],
    [
      'one in lists in a list',
      { apiVersion: 'v1', items: [{ apiVersion: 'v1', items: [secret], kind: 'SecretList' }], kind: 'List' },
    ],
    [
      'one in a template',
      { apiVersion: 'template.openshift.io/v1', kind: 'Template', metadata, objects: [secret] },
    ],
    [
      'a copy of a Secret',
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(secret) },
          ...metadata,
        },
      },
    ],
    [
      'a copy of a Secret at another object',
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(secret, undefined, 1),
          },
          ...metadata,
        },
      },
    ],
  ])('are refused in %s, naming collector and object, and stored nowhere', async (_, object) => {
    const reply = await send(withLine(canonicalJson(object)))
    expect(reply).toMatchObject({ status: 422, code: 'secret-value' })
    expect(reply.detail).toContain('collector shop sent ')
    if ('metadata' in object) expect(reply.detail).toContain('shop/db')
    expect(JSON.stringify(reply)).not.toContain(secretValue)
    expect(JSON.stringify(app.logged)).not.toContain(secretValue)
    expect(await stored()).not.toContain(secretValue)
    const { rows } = await world.fresh.pool.query('select count(*)::int as count from object_body')
    expect(rows[0].count).toBe(1)
  })

  it('are not hidden by a key that comes twice', async () => {
    const twice = `{"apiVersion":"v1","data":{"a":"${secretValue}"},"data":{},"kind":"ConfigMap","metadata":{"name":"x","namespace":"shop"}}`
    expect(await send(withLine(twice))).toMatchObject({ status: 422, code: 'object-refused' })
  })
})

describe('credentials that an older collector left in', () => {
  it('are taken out before the object is kept', async () => {
    const key = ['AKIA', 'QWERTYUIOPASDFGH'].join('')
    const pod = configMap('leaky', { config: `aws_access_key_id=${key}` })
    const lines = linesOf(headOf({ sequence: 2, base: 1 }), new Map([[keyOf('leaky'), pod]]))
    expect(await send(lines)).toMatchObject({ state: 'accepted', added: 1 })
    expect(await stored()).not.toContain(key)
    expect(await stored()).toContain('PLIMSOLL-REDACTED')
    // It is known by the hash that the collector knows: nothing is wanted again.
    const again = linesOf(
      headOf({ sequence: 3 }),
      new Map([
        [keyOf('leaky'), pod],
        [keyOf('a'), configMap('a')],
      ]),
      () => true,
    )
    expect(await send(again)).toMatchObject({ state: 'accepted', changed: 0 })
  })
})

describe('objects that are no objects', () => {
  const named = (name: unknown) => canonicalJson({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })
  it.each([
    ['no kind', '{"apiVersion":"v1","metadata":{"name":"x"}}'],
    ['no name', '{"apiVersion":"v1","kind":"ConfigMap","metadata":{}}'],
    ['a name of another type', named({ a: 1 })],
    ['a name with a slash', named('a/b')],
    ['a name that is a path', named('..')],
    ['a name with NUL', named('a\u0000b')],
    ['a very long name', named('a'.repeat(300))],
    [
      'managedFields',
      canonicalJson({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { managedFields: [], name: 'x' } }),
    ],
    ['a list', '{"apiVersion":"v1","items":[],"kind":"PodList"}'],
    ['a prototype', '{"__proto__":{"a":1},"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"}}'],
    ['white space', '{"apiVersion":"v1", "kind":"ConfigMap","metadata":{"name":"x"}}'],
    ['keys out of order', '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"x"}}'],
    [
      'a depth of 100,000',
      `{"apiVersion":"v1","data":${'['.repeat(90_000)}${']'.repeat(90_000)},"kind":"ConfigMap","metadata":{"name":"x"}}`,
    ],
  ])('are refused: %s', async (_, line) => {
    expect(await send(withLine(line))).toMatchObject({ status: 422, code: 'object-refused' })
  })

  it.each([
    ['no JSON', Buffer.from('{"apiVersion":')],
    ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['an item of three', Buffer.from('["ConfigMap/shop/a","b","c"]')],
    ['a hash that is none', Buffer.from('["ConfigMap/shop/a","abc"]')],
    ['a key that is none', Buffer.from(`["ConfigMap","${'0'.repeat(64)}"]`)],
    ['a resource that is gone, in a full snapshot', Buffer.from('["ConfigMap/shop/a",null]')],
  ])('are refused: %s', async (_, line) => {
    const head = Buffer.from(`${JSON.stringify(headOf({ sequence: 90 }))}\n`)
    expect(await send(Buffer.concat([head, line, Buffer.from('\n')]))).toMatchObject({
      code: 'invalid-request',
    })
  })

  it('are refused where they are named twice, or with the content of another', async () => {
    const a = canonicalJson(configMap('a'))
    expect(await send([...withLine(a), a])).toMatchObject({ code: 'invalid-request' })
    const stolen = linesOf(headOf({ sequence: 91 }), new Map([[keyOf('b'), configMap('a')]]), () => true)
    expect(await send(stolen)).toMatchObject({ status: 422, code: 'hash-mismatch' })
  })
})

describe('bodies', () => {
  const good = Buffer.from(
    `${linesOf(headOf({ sequence: 80 }), new Map(Array.from({ length: 50 }, (_, i) => [keyOf(`g${i}`), configMap(`g${i}`)]))).join('\n')}\n`,
  )

  it('are refused where they are cut off, damaged, or of an encoding that is not read', async () => {
    const packed = gzipSync(good)
    const gzip = { 'content-encoding': 'gzip' }
    expect(await send(packed.subarray(0, 200), gzip)).toMatchObject({
      status: 400,
      code: 'incomplete-upload',
    })
    expect(await send(good, gzip)).toMatchObject({ status: 400, code: 'invalid-request' })
    expect(await send(good, { 'content-encoding': 'br' })).toMatchObject({ status: 415 })
    expect(await send('')).toMatchObject({ code: 'incomplete-upload' })
    expect(await send('\n\n\n')).toMatchObject({ code: 'invalid-request' })
    expect(await send('{"version":2}')).toMatchObject({ code: 'invalid-request' })
  })

  it('are refused at once where they declare too much, and soon where they grow too much', async () => {
    expect(await send(good, { 'content-length': String(2 * 1024 ** 3) })).toMatchObject({ status: 413 })
    const bomb = gzipSync(
      Buffer.concat([
        Buffer.from(`${JSON.stringify(headOf({ sequence: 81 }))}\n`),
        Buffer.alloc(60_000_000, 10),
      ]),
    )
    expect(bomb.length).toBeLessThan(100_000)
    expect(await send(bomb, { 'content-encoding': 'gzip' })).toMatchObject({
      status: expect.any(Number),
      code: expect.stringMatching(/too-large|invalid-request/),
    })
    const oneLine = gzipSync(
      Buffer.concat([
        Buffer.from(`${JSON.stringify(headOf({ sequence: 81 }))}\n{"a":"`),
        Buffer.alloc(30_000_000, 97),
      ]),
    )
    expect(await send(oneLine, { 'content-encoding': 'gzip' })).toMatchObject({
      status: 413,
      code: 'too-large',
    })
    const wide = canonicalJson(configMap('wide', { a: 'x'.repeat(250_000) }))
    expect(await send(withLine(wide))).toMatchObject({ status: 413 })
  })

  it('are given up where nothing comes any more', async () => {
    expect(await send(good.subarray(0, 300), { 'content-length': '100000' })).toMatchObject({
      code: 'incomplete-upload',
    })
  })

  it('of garbage never change anything, and never break the server', async () => {
    const before = await stored()
    const clean = canonicalJson(headOf({ sequence: 82 }))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }).map(bytes => Buffer.from(bytes)),
          fc.jsonValue().map(value => Buffer.from(`${clean}\n${JSON.stringify(value)}\n`)),
          fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, byte]) => {
            const broken = Buffer.from(good)
            broken[at] = byte === broken[at] ? byte ^ 1 : byte
            return broken
          }),
        ),
        fc.boolean(),
        async (body, packed) => {
          const reply = await send(
            packed ? gzipSync(body) : body,
            packed ? { 'content-encoding': 'gzip' } : {},
          )
          expect(reply.status).toBeGreaterThanOrEqual(400)
          expect(reply.status).toBeLessThan(500)
        },
      ),
      { seed: 9, numRuns: 250 },
    )
    expect(await stored()).toBe(before)
    const { rows } = await world.fresh.pool.query('select count(*)::int as count from upload')
    expect(rows[0].count).toBe(0)
  })

  it('of random bytes of some size do not either', async () => {
    expect((await send(randomBytes(3_000_000))).status).toBeOneOf([400, 413])
  })
})
