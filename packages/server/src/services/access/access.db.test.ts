import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import type { Caller } from '../caller.ts'
import { faultOf } from '../testing/fault-of.ts'
import { recordAudit, systemActor, verifyAudit } from './audit.ts'
import { authenticate } from './authenticate.ts'
import { bindCollector, createEnrolment, endEnrolment, getEnrolment, renewEnrolment } from './enrolments.ts'
import { createPerson, ensureFirstAdmin, listPeople, resetPassword, updatePerson } from './people.ts'
import { changePassword, endOwnSessions, listSessions, signIn, signOut, sweepSessions } from './sign-in.ts'
import { createTeam, listTeams, removeTeam, updateTeam } from './teams.ts'
import { createToken, endToken, viewTokens } from './tokens.ts'
import { createZone, listZones, removeZone, updateZone } from './zones.ts'

let fresh: FreshDatabase
let world: TestWorld
beforeEach(async () => {
  fresh = await freshDatabase()
  world = testWorld(fresh.db)
})
afterEach(() => fresh.close())

const minute = 60_000
const hour = 60 * minute
const here = { address: '127.0.0.1', agent: 'test' }
const good = 'seven brown otters'
const better = 'nine amber herons'

async function personWith(
  role: Caller['role'],
  login: string = role,
): Promise<{ id: string; caller: Caller; secret: string }> {
  const { id } = await createPerson(world, { login, name: login, role, password: good }, systemActor)
  const first = await signIn(world, login, good, here)
  const caller = (await authenticate(world, { session: first.secret })) as Caller
  await changePassword(world, caller, { old: good, new: better }, first.secret, here)
  return {
    id,
    caller: (await authenticate(world, { session: first.secret })) as Caller,
    secret: first.secret,
  }
}

describe('the first admin', () => {
  it('is made once, by whichever server comes first, with a password that must be changed', async () => {
    const passwords = await Promise.all([1, 2, 3, 4].map(() => ensureFirstAdmin(world)))
    const given = passwords.filter(one => one !== undefined)
    expect(given).toHaveLength(1)
    expect(await ensureFirstAdmin(world)).toBeUndefined()
    const session = await signIn(world, 'Admin ', given[0] as string, here)
    expect(session.mustChangePassword).toBe(true)
    expect(await authenticate(world, { session: session.secret })).toMatchObject({
      role: 'admin',
      mustChangePassword: true,
      permitted: { all: true },
    })
  })

  it('is never the last one to go', async () => {
    const { id } = await personWith('admin', 'one')
    expect(await faultOf(updatePerson(world, id, { role: 'viewer' }, undefined, systemActor))).toBe(
      'unprocessable',
    )
    expect(await faultOf(updatePerson(world, id, { isActive: false }, undefined, systemActor))).toBe(
      'unprocessable',
    )
    const other = await personWith('admin', 'two')
    await updatePerson(world, id, { isActive: false }, undefined, systemActor)
    expect(await faultOf(updatePerson(world, other.id, { role: 'editor' }, undefined, systemActor))).toBe(
      'unprocessable',
    )
  })
})

