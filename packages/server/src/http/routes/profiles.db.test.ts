import { knownWordsOf } from '@plimsoll/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '../../services/access/audit.ts'
import { removeZone, updateZone, type ZoneDeps } from '../../services/access/zones.ts'
import type { RulePack } from '../../services/assess/ports.ts'
import {
  assessmentWorld,
  clusterId,
  configMap,
  pack,
  type World,
} from '../../services/assess/testing/world.ts'
import { decidedBasis } from '../../services/decisions/basis.ts'
import { storedProfileOf } from '../../services/decisions/profile-of.ts'
import { findCluster } from '../../store/clusters.ts'
import { everything, type Permitted } from '../../store/permitted.ts'
import { type PartApp, partApp } from '../testing/part-callers.ts'
import { profileRoutes } from './profiles.ts'

let world: World
let app: PartApp
let decided: number

const seesCluster = (cluster: string): Permitted => ({ all: false, terms: [{ clusters: [cluster] }] })
const sights = {
  all: everything,
  own: seesCluster(clusterId),
  part: { all: false, terms: [{ clusters: [clusterId], namespaces: ['shop'] }] } as Permitted,
  other: seesCluster('other'),
  nothing: { all: false, terms: [] } as Permitted,
}

beforeEach(async () => {
  world = await assessmentWorld()
  decided = 0
  await world.fresh.pool.query(
    `insert into cluster (cluster_id, name, environment, created_at) values ('other', 'other', 'production', now())`,
  )
  app = await startApp(pack)
})
afterEach(async () => {
  await app.stop()
  await world.fresh.close()
})

async function startApp(own: RulePack): Promise<PartApp> {
  const deps = { db: world.fresh.db, now: world.now, randomBytes: () => Buffer.alloc(0), pack: own }
  const onDecided = async () => {
    decided++
  }
  const basisOf = decidedBasis(deps, knownWordsOf(own.rules, own.editions), storedProfileOf(own))
  return partApp(profileRoutes({ ...deps, onDecided, basisOf }), sights)
}

const off = { enabled: false, reason: 'not ours' }
const values = (name: string, own: object = {}) => ({ name, rules: { 'has-labels': off }, ...own })
const make = async (name: string, own: object = {}): Promise<string> => {
  const { status, body } = await app.ask('admin all', 'POST /profiles', values(name, own))
  expect([status, name]).toEqual([201, name])
  return body.id
}
const names = async (who: 'viewer own' | 'viewer other' | 'viewer nothing' | 'viewer all' | 'viewer part') =>
  (await app.ask(who, 'GET /profiles')).body.items.map(({ name }: { name: string }) => name)
const held = async (own: RulePack = pack) => {
  const cluster = await findCluster(world.fresh.db, clusterId)
  if (!cluster) throw new Error('the cluster is not there')
  const { profile, source } = await storedProfileOf(own)(world.fresh.db, cluster)
  return [profile.name, source]
}
const zone = async (name: string, terms: object[]): Promise<string> => {
  const { rows } = await world.fresh.pool.query<{ zone_id: string }>(
    `insert into zone (zone_id, name, description, terms, created_at, updated_at)
     values (gen_random_uuid(), $1, '', $2, now(), now()) returning zone_id`,
    [name, JSON.stringify(terms)],
  )
  return rows[0]?.zone_id as string
}

