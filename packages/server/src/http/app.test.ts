// App: the manners that all endpoints share.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Fault } from '../services/fault.ts'
import { ensureVersion } from '../services/version.ts'
import { versionTag } from './etag.ts'
import { versionOf } from './if-match.ts'
import { Answer, defineRoute } from './route.ts'
import { testApp } from './testing/test-app.ts'

const viewer = { authorization: 'Bearer viewer' }
const admin = { authorization: 'Bearer admin' }

const list = defineRoute({
  id: 'listThings',
  method: 'GET',
  path: '/things/{kind}',
  tag: 'things',
  summary: 'Lists things.',
  access: { role: 'viewer' },
  params: z.object({ kind: z.enum(['big', 'small']) }),
  query: z.object({ limit: z.coerce.number().int().min(1).max(10).default(5) }),
  response: z.object({ kind: z.string(), limit: z.number() }),
  handle: async ({ params, query, caller }) => ({ ...params, ...query, by: caller.name }),
})
const create = defineRoute({
  id: 'createThing',
  method: 'POST',
  path: '/things',
  tag: 'things',
  summary: 'Makes a thing.',
  access: { role: 'editor' },
  body: z.object({ name: z.string().min(1), size: z.number() }),
  success: 201,
  handle: async ({ body }) => body,
})
const upload = defineRoute({
  id: 'upload',
  method: 'PUT',
  path: '/upload',
  tag: 'things',
  summary: 'Takes a stream.',
  access: 'collector',
  body: 'stream',
  handle: async ({ body }) => ({ bytes: (await buffer(body as unknown as Readable)).length }),
})
const failing = (thrown: unknown) =>
  defineRoute({
    id: 'fail',
    method: 'GET',
    path: '/fail',
    tag: 'things',
    summary: 'Fails.',
    access: 'public',
    handle: async () => {
      throw thrown
    },
  })

test('an answer is JSON with a tag, and is not sent again where it is known', async () => {
  const { inject } = await testApp([list])
  const first = await inject({ url: '/api/v1/things/big?limit=2', headers: viewer })
  expect(first.statusCode).toBe(200)
  expect(first.json()).toEqual({ kind: 'big', limit: 2, by: 'viewer' })
  const tag = first.headers.etag as string
  const again = await inject({
    url: '/api/v1/things/big?limit=2',
    headers: { ...viewer, 'if-none-match': `"x", ${tag}` },
  })
  expect([again.statusCode, again.body]).toEqual([304, ''])
  const other = await inject({
    url: '/api/v1/things/big?limit=3',
    headers: { ...viewer, 'if-none-match': tag },
  })
  expect(other.statusCode).toBe(200)
})

test('every wrong place is named at once, and what nobody asks for is refused', async () => {
  const { inject } = await testApp([list, create])
  const wrong = await inject({ url: '/api/v1/things/huge?limit=0&colour=red', headers: viewer })
  expect(wrong.statusCode).toBe(400)
  expect(wrong.headers['content-type']).toContain('application/problem+json')
  const problem = wrong.json<{ code: string; places: { path: string }[] }>()
  expect(problem.code).toBe('invalid-request')
  expect(problem.places.map(({ path }) => path)).toEqual(['/path/kind', '/query/limit', '/query'])
  const body = await inject({
    method: 'POST',
    url: '/api/v1/things',
    headers: admin,
    payload: { name: '', size: 'x', more: 1 },
  })
  expect(body.json<{ places: { path: string }[] }>().places.map(({ path }) => path)).toEqual([
    '/body/name',
    '/body/size',
    '/body',
  ])
  const broken = await inject({
    method: 'POST',
    url: '/api/v1/things',
    headers: { ...admin, 'content-type': 'application/json' },
    payload: '{"name":',
  })
  expect(broken.json()).toMatchObject({ status: 400, code: 'invalid-request' })
  const type = await inject({
    method: 'POST',
    url: '/api/v1/things',
    headers: { ...admin, 'content-type': 'text/xml' },
    payload: '<a/>',
  })
  expect(type.json()).toMatchObject({ status: 415, code: 'unsupported-media-type' })
  const large = await inject({
    method: 'POST',
    url: '/api/v1/things',
    headers: admin,
    payload: { name: 'x'.repeat(1024 * 1024), size: 1 },
  })
  expect(large.json()).toMatchObject({ status: 413, code: 'too-large' })
})

