import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { type OidcTestProvider, oidcClient, startOidcProvider } from '../../testing/oidc-test-provider.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import type { Caller } from '../caller.ts'
import { faultOf } from '../testing/fault-of.ts'
import { systemActor } from './audit.ts'
import { authenticate } from './authenticate.ts'
import { type Oidc, type OidcSettings, openOidc } from './oidc.ts'
import { createPerson, listPeople, updatePerson } from './people.ts'
import { createTeam, listTeams } from './teams.ts'

/** What the provider says of whoever signs in. */
let person: Readonly<Record<string, unknown>> & { readonly sub: string }
let provider: OidcTestProvider
let fresh: FreshDatabase
let world: TestWorld

const redirectUri = 'http://127.0.0.1:9/api/v1/session/oidc/callback'

beforeAll(async () => {
  provider = await startOidcProvider({ redirectUri, person: () => person })
})
afterAll(() => provider.close())

beforeEach(async () => {
  fresh = await freshDatabase()
  world = testWorld(fresh.db, new Date().toISOString())
  person = {
    sub: 'u-1',
    preferred_username: 'Zoe',
    name: 'Zoë',
    email: 'zoe@example.com',
    groups: ['ops', 'secops'],
  }
})
afterEach(() => fresh.close())

const settings = (): OidcSettings => ({
  issuer: provider.issuer,
  clientId: oidcClient.id,
  clientSecret: oidcClient.secret,
  redirectUri,
  name: 'Example ID',
  scopes: ['openid', 'profile', 'email', 'groups'],
  claims: { login: 'preferred_username', groups: 'groups' },
  roleOfGroup: { ops: 'viewer', secops: 'approver' },
  defaultRole: null,
})

/** A browser that signs in at the provider and agrees to all; gives the address that it is sent back to. */
async function walk(start: string): Promise<URL> {
  const jar = new Map<string, string>()
  let next = start
  let form: URLSearchParams | undefined
  for (let step = 0; step < 20; step++) {
    if (next.startsWith(redirectUri)) return new URL(next)
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    })
    form = undefined
    for (const line of answer.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(key, value)
    }
    const location = answer.headers.get('location')
    if (location) {
      next = new URL(location, next).href
      continue
    }
    const page = await answer.text()
    const action = /action="([^"]+)"/.exec(page)?.[1]
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1]
    if (!action || !prompt) throw new Error(`the provider answered ${answer.status}: ${page.slice(0, 500)}`)
    next = new URL(action, next).href
    form = new URLSearchParams({ prompt, login: person.sub, password: 'any' })
  }
  throw new Error('the provider sends round in circles')
}

const visitor = { address: '127.0.0.1', agent: 'test' }

const signInBy = async (oidc: Oidc) => oidc.finish(await walk(await oidc.begin('/findings?q=x')), visitor)

describe('signing in by OIDC', () => {
  it('makes an account at the first time, with the role and teams of its groups, and follows them later', async () => {
    await createTeam(
      world,
      { name: 'security', description: '', oidcGroup: 'secops', members: [], zones: [] },
      systemActor,
    )
    const oidc = openOidc(world, settings(), true)
    const { session, returnTo } = await signInBy(oidc)
    expect(returnTo).toBe('/findings?q=x')
    expect((await authenticate(world, { session: session.secret })) as Caller).toMatchObject({
      name: 'zoe',
      role: 'approver',
    })
    expect((await listTeams(world))[0]?.members).toMatchObject([{ login: 'zoe', byOidc: true }])

    person = { ...person, groups: ['ops'] }
    await signInBy(oidc)
    expect(await listPeople(world)).toMatchObject([
      { login: 'zoe', role: 'viewer', signsInBy: 'oidc', email: 'zoe@example.com' },
    ])
    expect((await listTeams(world))[0]?.members).toEqual([])
  })

  it('lets nobody in who is in no group of ours, unless there is a role for all', async () => {
    person = { ...person, groups: ['constructor', 'sales'] }
    expect(await faultOf(signInBy(openOidc(world, settings(), true)))).toBe('forbidden')
    expect(await listPeople(world)).toEqual([])
    await signInBy(openOidc(world, { ...settings(), defaultRole: 'viewer' }, true))
    expect(await listPeople(world)).toMatchObject([{ role: 'viewer' }])
  })

  it('never takes over an account that is not the provider’s, nor opens one that was shut', async () => {
    const { id } = await createPerson(world, { login: 'zoe', name: 'other', role: 'admin' }, systemActor)
    const oidc = openOidc(world, settings(), true)
    expect(await faultOf(signInBy(oidc))).toBe('conflict')
    await createPerson(world, { login: 'root', name: 'root', role: 'admin' }, systemActor)
    await updatePerson(world, id, { role: 'viewer' }, undefined, systemActor)
    expect(await faultOf(signInBy(oidc))).toBe('conflict')

    person = { ...person, sub: 'u-2', preferred_username: 'yan' }
    await signInBy(oidc)
    const yan = (await listPeople(world)).find(({ login }) => login === 'yan')
    await updatePerson(world, yan?.id ?? '', { isActive: false }, undefined, systemActor)
    expect(await faultOf(signInBy(oidc))).toBe('forbidden')
  })

  it('ends a sign-in once, in its time, with its own state and code', async () => {
    const oidc = openOidc(world, settings(), true)
    const back = await walk(await oidc.begin('/'))
    const forged = new URL(back)
    forged.searchParams.set('state', 'another')
    expect(await faultOf(oidc.finish(forged, visitor))).toBe('unauthenticated')
    expect(await faultOf(oidc.finish(back, visitor))).toBe('none')
    expect(await faultOf(oidc.finish(back, visitor))).toBe('unauthenticated')

    const wrong = await walk(await oidc.begin('/'))
    wrong.searchParams.set('code', 'made-up')
    expect(await faultOf(oidc.finish(wrong, visitor))).toBe('unauthenticated')

    const late = await walk(await oidc.begin('/'))
    world.pass(10 * 60_000 + 1)
    expect(await faultOf(oidc.finish(late, visitor))).toBe('unauthenticated')
  })

  it('goes back to our own pages only', async () => {
    const oidc = openOidc(world, settings(), true)
    for (const [asked, expected] of [
      ['//evil.example', '/'],
      ['https://evil.example', '/'],
      ['/\\evil.example', '/'],
      ['/ok/path?x=%2F', '/ok/path?x=%2F'],
    ] as const) {
      const { returnTo } = await oidc.finish(await walk(await oidc.begin(asked)), visitor)
      expect([asked, returnTo]).toEqual([asked, expected])
    }
  })

  it('says that the provider does not answer, and tries again with the next person', async () => {
    const away = openOidc(world, { ...settings(), issuer: 'http://127.0.0.1:1' }, true)
    expect(await faultOf(away.begin('/'))).toBe('unavailable')
    expect(await faultOf(away.begin('/'))).toBe('unavailable')
    const plain = openOidc(world, settings())
    expect(await faultOf(plain.begin('/'))).toBe('unavailable')
  })
})