describe('a profile', () => {
  it('is made, shown, changed from the version that was read, and removed; clusters are judged anew each time', async () => {
    const id = await make('strict', { description: 'For all' })
    const shown = await app.ask('viewer all', `GET /profiles/${id}`)
    expect(shown.etag).toBe('"1"')
    expect(shown.body).toMatchObject({
      name: 'strict',
      description: 'For all',
      rules: { 'has-labels': off },
      controls: {},
      isDefault: false,
      holdsFor: 0,
      faults: [],
    })
    const put = (tag: string) =>
      app.ask('admin all', `PUT /profiles/${id}`, values('lax', { rules: {} }), { 'if-match': tag })
    expect((await put('"1"')).status).toBe(204)
    expect((await put('"1"')).body.code).toBe('precondition-failed')
    expect(await names('viewer all')).toEqual(['lax'])
    expect(
      (await app.ask('admin all', `DELETE /profiles/${id}`, undefined, { 'if-match': '"1"' })).status,
    ).toBe(412)
    expect((await app.ask('admin all', `DELETE /profiles/${id}`)).status).toBe(204)
    expect((await app.ask('admin all', `GET /profiles/${id}`)).status).toBe(404)
    expect(decided).toBe(3)
    const { rows } = await world.fresh.pool.query(
      `select action from audit_entry where action like 'profile.%' order by number`,
    )
    expect(rows.map(({ action }) => action)).toEqual([
      'profile.created',
      'profile.changed',
      'profile.removed',
    ])
  })

  it('is refused with the place of each fault and the nearest known name', async () => {
    const answer = await app.ask('admin all', 'POST /profiles', {
      name: 'x',
      rules: { 'has-label': off, 'no-bad-key': { enabled: false, parameters: { x: 1 } } },
      controls: { 'house/1.11': off, 'house@1.0/1.1': { enabled: false } },
    })
    expect([answer.status, answer.body.code]).toEqual([422, 'unprocessable'])
    const places: { path: string; message: string }[] = answer.body.places
    expect(places.map(({ path }) => path)).toEqual([
      '/rules/has-label',
      '/rules/no-bad-key/reason',
      '/rules/no-bad-key/parameters/x',
      '/controls/house~11.11',
      '/controls/house@1.0~11.1/reason',
    ])
    expect(places[0]?.message).toMatch(/has-labels/)
    expect(decided).toBe(0)
  })

  it('names zones and clusters that are there, and has a name of its own', async () => {
    await make('one')
    const taken = await app.ask('admin all', 'POST /profiles', values('one'))
    expect([taken.status, taken.body.code]).toEqual([409, 'conflict'])
    const nobody = '00000000-0000-4000-8000-000000000000'
    const unknown = await app.ask(
      'admin all',
      'POST /profiles',
      values('two', { zones: [nobody], clusters: ['othr'] }),
    )
    expect(unknown.status).toBe(422)
    expect(JSON.stringify(unknown.body)).toMatch(/zones\/0.*clusters\/0.*did you mean other/)
  })

  it('holds nothing that a database cannot', async () => {
    const bad = { ...off, reason: 'a\u0000b' }
    expect(
      (await app.ask('admin all', 'POST /profiles', values('x', { rules: { 'has-labels': bad } }))).status,
    ).toBe(400)
    expect((await app.ask('admin all', 'POST /profiles', values('a\u0000b'))).status).toBe(400)
    await make('x', { rules: { 'has-labels': { ...off, reason: 'a\\u0000b' } } })
  })

  it('is the admin’s to save, of whoever sees the whole fleet', async () => {
    const id = await make('one')
    for (const who of ['viewer all', 'editor all', 'approver all', 'admin own'] as const) {
      expect((await app.ask(who, 'POST /profiles', values('x'))).status).toBe(403)
      expect((await app.ask(who, `PUT /profiles/${id}`, values('x'))).status).toBe(403)
      expect((await app.ask(who, `DELETE /profiles/${id}`)).status).toBe(403)
    }
    expect(await names('viewer all')).toEqual(['one'])
  })
})

