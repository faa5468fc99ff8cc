import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authenticate } from '../../services/access/authenticate.ts'
import type { Oidc } from '../../services/access/oidc.ts'
import { ensureFirstAdmin } from '../../services/access/people.ts'
import { Fault } from '../../services/fault.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { oidcCookie, sessionCookie } from '../secret-cookie.ts'
import { type TestApp, testApp } from '../testing/test-app.ts'
import { accessRoutes } from './access.ts'
import { auditRoutes } from './audit.ts'
import { enrolmentRoutes } from './enrolments.ts'
import { sessionRoutes } from './session.ts'

let fresh: FreshDatabase
let world: TestWorld
let app: TestApp
let admin: Client

const origin = 'https://plimsoll.example.com'

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown> & { items?: Record<string, unknown>[] }
  readonly text: string
  readonly headers: Record<string, unknown>
}

type Client = (
  method: string,
  path: string,
  body?: object,
  headers?: Record<string, string>,
) => Promise<Answer>

/** A browser of our own pages, with a cookie jar. */
function browser(headers: Record<string, string> = {}): Client {
  let cookie = ''
  return async (method, path, body, more = {}) => {
    const answer = await app.inject({
      method: method,
      url: `/api/v1${path}`,
      headers: { origin, ...headers, ...(cookie !== '' && { cookie }), ...more },
      ...(body && { payload: body }),
    })
    const set = answer.headers['set-cookie']
    if (typeof set === 'string') cookie = set.split(';', 1)[0] as string
    const isJson =
      String(answer.headers['content-type']).includes('json') &&
      !String(answer.headers['content-type']).includes('ndjson')
    return {
      status: answer.statusCode,
      body: isJson && answer.body !== '' ? (answer.json() as Answer['body']) : {},
      text: answer.body,
      headers: answer.headers,
    }
  }
}

const better = 'nine amber herons'

/** A provider that sends everybody on with one state, and has nobody whom it may let in. */
const provider: Oidc = {
  name: 'Example ID',
  issuer: 'https://id.example.com',
  begin: async () => 'https://id.example.com/auth?state=s-1',
  finish: async () => {
    throw new Fault('forbidden', 'in no group')
  },
}

async function signedIn(login: string, password: string): Promise<Client> {
  const client = browser()
  expect((await client('POST', '/session', { login, password })).status).toBe(200)
  expect((await client('POST', '/session/password', { old: password, new: better })).status).toBe(204)
  return client
}

beforeEach(async () => {
  fresh = await freshDatabase()
  world = testWorld(fresh.db)
  const cookie = sessionCookie(true)
  app = await testApp(
    [
      ...sessionRoutes({
        ...world,
        cookie,
        oidcCookie: oidcCookie(true),
        oidc: provider,
        onOidcFault: () => {},
        publicOrigin: origin,
        isSampleOnShow: async () => false,
      }),
      ...accessRoutes(world),
      ...enrolmentRoutes({ ...world, rules: [], publicOrigin: 'https://plimsoll.example.com' }),
      ...auditRoutes(world),
    ],
    {
      publicOrigin: origin,
      authenticate: ({ headers }) =>
        authenticate(world, { authorization: headers.authorization, session: cookie.read(headers.cookie) }),
    },
  )
  const password = await ensureFirstAdmin(world)
  admin = await signedIn('admin', password as string)
})
afterEach(async () => {
  await app.stop(0)
  await fresh.close()
})