describe('signing in', () => {
  it('tells a wrong login no other than a wrong password, and doubles the wait after five', async () => {
    await personWith('viewer')
    const wrong = () => signIn(world, 'viewer', 'wrong wrong wrong', here)
    expect(await faultOf(signIn(world, 'nobody', good, here))).toBe('unauthenticated')
    for (let i = 0; i < 5; i++) expect(await faultOf(wrong())).toBe('unauthenticated')
    expect(await faultOf(signIn(world, 'viewer', better, here))).toBe('too-many-requests')
    world.pass(1001)
    expect(await faultOf(wrong())).toBe('unauthenticated')
    world.pass(1001)
    expect(await faultOf(wrong())).toBe('too-many-requests')
    world.pass(1000)
    expect(await faultOf(signIn(world, 'viewer', better, here))).toBe('none')
    // A good one starts the count anew.
    expect(await faultOf(wrong())).toBe('unauthenticated')
    expect(await faultOf(signIn(world, 'viewer', better, here))).toBe('none')
  })

  it('ends a session that is idle, old, signed out, or whose person was shut', async () => {
    await personWith('admin')
    const { id } = await personWith('viewer')
    const open = async () => (await signIn(world, 'viewer', better, here)).secret
    const isGood = async (session: string) => (await authenticate(world, { session })) !== undefined

    const idle = await open()
    world.pass(12 * hour - 1)
    expect(await isGood(idle)).toBe(true)
    world.pass(12 * hour)
    expect(await isGood(idle)).toBe(false)

    const old = await open()
    for (let i = 0; i < 27; i++) {
      world.pass(6 * hour)
      expect(await isGood(old)).toBe(true)
    }
    world.pass(6 * hour)
    expect(await isGood(old)).toBe(false)

    const out = await open()
    await signOut(world, out)
    expect(await isGood(out)).toBe(false)

    const shut = await open()
    await updatePerson(world, id, { isActive: false }, undefined, systemActor)
    expect(await isGood(shut)).toBe(false)
    expect(await faultOf(signIn(world, 'viewer', better, here))).toBe('unauthenticated')

    expect(await sweepSessions(world)).toBeGreaterThan(0)
  })

  it('refuses what is no session: garbage, another’s digest, a token of another sort', async () => {
    const { caller, secret } = await personWith('admin')
    const { token } = await createToken(world, caller, { name: 't', role: 'viewer', days: 1 }, systemActor)
    const [view] = await listSessions(world, caller, secret)
    for (const session of ['', 'x', secret.slice(1), `${secret}x`, view?.id ?? '', token])
      expect(await authenticate(world, { session })).toBeUndefined()
    // A bad token is not made good by a good cookie.
    expect(await authenticate(world, { authorization: 'Bearer x', session: secret })).toBeUndefined()
    expect(await authenticate(world, { authorization: 'Basic x', session: secret })).toBeUndefined()
  })

  it('changes a password only for who knows the old one, to one that is long and not known', async () => {
    const { caller, secret } = await personWith('editor')
    const other = await signIn(world, 'editor', better, here)
    const change = (old: string, next: string) =>
      changePassword(world, caller, { old, new: next }, secret, here)
    expect(await faultOf(change('wrong', 'a long enough one'))).toBe('unauthenticated')
    for (const weak of ['short', 'aaaaaaaaaaaaaaa', 'the editor of it all', 'x'.repeat(257), better])
      expect([weak, await faultOf(change(better, weak))]).toEqual([weak, 'unprocessable'])
    expect(await faultOf(change(better, 'nine yellow herons'))).toBe('none')
    expect(await authenticate(world, { session: secret })).toBeDefined()
    expect(await authenticate(world, { session: other.secret })).toBeUndefined()
  })

  it('lets people see and end their own sessions, and nobody else’s', async () => {
    const one = await personWith('viewer', 'one')
    const two = await personWith('viewer', 'two')
    await signIn(world, 'one', better, here)
    const own = await listSessions(world, one.caller, one.secret)
    expect(own.map(({ isCurrent }) => String(isCurrent)).toSorted()).toEqual(['false', 'true'])
    const foreign = (await listSessions(world, two.caller, two.secret))[0]?.id as string
    expect(await faultOf(endOwnSessions(world, one.caller, { id: foreign }))).toBe('not-found')
    await endOwnSessions(world, one.caller, { allBut: one.secret })
    expect(await listSessions(world, one.caller, one.secret)).toHaveLength(1)
  })

  it('gives a one-time password that ends what was open', async () => {
    const { id, secret } = await personWith('viewer')
    const password = await resetPassword(world, id, systemActor)
    expect(await authenticate(world, { session: secret })).toBeUndefined()
    expect((await signIn(world, 'viewer', password, here)).mustChangePassword).toBe(true)
  })
})