describe('which profile holds', () => {
  it('is the narrowest, of several the first by name', async () => {
    await world.send([configMap('a')])
    await world.replica()()
    expect(await held()).toEqual(['default', 'built-in'])
    await make('fleet', { isDefault: true })
    expect(await held()).toEqual(['fleet', 'default'])
    await make('parts', { zones: [await zone('parts', [{ clusters: [clusterId], namespaces: ['shop'] }])] })
    await make('elsewhere', {
      zones: [await zone('prod', [{ clusterLabels: { environment: 'production' } }])],
    })
    expect(await held()).toEqual(['fleet', 'default'])
    const test = await zone('test', [{ clusters: ['other'] }, { clusterLabels: { environment: 'test' } }])
    await make('zone b', { zones: [test] })
    await make('zone a', { zones: [test] })
    expect(await held()).toEqual(['zone a', 'zone'])
    await make('cluster b', { clusters: [clusterId] })
    await make('cluster a', { clusters: ['other', clusterId] })
    expect(await held()).toEqual(['cluster a', 'cluster'])
    const { items } = (await app.ask('viewer all', 'GET /profiles')).body
    expect(
      Object.fromEntries(items.map((own: { name: string; holdsFor: number }) => [own.name, own.holdsFor])),
    ).toMatchObject({ 'cluster a': 2, 'cluster b': 0, elsewhere: 0, fleet: 0 })
    expect((await app.ask('viewer part', `GET /clusters/${clusterId}/profile`)).body).toMatchObject({
      profile: { name: 'cluster a', rules: { 'has-labels': off } },
      source: 'cluster',
    })
  })

  it('has one default for the fleet: the last that was made it', async () => {
    const first = await make('first', { isDefault: true })
    await make('second', { isDefault: true })
    expect((await app.ask('viewer all', `GET /profiles/${first}`)).body).toMatchObject({
      isDefault: false,
      version: 2,
    })
    await app.ask('admin all', `PUT /profiles/${first}`, values('first', { isDefault: true }))
    expect((await app.ask('viewer all', `GET /profiles/${first}`)).body).toMatchObject({ isDefault: true })
    const { items } = (await app.ask('viewer all', 'GET /profiles')).body
    expect(items.filter(({ isDefault }: { isDefault: boolean }) => isDefault)).toHaveLength(1)
  })

  it('is read by the rules of today: what they do not know is passed over and told', async () => {
    await world.send([configMap('a')])
    const id = await make('old', {
      clusters: [clusterId],
      rules: { 'has-labels': off, 'no-bad-key': off },
      controls: { 'house/1.1': off },
    })
    const fewer: RulePack = {
      ...pack,
      rules: pack.rules.filter(rule => rule.id !== 'no-bad-key'),
      editions: pack.editions.map(own => ({ ...own, controls: own.controls.slice(1) })),
    }
    await app.stop()
    app = await startApp(fewer)
    const { faults } = (await app.ask('viewer all', `GET /profiles/${id}`)).body
    expect(faults).toEqual([expect.stringMatching(/no-bad-key/), expect.stringMatching(/house\/1\.1/)])
    const cluster = await findCluster(world.fresh.db, clusterId)
    if (!cluster) throw new Error('the cluster is not there')
    const { profile } = await storedProfileOf(fewer)(world.fresh.db, cluster)
    expect(profile).toEqual({ name: 'old', rules: { 'has-labels': off }, controls: {} })
  })

  it('follows the zone that it is given to, which stays while it is', async () => {
    await world.send([configMap('a')])
    const id = await zone('moving', [{ clusters: ['other'] }])
    await make('of the zone', { zones: [id] })
    expect(await held()).toEqual(['default', 'built-in'])
    const deps: ZoneDeps = {
      db: world.fresh.db,
      now: world.now,
      randomBytes: () => Buffer.alloc(0),
      onDecided: async () => {
        decided++
      },
    }
    const before = decided
    const all = { name: 'moving', description: '', terms: [{}] }
    await updateZone(deps, id, all, undefined, systemActor)
    expect(await held()).toEqual(['of the zone', 'zone'])
    const unused = await zone('unused', [{}])
    await updateZone(deps, unused, { ...all, name: 'still unused' }, undefined, systemActor)
    expect(decided).toBe(before + 1)
    await expect(removeZone(deps, id, systemActor)).rejects.toThrow(/of the zone/)
    await removeZone(deps, unused, systemActor)
  })

  it('is what the cluster is assessed by', async () => {
    await world.send([configMap('a')])
    await make('lax', { clusters: [clusterId] })
    const basisOf = decidedBasis(
      { now: world.now },
      knownWordsOf(pack.rules, pack.editions),
      storedProfileOf(pack),
    )
    await world.replica()({ basisOf })
    const { rows } = await world.fresh.pool.query(`select rule from finding where state = 'open' order by 1`)
    expect(rows.map(({ rule }) => rule)).toEqual(['has-account'])
  })

  it('is shown to whom it concerns, with no more of the fleet than they see', async () => {
    await world.send([configMap('a')])
    await world.replica()()
    const id = await make('other only', { clusters: ['other'] })
    await make('both', { clusters: ['other', clusterId], zones: [await zone('z', [{}])] })
    await make('everywhere', { isDefault: true })
    await make('nowhere')
    expect(await names('viewer own')).toEqual(['both', 'everywhere'])
    expect(await names('viewer part')).toEqual(['both', 'everywhere'])
    expect(await names('viewer nothing')).toEqual(['everywhere'])
    const [both] = (await app.ask('viewer own', 'GET /profiles')).body.items
    expect(both).toMatchObject({ clusters: [clusterId], zones: [], holdsFor: 1 })
    expect((await app.ask('viewer own', `GET /profiles/${id}`)).status).toBe(404)
    expect((await app.ask('viewer own', 'GET /clusters/other/profile')).status).toBe(404)
    expect((await app.ask('viewer other', 'GET /clusters/other/profile')).body.profile.name).toBe('both')
  })
})