test('who asks and what they may do comes before what is asked', async () => {
  const { inject } = await testApp([list, create, upload])
  const codeOf = async (method: 'GET' | 'POST' | 'PUT', url: string, headers = {}) =>
    (await inject({ method, url, headers, ...(method !== 'GET' && { payload: '{' }) })).json<{
      code: string
    }>().code
  expect(await codeOf('GET', '/api/v1/things/nonsense')).toBe('unauthenticated')
  expect(await codeOf('GET', '/api/v1/things/nonsense', { authorization: 'Bearer nobody' })).toBe(
    'unauthenticated',
  )
  expect(await codeOf('POST', '/api/v1/things', viewer)).toBe('forbidden')
  expect(await codeOf('POST', '/api/v1/things', { authorization: 'Bearer collector' })).toBe('forbidden')
  expect(await codeOf('PUT', '/api/v1/upload', admin)).toBe('forbidden')
  expect(await codeOf('GET', '/api/v1/things/big', { authorization: 'Bearer fresh' })).toBe('forbidden')
  const made = await inject({
    method: 'POST',
    url: '/api/v1/things',
    headers: admin,
    payload: { name: 'a', size: 1 },
  })
  expect([made.statusCode, made.json()]).toEqual([201, { name: 'a', size: 1 }])
})

test('a stream is read by the deed, whatever its type, and may be empty', async () => {
  const { inject } = await testApp([upload])
  const send = (payload: Readable | undefined, headers: Record<string, string>) =>
    inject({
      method: 'PUT',
      url: '/api/v1/upload',
      headers: { authorization: 'Bearer collector', ...headers },
      ...(payload && { payload }),
    })
  const big = Readable.from([Buffer.alloc(3_000_000), Buffer.alloc(1)])
  expect((await send(big, { 'content-type': 'application/x-ndjson' })).json()).toEqual({ bytes: 3_000_001 })
  expect((await send(Readable.from(['{']), { 'content-type': 'application/json' })).json()).toEqual({
    bytes: 1,
  })
  expect((await send(undefined, {})).json()).toEqual({ bytes: 0 })
})

test('a change with a session must come from our own pages', async () => {
  const { inject } = await testApp([create], { publicOrigin: 'https://plimsoll.example.com' })
  const change = async (headers: Record<string, string>) =>
    (
      await inject({
        method: 'POST',
        url: '/api/v1/things',
        headers: { host: 'inner:8080', cookie: 'session=editor', ...headers },
        payload: { name: 'a', size: 1 },
      })
    ).statusCode
  expect(await change({ 'sec-fetch-site': 'same-origin' })).toBe(201)
  expect(await change({ 'sec-fetch-site': 'cross-site', origin: 'https://plimsoll.example.com' })).toBe(403)
  expect(await change({ 'sec-fetch-site': 'same-site' })).toBe(403)
  expect(await change({ origin: 'https://plimsoll.example.com' })).toBe(201)
  expect(await change({ origin: 'http://inner:8080' })).toBe(201)
  expect(await change({ origin: 'https://evil.example.com' })).toBe(403)
  expect(await change({ origin: 'null' })).toBe(403)
  expect(await change({})).toBe(403)
  expect(await change({ authorization: 'Bearer editor', origin: 'https://evil.example.com' })).toBe(201)
})

test('what fails is told by the table of codes, and nothing of our insides', async () => {
  const conflict = await testApp([failing(new Fault('conflict', 'It is there already.'))])
  expect((await conflict.inject({ url: '/api/v1/fail' })).json()).toMatchObject({
    type: 'urn:plimsoll:problem:conflict',
    status: 409,
    detail: 'It is there already.',
  })
  const broken = await testApp([failing(new Error('password=hunter2 in table x'))])
  const answer = await broken.inject({ url: '/api/v1/fail', headers: { 'x-request-id': 'my-request-1' } })
  expect(answer.statusCode).toBe(500)
  expect(answer.body).not.toContain('hunter2')
  expect(answer.headers['x-request-id']).toBe('my-request-1')
  expect(broken.logged.find(({ msg }) => msg === 'request failed')).toMatchObject({
    requestId: 'my-request-1',
    err: { message: 'password=hunter2 in table x' },
  })
  const away = await testApp([failing(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))])
  const unavailable = await away.inject({ url: '/api/v1/fail' })
  expect([unavailable.statusCode, unavailable.headers['retry-after']]).toEqual([503, '5'])
  const unknown = await conflict.inject({ url: '/api/v1/none' })
  expect([unknown.statusCode, unknown.json<{ code: string }>().code]).toEqual([404, 'not-found'])
})

test('the log has one line for a request, and no credential', async () => {
  const { inject, logged, fastify } = await testApp([list])
  await inject({
    url: '/api/v1/things/big?code=oidc-secret',
    headers: { authorization: 'Bearer viewer', cookie: 'session=cookie-secret' },
  })
  fastify.log.info({ headers: { authorization: 'Bearer x-secret' }, req: { cookie: 'y-secret' } }, 'careless')
  expect(logged.filter(({ msg }) => msg === 'request')).toEqual([
    expect.objectContaining({
      method: 'GET',
      route: '/api/v1/things/:kind',
      path: '/api/v1/things/big',
      status: 400,
      caller: 'person:viewer-id',
    }),
  ])
  expect(JSON.stringify(logged)).not.toMatch(/secret/)
})

