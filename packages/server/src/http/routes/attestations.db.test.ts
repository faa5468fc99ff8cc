import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RulePack } from '../../services/assess/ports.ts'
import { attestationsOf, attestedKey } from '../../store/attestations.ts'
import { everything, type Permitted } from '../../store/permitted.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { type PartApp, partApp } from '../testing/part-callers.ts'
import { attestationRoutes } from './attestations.ts'

let fresh: FreshDatabase
let world: TestWorld
let app: PartApp

const one: Permitted = { all: false, terms: [{ clusters: ['c1'] }] }
const sights = {
  all: everything,
  one,
  part: { all: false, terms: [{ clusters: ['c1'], namespaces: ['shop'] }] } as Permitted,
  other: { all: false, terms: [{ clusters: ['c2'] }] } as Permitted,
}
const control = (id: string, own: object) => ({
  id,
  section: '1',
  title: id,
  automated: false,
  severity: 'high' as const,
  rules: [],
  ...own,
})
const edition = {
  benchmark: 'house',
  edition: '1.0',
  title: 'House',
  source: 'test',
  sections: [{ id: '1', title: 'One' }],
  controls: [
    control('1.1', { undecided: { manual: 'ask the owner' } }),
    control('1.2', { rules: [{ rule: 'r' }] }),
    control('1.3', { undecided: { notCollected: 'node', why: 'needs the node collector' } }),
  ],
}
const pack: RulePack = {
  rules: [],
  editions: [edition, { ...edition, benchmark: 'cloud', distributions: ['eks'] }],
  version: '1',
}

beforeEach(async () => {
  fresh = await freshDatabase()
  world = testWorld(fresh.db)
  app = await partApp(attestationRoutes({ ...world, pack }), sights)
  await fresh.pool.query(
    `insert into cluster (cluster_id, name, created_at) values ('c1', 'one', now()), ('c2', 'two', now());
     insert into asset (cluster_id, asset_key, api_version, kind, namespace, name, root_kind, root_key, verdicts, first_seen)
       values ('c1', 'Pod/shop/p', 'v1', 'Pod', 'shop', 'p', 'Pod', 'Pod/shop/p', '', now())`,
  )
})
afterEach(async () => {
  await app.stop()
  await fresh.close()
})

const word = (own: object = {}) => ({
  clusters: ['c1'],
  benchmark: 'house',
  edition: '1.0',
  control: '1.1',
  outcome: 'pass',
  statement: 'seen on site',
  evidence: 'https://wiki.example.com/audit',
  expires: '2026-06-30',
  ...own,
})
const attest = async (own: object = {}): Promise<string> => {
  const { status, body } = await app.ask('approver all', 'POST /attestations', word(own))
  expect(status).toBe(201)
  world.pass(60_000)
  return body.items[0].id
}
const listed = async (): Promise<string[]> =>
  (await app.ask('viewer all', 'GET /attestations?cluster=c1')).body.items.map(
    ({ statement, state }: { statement: string; state: string }) => `${statement} ${state}`,
  )
const current = async (permitted: Permitted = everything, at = world.now(), clusterIds = ['c1', 'c2']) =>
  attestationsOf(fresh.db, permitted, { clusterIds }, at)
const key = (cluster: string) => attestedKey(cluster, 'house', '1.0', '1.1')