describe('API tokens', () => {
  it('hold no more than their owner, now and later', async () => {
    await personWith('admin')
    const { id, caller } = await personWith('editor')
    expect(
      await faultOf(createToken(world, caller, { name: 't', role: 'admin', days: 1 }, systemActor)),
    ).toBe('forbidden')
    const { token } = await createToken(world, caller, { name: 't', role: 'editor', days: 1 }, systemActor)
    const asks = () => authenticate(world, { authorization: `Bearer ${token}` })
    expect(await asks()).toMatchObject({ type: 'token', role: 'editor' })
    await updatePerson(world, id, { role: 'viewer' }, undefined, systemActor)
    expect(await asks()).toMatchObject({ role: 'viewer' })
    await updatePerson(world, id, { isActive: false }, undefined, systemActor)
    expect(await asks()).toBeUndefined()
  })

  it('make no tokens, expire, and are revoked by their owner or an admin', async () => {
    const admin = await personWith('admin')
    const own = await personWith('viewer', 'own')
    const other = await personWith('viewer', 'other')
    const { id, token } = await createToken(
      world,
      own.caller,
      { name: 't', role: 'viewer', days: 2 },
      systemActor,
    )
    const caller = (await authenticate(world, { authorization: `bearer ${token}` })) as Caller
    expect(
      await faultOf(createToken(world, caller, { name: 'u', role: 'viewer', days: 2 }, systemActor)),
    ).toBe('forbidden')
    expect(await faultOf(endToken(world, other.caller, id, systemActor))).toBe('not-found')
    expect(await viewTokens(world, other.caller)).toEqual([])
    expect((await viewTokens(world, admin.caller)).map(({ state }) => state)).toEqual(['active'])
    world.pass(48 * hour)
    expect(await authenticate(world, { authorization: `Bearer ${token}` })).toBeUndefined()
    expect((await viewTokens(world, own.caller)).map(({ state }) => state)).toEqual(['expired'])
    const again = await createToken(world, own.caller, { name: 'u', role: 'viewer', days: 2 }, systemActor)
    await endToken(world, admin.caller, again.id, systemActor)
    expect(await authenticate(world, { authorization: `Bearer ${again.token}` })).toBeUndefined()
  })

  it('are kept as digests only', async () => {
    const { caller } = await personWith('admin')
    const { token } = await createToken(world, caller, { name: 't', role: 'viewer', days: 1 }, systemActor)
    const { token: enrolment } = await createEnrolment(
      world,
      { name: 'c', environment: '', labels: {}, options: {} },
      systemActor,
    )
    const { rows } = await sql<{ all: string }>`
      select (select string_agg(t::text, ' ') from api_token t) || (select string_agg(t::text, ' ') from enrolment t)
        || (select string_agg(t::text, ' ') from session t) || (select string_agg(t::text, ' ') from person t)
        || (select string_agg(t::text, ' ') from audit_entry t) as all`.execute(fresh.db)
    const text = rows[0]?.all ?? ''
    expect(text).toContain('argon2id')
    for (const secret of [token, enrolment, good]) expect(text).not.toContain(secret.slice(4, 30))
  })
})

describe('teams and zones', () => {
  const production = {
    name: 'production',
    description: '',
    terms: [{ clusterLabels: { environment: 'prod' } }],
  }
  const team = (values: object) => ({
    name: 'team',
    description: '',
    oidcGroup: null,
    members: [],
    zones: [],
    ...values,
  })

  it('show their members the zones, nobody else anything, admins all', async () => {
    const { caller, id } = await personWith('viewer')
    expect(caller.permitted).toEqual({ all: false, terms: [] })
    const zone = await createZone(world, production, systemActor)
    const teamId = await createTeam(world, team({ members: [id], zones: [zone] }), systemActor)
    const session = await signIn(world, 'viewer', better, here)
    const now = async () => ((await authenticate(world, { session: session.secret })) as Caller).permitted
    expect(await now()).toEqual({ all: false, terms: production.terms })
    const all = await createZone(world, { name: 'all', description: '', terms: [{}] }, systemActor)
    await updateTeam(world, teamId, team({ members: [id], zones: [zone, all] }), undefined, systemActor)
    expect(await now()).toEqual({ all: true })
    await updateTeam(world, teamId, team({ members: [], zones: [zone, all] }), undefined, systemActor)
    expect(await now()).toEqual({ all: false, terms: [] })
    expect((await personWith('admin')).caller.permitted).toEqual({ all: true })
  })

  it('narrow a token to one team', async () => {
    const { caller, id } = await personWith('admin')
    const zone = await createZone(world, production, systemActor)
    const teamId = await createTeam(world, team({ members: [id], zones: [zone] }), systemActor)
    const asked = { name: 't', role: 'admin', team: teamId, days: 1 } as const
    const { token } = await createToken(world, caller, asked, systemActor)
    expect(await authenticate(world, { authorization: `Bearer ${token}` })).toMatchObject({
      permitted: { all: false, terms: production.terms },
    })
    const stranger = await personWith('viewer')
    expect(
      await faultOf(createToken(world, stranger.caller, { ...asked, role: 'viewer' }, systemActor)),
    ).toBe('unprocessable')
    await removeTeam(world, teamId, systemActor)
    expect(await authenticate(world, { authorization: `Bearer ${token}` })).toBeUndefined()
  })

  it('refuse what is taken, unknown, in use, or changed in between', async () => {
    const zone = await createZone(world, production, systemActor)
    expect(await faultOf(createZone(world, production, systemActor))).toBe('conflict')
    await createTeam(world, team({ zones: [zone] }), systemActor)
    expect(await faultOf(createTeam(world, team({}), systemActor))).toBe('conflict')
    expect(await faultOf(removeZone(world, zone, systemActor))).toBe('conflict')
    const nobody = '00000000-0000-4000-8000-000000000000'
    expect(await faultOf(createTeam(world, team({ name: 'x', members: [nobody] }), systemActor))).toBe(
      'unprocessable',
    )
    expect((await listTeams(world)).map(({ name }) => name)).toEqual(['team'])
    await updateZone(world, zone, { ...production, name: 'live' }, 1, systemActor)
    expect(await faultOf(updateZone(world, zone, production, 1, systemActor))).toBe('precondition-failed')
    expect((await listZones(world)).map(({ name, version }) => [name, version])).toEqual([['live', 2]])
  })
})