test('an error is told without what the driver hangs on it', async () => {
  const { logged, fastify } = await testApp([])
  const cause = Object.assign(new Error('lost'), {
    code: '57P01',
    client: { password: 'hunter2' },
    detail: 'Key (a)=(hunter2)',
  })
  fastify.log.error({ err: new Error('read failed', { cause }) }, 'told')
  expect(logged[0]).toMatchObject({
    err: { message: 'read failed', cause: { message: 'lost', code: '57P01' } },
  })
  expect(JSON.stringify(logged)).not.toContain('hunter2')
})

test('too many requests are refused with the time after which to come again', async () => {
  const rateLimits = {
    address: { max: 100, seconds: 60 },
    failures: { max: 2, seconds: 60 },
    caller: { max: 3, seconds: 60 },
  }
  const { inject } = await testApp([list, { ...create, rate: { max: 1, seconds: 60 } }], { rateLimits })
  const get = (headers: Record<string, string>) => inject({ url: '/api/v1/things/big', headers })
  for (let count = 0; count < 3; count++) expect((await get(viewer)).statusCode).toBe(200)
  const fourth = await get(viewer)
  expect(fourth.json()).toMatchObject({ status: 429, code: 'too-many-requests' })
  expect(Number(fourth.headers['retry-after'])).toBeGreaterThan(0)
  // Another caller of the same address is not held up.
  expect((await get(admin)).statusCode).toBe(200)
  const make = () =>
    inject({ method: 'POST', url: '/api/v1/things', headers: admin, payload: { name: 'a', size: 1 } })
  expect([(await make()).statusCode, (await make()).statusCode]).toEqual([201, 429])
  const bad = { authorization: 'Bearer guess' }
  expect([(await get(bad)).statusCode, (await get(bad)).statusCode, (await get(bad)).statusCode]).toEqual([
    401, 401, 429,
  ])
})

test('a version that changed in between is not overwritten', async () => {
  const change = defineRoute({
    id: 'changeThing',
    method: 'PUT',
    path: '/thing',
    tag: 'things',
    summary: 'Changes a thing.',
    access: { role: 'editor' },
    handle: async ({ headers }) => {
      ensureVersion(versionOf(headers), 3)
      return new Answer(204, { etag: versionTag(4) })
    },
  })
  const { inject } = await testApp([change])
  const put = (match: string) =>
    inject({ method: 'PUT', url: '/api/v1/thing', headers: { ...admin, 'if-match': match } })
  expect((await put('"3"')).headers.etag).toBe('"4"')
  expect((await put('"2"')).json()).toMatchObject({ status: 412, code: 'precondition-failed' })
})

test('life, readiness and metrics are told without a sign-in', async () => {
  const checks = { database: 'ok', schema: 'ok' }
  const { inject } = await testApp([list], { readiness: async () => checks })
  await inject({ url: '/api/v1/things/big', headers: viewer })
  expect((await inject({ url: '/healthz' })).json()).toEqual({ status: 'ok' })
  expect((await inject({ url: '/readyz' })).json()).toEqual({ status: 'ready', checks })
  const metrics = (await inject({ url: '/metrics' })).body
  expect(metrics).toContain(
    'plimsoll_http_request_seconds_count{method="GET",route="/api/v1/things/:kind",status="200"} 1',
  )
  const ill = await testApp([], { readiness: async () => ({ database: 'away' }), metricsToken: 'm' })
  expect((await ill.inject({ url: '/readyz' })).statusCode).toBe(503)
  expect((await ill.inject({ url: '/metrics' })).statusCode).toBe(401)
  expect((await ill.inject({ url: '/metrics', headers: { authorization: 'Bearer m' } })).statusCode).toBe(200)
})

test('pages load nothing from elsewhere and are framed by nobody', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-web-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Plimsoll</title>')
  writeFileSync(join(folder, 'assets', 'main-abc.js'), '1')
  const { inject, fastify } = await testApp([list], { webFolder: folder })
  const page = await inject({ url: '/findings/abc', headers: { accept: 'text/html' } })
  expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(page.headers['content-security-policy']).toContain("default-src 'none';script-src 'self'")
  expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
  const asset = await inject({ url: '/assets/main-abc.js' })
  expect([asset.statusCode, asset.headers['cache-control']]).toEqual([
    200,
    'public, max-age=31536000, immutable',
  ])
  expect((await inject({ url: '/assets/gone.js', headers: { accept: 'text/html' } })).statusCode).toBe(404)
  expect((await inject({ url: '/api/v1/none', headers: { accept: 'text/html' } })).statusCode).toBe(404)
  expect((await inject({ url: '/..%2f..%2fetc/passwd' })).statusCode).toBe(404)
  await fastify.close()
  rmSync(folder, { recursive: true })
})

test('two routes of one name, or of one address, are refused', async () => {
  await expect(testApp([list, { ...create, id: 'listThings' }])).rejects.toThrow('two routes have the id')
  await expect(testApp([list, { ...list, id: 'other' }])).rejects.toThrow('already declared')
})