describe('an attestation', () => {
  it('is given, shown with who and when, and counts', async () => {
    const { status, body } = await app.ask(
      'approver all',
      'POST /attestations',
      word({ clusters: ['c1', 'c2', 'c1'] }),
    )
    expect(status).toBe(201)
    expect(body.items.map(({ cluster }: { cluster: string }) => cluster)).toEqual(['c1', 'c2'])
    const { items } = (await app.ask('viewer one', 'GET /attestations?cluster=c1')).body
    expect(items).toEqual([
      {
        id: body.items[0].id,
        cluster: 'c1',
        benchmark: 'house',
        edition: '1.0',
        control: '1.1',
        outcome: 'pass',
        statement: 'seen on site',
        evidence: 'https://wiki.example.com/audit',
        attestedBy: 'approver',
        attestedAt: '2026-03-01T12:00:00.000Z',
        expires: '2026-06-30',
        state: 'current',
        revokedBy: null,
        revokedAt: null,
      },
    ])
    expect((await current()).get(key('c2'))).toEqual({
      outcome: 'pass',
      statement: 'seen on site',
      by: 'approver',
      expires: '2026-06-30',
    })
    const { rows } = await fresh.pool.query(`select action, target_id from audit_entry`)
    expect(rows).toEqual([{ action: 'control.attested', target_id: 'house@1.0/1.1' }])
  })

  it('gives way to a newer one, and holds on its last day, not on the next', async () => {
    await attest({ statement: 'first', expires: '2026-12-31' })
    await attest({ statement: 'second', outcome: 'fail', expires: '2026-03-02' })
    expect(await listed()).toEqual(['second current', 'first superseded'])
    expect((await current()).get(key('c1'))?.outcome).toBe('fail')
    const onDay = async (day: string) =>
      (await current(everything, new Date(`${day}T23:59:59Z`))).get(key('c1'))?.statement
    expect(await onDay('2026-03-02')).toBe('second')
    // What was replaced does not come back to life.
    expect(await onDay('2026-03-03')).toBeUndefined()
    world.pass(3 * 86_400_000)
    expect(await listed()).toEqual(['second expired', 'first superseded'])
  })

  it('is taken back once, and an older one counts again', async () => {
    await attest({ statement: 'first' })
    const before = world.now()
    const id = await attest({ statement: 'second', outcome: 'not-applicable' })
    expect((await app.ask('approver one', `POST /attestations/c1/${id}/revoked`)).status).toBe(204)
    expect((await app.ask('approver one', `POST /attestations/c1/${id}/revoked`)).status).toBe(409)
    expect(await listed()).toEqual(['second revoked', 'first current'])
    world.pass(1)
    expect((await current()).get(key('c1'))?.statement).toBe('first')
    // As of then it held.
    expect((await current(everything, new Date(before.getTime() + 30_000))).get(key('c1'))?.statement).toBe(
      'second',
    )
    expect((await current(everything, new Date(0))).size).toBe(0)
  })

  it('of two at one instant the later counts, whatever the clock says', async () => {
    await attest({ statement: 'first' })
    world.pass(-3_600_000)
    await attest({ statement: 'second' })
    expect(await listed()).toEqual(['second current', 'first superseded'])
  })

  it.each<[string, object, number, RegExp]>([
    ['an unknown benchmark', { benchmark: 'hous' }, 422, /\/benchmark.*did you mean house/],
    ['an unknown edition', { edition: '1.1' }, 422, /\/edition/],
    ['an unknown control', { control: '1.11' }, 422, /\/control.*did you mean 1\.1/],
    ['a control that rules decide', { control: '1.2' }, 422, /is decided by rules/],
    ['a control that is not collected', { control: '1.3' }, 422, /needs the node collector/],
    [
      'an edition that the cluster is not judged by',
      { benchmark: 'cloud' },
      422,
      /clusters\/0.*not judged by cloud@1\.0/,
    ],
    ['a day that is over', { expires: '2026-02-28' }, 422, /\/expires/],
    ['a day that is none', { expires: '2026-02-30' }, 400, /expires/],
    ['no day', { expires: undefined }, 400, /expires/],
    ['no statement', { statement: ' ' }, 400, /statement/],
    ['a cluster that is not there', { clusters: ['c1', 'c9'] }, 404, /no such cluster/],
  ])('is refused for %s', async (_, own, status, said) => {
    const answer = await app.ask('approver all', 'POST /attestations', word(own))
    expect(answer.status).toBe(status)
    expect(JSON.stringify(answer.body)).toMatch(said)
    expect(await listed()).toEqual([])
  })

  it('is the approver’s, who sees the whole cluster; others learn nothing of it', async () => {
    const id = await attest()
    for (const who of ['viewer all', 'editor all'] as const) {
      expect((await app.ask(who, 'POST /attestations', word())).status).toBe(403)
      expect((await app.ask(who, `POST /attestations/c1/${id}/revoked`)).status).toBe(403)
    }
    expect((await app.ask('approver part', 'POST /attestations', word())).status).toBe(403)
    expect((await app.ask('viewer part', 'GET /attestations?cluster=c1')).status).toBe(403)
    expect((await app.ask('approver part', `POST /attestations/c1/${id}/revoked`)).status).toBe(404)
    expect((await app.ask('approver other', 'POST /attestations', word())).status).toBe(404)
    expect(
      (await app.ask('approver other', 'POST /attestations', word({ clusters: ['c2', 'c1'] }))).status,
    ).toBe(404)
    expect((await app.ask('viewer other', 'GET /attestations?cluster=c1')).status).toBe(404)
    expect((await app.ask('approver other', `POST /attestations/c1/${id}/revoked`)).status).toBe(404)
    expect([...(await current(sights.part)).keys()]).toEqual([])
    expect([...(await current(sights.other)).keys()]).toEqual([])
    expect([...(await current(one)).keys()]).toEqual([key('c1')])
    expect(await listed()).toEqual(['seen on site current'])
  })
})