describe('trying a profile', () => {
  const trial = (profile: object, cluster: string = clusterId) => ({ cluster, profile })

  it('tells what would change, and changes nothing', async () => {
    await world.send([configMap('a', { bad: '1' }), configMap('b', { bad: '1', bad2: '2' })])
    const assess = world.replica()
    await assess()
    const { rows: before } = await world.fresh.pool.query('select * from finding order by finding_id')
    const { status, body } = await app.ask(
      'editor own',
      'POST /profiles/trial',
      trial({ rules: { 'no-bad-key': off }, controls: { 'house/2.1': off } }),
    )
    expect(status).toBe(200)
    expect(body).toMatchObject({
      cluster: clusterId,
      compared: { name: 'default', source: 'built-in' },
      rules: [{ rule: 'no-bad-key', before: 2, after: 0 }],
      gone: { count: 3 },
      come: { count: 0, first: [] },
      controls: [
        { benchmark: 'house', edition: '1.0', control: '1.1', before: 'fail', after: 'not-evaluated' },
        { control: '2.1', before: 'fail', after: 'not-applicable' },
      ],
    })
    const ids = before.filter(({ rule }) => rule === 'no-bad-key').map(row => row.finding_id)
    expect(
      body.gone.first
        .map(({ id }: { id: string }) => id)
        .toSorted((a: string, b: string) => (a < b ? -1 : 1)),
    ).toEqual([...ids].toSorted((a: string, b: string) => (a < b ? -1 : 1)))
    const [score] = body.scores
    expect(score.before).not.toEqual(score.after)
    expect((await world.fresh.pool.query('select * from finding order by finding_id')).rows).toEqual(before)
    expect(decided).toBe(0)
  })

  it('tells exactly what saving it then brings', async () => {
    await world.send([configMap('a', { bad: '1' }), configMap('b', {}, { app: 'x' })])
    await make('first', { clusters: [clusterId], rules: { 'no-bad-key': off } })
    const basisOf = decidedBasis(
      { now: world.now },
      knownWordsOf(pack.rules, pack.editions),
      storedProfileOf(pack),
    )
    const assess = world.replica()
    await assess({ basisOf })
    const open = async () =>
      (
        await world.fresh.pool.query(
          `select finding_id from finding where state = 'open' and outcome = 'fail'`,
        )
      ).rows.map(row => row.finding_id as string)
    const before = await open()
    const { body } = await app.ask(
      'editor all',
      'POST /profiles/trial',
      trial({ rules: { 'has-account': off } }),
    )
    expect(body.compared).toEqual({ name: 'first', source: 'cluster' })
    const id = (await app.ask('viewer all', 'GET /profiles')).body.items[0].id
    await app.ask(
      'admin all',
      `PUT /profiles/${id}`,
      values('first', { clusters: [clusterId], rules: { 'has-account': off } }),
    )
    world.pass(1000)
    await assess({ basisOf })
    const after = await open()
    const idsOf = (list: { id: string }[]) => list.map(own => own.id).toSorted()
    expect(idsOf(body.gone.first)).toEqual(before.filter(own => !after.includes(own)).toSorted())
    expect(idsOf(body.come.first)).toEqual(after.filter(own => !before.includes(own)).toSorted())
    expect([body.gone.count, body.come.count]).toEqual([2, 1])
  })

  it('finds nothing to change in what holds already', async () => {
    await world.send([configMap('a', { bad: '1' })])
    const { body } = await app.ask('editor own', 'POST /profiles/trial', trial({}))
    expect(body).toMatchObject({ rules: [], gone: { count: 0 }, come: { count: 0 }, controls: [] })
    expect(body.scores[0].before).toEqual(body.scores[0].after)
  })

  it('needs an editor who sees the whole cluster, and a profile that can be read', async () => {
    await world.send([configMap('a')])
    await world.replica()()
    const ask = async (who: Parameters<PartApp['ask']>[0], body: object) =>
      (await app.ask(who, 'POST /profiles/trial', body)).status
    expect(await ask('viewer all', trial({}))).toBe(403)
    expect(await ask('editor part', trial({}))).toBe(403)
    expect(await ask('editor other', trial({}))).toBe(404)
    expect(await ask('editor all', trial({}, 'nowhere'))).toBe(404)
    const wrong = await app.ask('editor all', 'POST /profiles/trial', trial({ rules: { 'has-label': off } }))
    expect(wrong.status).toBe(422)
    expect(JSON.stringify(wrong.body)).toContain('/profile/rules/has-label')
  })
})