describe('enrolments', () => {
  const asked = { name: 'eu-1', environment: 'prod', labels: { tier: 'one' }, options: {} }

  it('are bound to the cluster of their first contact, and to no other', async () => {
    const { id, token } = await createEnrolment(world, asked, systemActor)
    const collector = await authenticate(world, { authorization: `Bearer ${token}` })
    expect(collector).toEqual({ type: 'collector', enrolmentId: id, clusterId: undefined, name: 'eu-1' })
    if (collector?.type !== 'collector') throw new Error('no collector')
    expect((await getEnrolment(world, id)).state).toBe('waiting')
    expect(await bindCollector(world.db, collector, 'uid-1', world.now())).toMatchObject({
      environment: 'prod',
    })
    expect(await faultOf(bindCollector(world.db, collector, 'uid-2', world.now()))).toBe('forbidden')
    expect(await getEnrolment(world, id)).toMatchObject({ state: 'connected', clusterId: 'uid-1' })
  })

  it('expire unless they are used, work on while they are replaced, and end at once when revoked', async () => {
    const isGood = async (token: string) =>
      (await authenticate(world, { authorization: `Bearer ${token}` })) !== undefined
    const unused = await createEnrolment(world, asked, systemActor)
    const used = await createEnrolment(world, { ...asked, name: 'eu-2' }, systemActor)
    const collector = await authenticate(world, { authorization: `Bearer ${used.token}` })
    if (collector?.type !== 'collector') throw new Error('no collector')
    await bindCollector(world.db, collector, 'uid', world.now())
    world.pass(8 * 24 * hour)
    expect([await isGood(unused.token), await isGood(used.token)]).toEqual([false, true])
    expect((await getEnrolment(world, unused.id)).state).toBe('expired')
    const { token } = await renewEnrolment(world, used.id, systemActor)
    expect([await isGood(token), await isGood(used.token)]).toEqual([true, true])
    world.pass(24 * hour)
    expect([await isGood(token), await isGood(used.token)]).toEqual([true, false])
    await endEnrolment(world, used.id, systemActor)
    expect(await isGood(token)).toBe(false)
    expect(await faultOf(renewEnrolment(world, used.id, systemActor))).toBe('gone')
  })

  const isGood = async (token: string) =>
    (await authenticate(world, { authorization: `Bearer ${token}` })) !== undefined
  const audited = async () =>
    (await fresh.pool.query<{ action: string }>('select action from audit_entry order by number')).rows.map(
      ({ action }) => action,
    )

  it('that expired unused are renewed: the same enrolment by another token, the old one stays dead', async () => {
    const { id, token } = await createEnrolment(world, asked, systemActor)
    world.pass(8 * 24 * hour)
    const renewed = await renewEnrolment(world, id, systemActor)
    expect(renewed).toMatchObject({
      previousUntil: null,
      expiresAt: new Date(world.now().getTime() + 7 * 24 * hour),
    })
    expect([await isGood(token), await isGood(renewed.token)]).toEqual([false, true])
    expect(await getEnrolment(world, id)).toMatchObject({
      state: 'waiting',
      name: 'eu-1',
      labels: asked.labels,
    })
    world.pass(8 * 24 * hour)
    expect(await isGood(renewed.token)).toBe(false)
    const again = await renewEnrolment(world, id, systemActor)
    const collector = await authenticate(world, { authorization: `Bearer ${again.token}` })
    if (collector?.type !== 'collector') throw new Error('no collector')
    await bindCollector(world.db, collector, 'uid-1', world.now())
    expect(await getEnrolment(world, id)).toMatchObject({ state: 'connected', clusterId: 'uid-1' })
    for (const dead of [token, renewed.token]) expect(await isGood(dead)).toBe(false)
    expect(await audited()).toEqual(['enrolment.created', 'enrolment.renewed', 'enrolment.renewed'])
  })

  it('are rotated without a gap, however often before a collector has the new token', async () => {
    const { id, token } = await createEnrolment(world, asked, systemActor)
    const collector = await authenticate(world, { authorization: `Bearer ${token}` })
    if (collector?.type !== 'collector') throw new Error('no collector')
    await bindCollector(world.db, collector, 'uid-1', world.now())
    const lost = await renewEnrolment(world, id, systemActor)
    world.pass(23 * hour)
    const next = await renewEnrolment(world, id, systemActor)
    // The one that the collector has works on from here; the one that nobody ever used does not.
    world.pass(23 * hour)
    expect([await isGood(token), await isGood(lost.token)]).toEqual([true, false])
    expect(await isGood(next.token)).toBe(true)
    // From now on the new one is the one in use: another rotation leaves this one, and the first is over.
    const last = await renewEnrolment(world, id, systemActor)
    expect([await isGood(token), await isGood(next.token), await isGood(last.token)]).toEqual([
      false,
      true,
      true,
    ])
    expect(await audited()).toEqual(['enrolment.created', ...Array(3).fill('enrolment.rotated')])
    expect(await getEnrolment(world, id)).toMatchObject({ state: 'connected', clusterId: 'uid-1' })
  })
})