describe('the session', () => {
  it('travels in a cookie that scripts and other sites do not get', async () => {
    const client = browser()
    const answer = await client('POST', '/session', { login: 'admin', password: better })
    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-plimsoll=[\w-]{49}; Expires=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    )
    expect((await client('GET', '/session')).body).toMatchObject({
      name: 'admin',
      role: 'admin',
      seesAll: true,
    })
    expect((await client('GET', '/session/current')).body).toMatchObject({ me: { name: 'admin' } })
    expect((await client('DELETE', '/session')).status).toBe(204)
    expect((await client('GET', '/session')).status).toBe(401)
    expect((await client('GET', '/session/current')).body).toEqual({ me: null })
  })

  it('takes no change from another site', async () => {
    const answer = await admin(
      'POST',
      '/people',
      { login: 'x', name: 'x', role: 'admin' },
      { origin: 'https://evil.example' },
    )
    expect(answer.status).toBe(403)
    expect((await admin('GET', '/people')).body.items).toHaveLength(1)
  })

  it('does nothing before a one-time password is changed, but changing it', async () => {
    const made = await admin('POST', '/people', { login: 'zoe', name: 'Zoë', role: 'admin' })
    expect(made.status).toBe(201)
    const client = browser()
    const opened = await client('POST', '/session', {
      login: 'zoe',
      password: made.body.oneTimePassword as string,
    })
    expect(opened.body).toEqual({ mustChangePassword: true })
    expect((await client('GET', '/people')).status).toBe(403)
    expect((await client('GET', '/session')).body).toMatchObject({ mustChangePassword: true })
    const change = { old: made.body.oneTimePassword as string, new: better }
    expect((await client('POST', '/session/password', change)).status).toBe(204)
    expect((await client('GET', '/people')).status).toBe(200)
  })

  it('tells how one can sign in', async () => {
    expect((await browser()('GET', '/session/options')).body).toEqual({
      password: true,
      oidc: { name: 'Example ID' },
      isSample: false,
    })
  })

  it('ends a sign-in by the provider in the browser alone that began it, and leads back from one that failed', async () => {
    const back = '/session/oidc/callback?state=s-1&code=c'
    const begun = await browser()('GET', '/session/oidc/start?returnTo=/findings')
    expect(begun.headers.location).toBe('https://id.example.com/auth?state=s-1')
    const cookie = String(begun.headers['set-cookie'])
    expect(cookie).toMatch(/^__Host-plimsoll-oidc=s-1; .*HttpOnly; SameSite=Lax; Secure$/)
    const another = await browser()('GET', back)
    expect([another.status, another.headers.location]).toEqual([302, '/login?failed=unauthenticated'])
    expect(another.headers['set-cookie']).toBeUndefined()
    const own = await browser()('GET', back, undefined, { cookie: cookie.split(';')[0] ?? '' })
    expect([own.status, own.headers.location]).toEqual([302, '/login?failed=forbidden'])
  })
})

describe('accounts, teams and zones', () => {
  it('are the admin’s alone', async () => {
    const { body } = await admin('POST', '/people', { login: 'ed', name: 'Ed', role: 'approver' })
    const client = await signedIn('ed', body.oneTimePassword as string)
    const id = body.id as string
    for (const [method, path, payload] of [
      ['GET', '/people'],
      ['POST', '/people', { login: 'x', name: 'x', role: 'admin' }],
      ['PATCH', `/people/${id}`, { role: 'admin' }],
      ['POST', `/people/${id}/password`],
      ['GET', '/zones'],
      ['POST', '/zones', { name: 'x', terms: [{}] }],
      ['GET', '/teams'],
      ['POST', '/teams', { name: 'x' }],
      ['GET', '/enrolments'],
      ['POST', '/enrolments', { name: 'x' }],
      ['GET', '/audit'],
      ['GET', '/audit/export'],
      ['GET', '/audit/verification'],
    ] as const)
      expect([method, path, (await client(method, path, payload)).status]).toEqual([method, path, 403])
    expect((await client('GET', '/tokens')).status).toBe(200)
  })

  it('are made, shown, changed from the version that was read, and removed', async () => {
    const zone = await admin('POST', '/zones', {
      name: 'prod',
      terms: [{ clusterLabels: { environment: 'prod' } }],
    })
    expect(zone.status).toBe(201)
    const id = zone.body.id as string
    const read = await admin('GET', `/zones/${id}`)
    expect([read.headers.etag, read.body.name]).toEqual(['"1"', 'prod'])
    const next = { name: 'production', terms: [{}] }
    expect((await admin('PUT', `/zones/${id}`, next, { 'if-match': '"1"' })).status).toBe(204)
    expect((await admin('PUT', `/zones/${id}`, next, { 'if-match': '"1"' })).status).toBe(412)
    expect((await admin('PUT', `/zones/${id}`, next, { 'if-match': 'W/1' })).body.code).toBe(
      'invalid-request',
    )

    const { body: who } = await admin('POST', '/people', { login: 'ed', name: 'Ed', role: 'viewer' })
    const team = await admin('POST', '/teams', { name: 'team', members: [who.id], zones: [id] })
    const [shown] = (await admin('GET', '/teams')).body.items ?? []
    expect(shown).toMatchObject({ name: 'team', members: [{ login: 'ed' }], zones: [{ name: 'production' }] })
    const client = await signedIn('ed', who.oneTimePassword as string)
    expect((await client('GET', '/session')).body).toMatchObject({
      teams: [{ name: 'team' }],
      zones: [{ name: 'production' }],
    })
    expect((await admin('DELETE', `/zones/${id}`)).body.detail).toMatch(/seen by team/)
    expect((await admin('DELETE', `/teams/${team.body.id as string}`)).status).toBe(204)
    expect((await admin('DELETE', `/zones/${id}`)).status).toBe(204)
    expect((await admin('GET', `/zones/${id}`)).status).toBe(404)
  })

  it('tell what is wrong with what is sent, by its place', async () => {
    const answer = await admin('POST', '/zones', { name: '', terms: [{ account: ['x'] }], more: 1 })
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body)).toMatch(/\/name/)
    expect(JSON.stringify(answer.body)).toMatch(/\/terms\/0/)
  })

  it('preview what a zone matches', async () => {
    await fresh.pool.query(`
      insert into cluster (cluster_id, name, account, created_at) values ('c1', 'one', '1', now()), ('c2', 'two', '2', now());
      insert into asset (cluster_id, asset_key, api_version, kind, namespace, name, root_kind, root_key, verdicts, first_seen)
        select c, 'k' || n, 'v1', 'Pod', 'ns' || n % 3, 'p' || n, '', '', '', now() from generate_series(1, 9) n, unnest(array['c1', 'c2']) c;`)
    const count = async (terms: object[]) => (await admin('POST', '/zones/preview', { terms })).body
    expect(await count([{}])).toEqual({ clusters: 2, namespaces: 6, resources: 18, openFindings: 0 })
    expect(await count([{ accounts: ['1'], namespaces: ['ns1'] }])).toMatchObject({
      clusters: 1,
      namespaces: 1,
      resources: 3,
    })
    expect(await count([])).toMatchObject({ clusters: 0, resources: 0 })
  })
})

describe('tokens and enrolments', () => {
  it('are told once and work at once', async () => {
    const { body } = await admin('POST', '/tokens', { name: 'ci', role: 'viewer', days: 1 })
    const token = browser({ authorization: `Bearer ${body.token as string}` })
    expect((await token('GET', '/session')).body).toMatchObject({ type: 'token', role: 'viewer' })
    expect((await token('GET', '/people')).status).toBe(403)
    expect(JSON.stringify((await admin('GET', '/tokens')).body)).not.toContain(body.token)
    expect((await admin('DELETE', `/tokens/${body.id as string}`)).status).toBe(204)
    expect((await token('GET', '/session')).status).toBe(401)
  })

  it('let a collector do nothing but ingest', async () => {
    const { body } = await admin('POST', '/enrolments', {
      name: 'eu',
      labels: { tier: 'one' },
      options: { proxy: 'http://proxy.example.com:3128' },
    })
    const collector = browser({ authorization: `Bearer ${body.token as string}` })
    for (const path of ['/session', '/people', '/tokens', '/audit'])
      expect([path, (await collector('GET', path)).status]).toEqual([path, 403])
    const id = body.id as string
    expect((await admin('GET', `/enrolments/${id}`)).body).toMatchObject({
      state: 'waiting',
      gaps: [],
      options: { proxy: 'http://proxy.example.com:3128', slices: expect.not.arrayContaining(['secrets']) },
    })
    const { helm, manifest, terraform } = body.install as Record<string, string>
    expect(helm).toContain(`--set-string token=${body.token as string}`)
    expect(manifest).toContain(`token: ${body.token as string}`)
    expect(terraform).not.toContain(body.token)
    const again = await admin('GET', `/enrolments/${id}/installation`)
    expect(again.text).not.toContain(body.token)
    expect(again.body.helm).toBe(
      helm?.replace(`--set-string token=${body.token as string}`, '--set-json \'token="<token>"\''),
    )
    const wrong = await admin('POST', '/enrolments', { name: 'eu', options: { slices: ['everything'] } })
    expect([wrong.status, wrong.body.code]).toEqual([400, 'invalid-request'])
    expect((await admin('POST', `/enrolments/${id}/token`)).body.token).toMatch(/^ple_/)
    expect((await admin('DELETE', `/enrolments/${id}`)).status).toBe(204)
    expect((await collector('GET', '/session')).status).toBe(401)
  })
})

describe('the audit log', () => {
  it('shows who did what, in pages, as an export, and that it is whole', async () => {
    for (let n = 0; n < 5; n++) await admin('POST', '/zones', { name: `z${n}`, terms: [{}] })
    const first = await admin('GET', '/audit?limit=2&action=zone.created')
    expect(first.body.items?.map(({ detail }) => (detail as { name: string }).name)).toEqual(['z4', 'z3'])
    expect(first.body.items?.[0]).toMatchObject({
      actor: { type: 'person', name: 'admin', address: '127.0.0.1' },
    })
    const second = await admin(
      'GET',
      `/audit?limit=2&action=zone.created&cursor=${first.body.next as string}`,
    )
    expect(second.body.items?.map(({ detail }) => (detail as { name: string }).name)).toEqual(['z2', 'z1'])
    expect((await admin('GET', '/audit?cursor=x')).body.code).toBe('invalid-cursor')
    const lines = (await admin('GET', '/audit/export')).text.trim().split('\n')
    const report = (await admin('GET', '/audit/verification')).body
    expect(report).toMatchObject({ isWhole: true, entries: lines.length })
    const last = JSON.parse(lines.at(-1) as string) as { number: number; hash: string }
    const noted = await admin('GET', `/audit/verification?number=${last.number}&hash=${last.hash}`)
    expect(noted.body.isWhole).toBe(true)
    const other = await admin('GET', `/audit/verification?number=${last.number}&hash=${'0'.repeat(64)}`)
    expect(other.body.isWhole).toBe(false)
  })
})