describe('the audit log', () => {
  it('has an entry for each change, chained, whoever writes at the same time', async () => {
    await Promise.all(
      [...Array(20).keys()].map(n =>
        createZone(world, { name: `z${n}`, description: '', terms: [{}] }, systemActor),
      ),
    )
    expect(await verifyAudit(fresh.db)).toMatchObject({ isWhole: true, entries: 20 })
  })

  it('is not written where the change did not happen', async () => {
    await createZone(world, { name: 'z', description: '', terms: [{}] }, systemActor)
    await faultOf(createZone(world, { name: 'z', description: '', terms: [{}] }, systemActor))
    expect(await verifyAudit(fresh.db)).toMatchObject({ entries: 1 })
  })

  const breaks: readonly (readonly [string, string, RegExp])[] = [
    ['a changed detail', `update audit_entry set detail = '{"a":2}' where number = 3`, /entry 3 was changed/],
    ['a changed actor', `update audit_entry set actor_name = 'x' where number = 2`, /entry 2 was changed/],
    [
      'a changed time',
      `update audit_entry set at = at + interval '1 second' where number = 4`,
      /entry 4 was changed/,
    ],
    ['a missing entry', 'delete from audit_entry where number = 3', /entry 3 is missing/],
    ['a missing end', 'delete from audit_entry where number = 5', /ends at entry 4, and 5 were written/],
    [
      'a missing end with its mark put back',
      `delete from audit_entry where number = 5; update audit_head set number = 4, hash = (select hash from audit_entry where number = 4)`,
      /entry 5, which was noted, is missing/,
    ],
    ['another hash', `update audit_entry set hash = previous_hash where number = 1`, /entry 1 was changed/],
  ]
  it.each(breaks)('shows %s', async (_, statement, expected) => {
    for (let n = 0; n < 5; n++)
      await fresh.db.transaction().execute(trx =>
        recordAudit(trx, {
          at: world.now(),
          actor: { type: 'person', id: 'p', name: 'zoë \ud800\u0000', address: '' },
          action: 'thing.changed',
          target: { type: 'thing', id: String(n) },
          detail: { a: 1, text: 'x\\u0000\u0000y', nested: { b: [true, null, 1.5] } },
        }),
      )
    const before = await verifyAudit(fresh.db)
    expect(before).toMatchObject({ isWhole: true, entries: 5 })
    await fresh.pool.query(statement)
    const after = await verifyAudit(fresh.db, { number: 5, hash: before.hash })
    expect(after.isWhole).toBe(false)
    expect(after.fault).toMatch(expected)
  })
})

describe('accounts', () => {
  it('have one login each, however it is written', async () => {
    await createPerson(world, { login: 'Zoe', name: 'Zoë', role: 'viewer' }, systemActor)
    expect(await faultOf(createPerson(world, { login: ' zoe', name: 'Z', role: 'admin' }, systemActor))).toBe(
      'conflict',
    )
    expect((await listPeople(world)).map(({ login, role }) => [login, role])).toEqual([['zoe', 'viewer']])
  })
})
