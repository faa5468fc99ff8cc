import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { everything, type Permitted } from '../../store/permitted.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { type PartApp, partApp } from '../testing/part-callers.ts'
import { findingNoteRoutes } from './finding-notes.ts'

let fresh: FreshDatabase
let world: TestWorld
let app: PartApp

const sights = {
  all: everything,
  shop: { all: false, terms: [{ clusters: ['c1'], namespaces: ['shop'] }] } as Permitted,
  other: { all: false, terms: [{ clusters: ['c2'] }] } as Permitted,
}
const people = {
  ada: 'a0000000-0000-4000-8000-000000000001',
  bob: 'b0000000-0000-4000-8000-000000000002',
  gone: 'c0000000-0000-4000-8000-000000000003',
}

beforeEach(async () => {
  fresh = await freshDatabase()
  world = testWorld(fresh.db)
  app = await partApp(findingNoteRoutes(world), sights)
  await fresh.pool.query(`
    insert into cluster (cluster_id, name, created_at) values ('c1', 'one', now()), ('c2', 'two', now());
    insert into finding (cluster_id, finding_id, rule, asset_key, severity, outcome, state, api_version, kind, namespace, name,
      root_kind, root_key, evidence_digest, first_seen, opened_at, changed_at)
    select c, 'f' || n, 'r', 'Pod/' || ns || '/p' || n, 3, 'fail', 'open', 'v1', 'Pod', ns, 'p' || n, 'Pod', 'x', 'd',
      now(), now(), '2026-01-01'
    from (values (1, 'shop'), (2, 'shop'), (3, 'bank')) f(n, ns), unnest(array['c1', 'c2']) c;
    insert into person (person_id, login, name, role, must_change_password, is_active, created_at) values
      ('${people.ada}', 'ada', 'Ada', 'admin', false, true, now()),
      ('${people.bob}', 'bob', 'Bob', 'viewer', false, true, now()),
      ('${people.gone}', 'gone', 'Gone', 'admin', false, false, now());
    insert into zone (zone_id, name, description, terms, created_at, updated_at) values
      ('${people.ada}', 'shop', '', '[{"clusters":["c1"],"namespaces":["shop"]}]', now(), now());
    insert into team (team_id, name, description, created_at, updated_at) values ('${people.ada}', 'shop', '', now(), now());
    insert into team_zone (team_id, zone_id) values ('${people.ada}', '${people.ada}');
    insert into team_member (team_id, person_id) values ('${people.ada}', '${people.bob}');`)
})
afterEach(async () => {
  await app.stop()
  await fresh.close()
})

const notes = async (finding = 'c1/f1'): Promise<string[]> =>
  (await app.ask('viewer all', `GET /findings/${finding}/notes`)).body.items.map(
    ({ type, body }: { type: string; body: string }) => `${type}: ${body}`,
  )
const handled = async () =>
  (
    await fresh.pool.query<{ key: string; triage: string; assignee: string | null }>(
      `select cluster_id || '/' || finding_id as key, triage, assignee from finding
       where triage <> 'new' or assignee is not null order by 1`,
    )
  ).rows.map(({ key, triage, assignee }) => [key, triage, assignee])
const ref = (key: string) => ({ cluster: key.split('/')[0], finding: key.split('/')[1] })

describe('a finding', () => {
  it('is commented on, triaged and given to somebody; all of it is its history, the newest first', async () => {
    expect(
      (await app.ask('editor shop', 'POST /findings/c1/f1/notes', { comment: 'looks bad' })).status,
    ).toBe(201)
    expect(
      (
        await app.ask('editor shop', 'PUT /findings/c1/f1/triage', {
          triage: 'in-progress',
          comment: 'on it',
        })
      ).status,
    ).toBe(204)
    expect(
      (await app.ask('editor shop', 'PUT /findings/c1/f1/assignee', { assignee: people.bob })).status,
    ).toBe(204)
    expect((await app.ask('editor shop', 'PUT /findings/c1/f1/assignee', { assignee: null })).status).toBe(
      204,
    )
    expect(await notes()).toEqual([
      'assignment: ',
      'assignment: Bob',
      'comment: on it',
      'triage: in-progress',
      'comment: looks bad',
    ])
    expect(await handled()).toEqual([['c1/f1', 'in-progress', null]])
    const { items } = (await app.ask('viewer shop', 'GET /findings/c1/f1/notes')).body
    expect(items.at(-1)).toMatchObject({ at: '2026-03-01T12:00:00.000Z', author: { name: 'editor' } })
    const { rows } = await fresh.pool.query(`select action, target_id from audit_entry order by number`)
    expect(rows.map(({ action, target_id }) => `${action} ${target_id}`)).toEqual([
      'finding.commented c1/f1',
      'finding.triaged c1/f1',
      'finding.assigned c1/f1',
      'finding.assigned c1/f1',
    ])
  })

  it('stays what it was found to be', async () => {
    const found = async () =>
      (
        await fresh.pool.query(
          `select state, outcome, changed_at, opened_at from finding where cluster_id = 'c1' and finding_id = 'f1'`,
        )
      ).rows
    const before = await found()
    await app.ask('editor all', 'PUT /findings/c1/f1/triage', { triage: 'fixed' })
    expect(await found()).toEqual(before)
  })

  it('notes no change where there is none', async () => {
    await app.ask('editor all', 'PUT /findings/c1/f1/triage', { triage: 'acknowledged' })
    await app.ask('editor all', 'PUT /findings/c1/f1/triage', { triage: 'acknowledged' })
    expect(await notes()).toEqual(['triage: acknowledged'])
    expect((await fresh.pool.query('select 1 from audit_entry')).rowCount).toBe(1)
  })

  it('shows its history in pages', async () => {
    for (const comment of ['1', '2', '3', '4', '5'])
      await app.ask('editor all', 'POST /findings/c1/f1/notes', { comment })
    const pages: string[] = []
    let query = '?limit=2'
    for (;;) {
      const { body } = await app.ask('viewer all', `GET /findings/c1/f1/notes${query}`)
      pages.push(body.items.map((own: { body: string }) => own.body).join())
      if (body.next === null) break
      query = `?limit=2&cursor=${encodeURIComponent(body.next)}`
    }
    expect(pages).toEqual(['5,4', '3,2', '1'])
    for (const cursor of [
      'x',
      '2026-13-01T00:00:00.000000Z_00000000-0000-4000-8000-000000000000',
      '2026-02-30T00:00:00.000000Z_00000000-0000-4000-8000-000000000000',
      '2026-01-01T00:00:00.000000Z_------------------------------------',
    ])
      expect((await app.ask('viewer all', `GET /findings/c1/f1/notes?cursor=${cursor}`)).body.code).toBe(
        'invalid-cursor',
      )
  })

  it('is given only to who can sign in and sees it', async () => {
    const assignees = async (finding: string) =>
      (await app.ask('editor all', `GET /findings/${finding}/assignees`)).body.items.map(
        ({ login }: { login: string }) => login,
      )
    expect(await assignees('c1/f1')).toEqual(['ada', 'bob'])
    expect(await assignees('c1/f3')).toEqual(['ada'])
    for (const [finding, assignee] of [
      ['c1/f3', people.bob],
      ['c1/f1', people.gone],
      ['c1/f1', '00000000-0000-4000-8000-000000000000'],
    ]) {
      const answer = await app.ask('editor all', `PUT /findings/${finding}/assignee`, { assignee })
      expect([answer.status, answer.body.places[0].path]).toEqual([422, '/assignee'])
    }
    expect(await handled()).toEqual([])
  })

  it('takes no text that cannot be kept, and no state of our own making', async () => {
    expect((await app.ask('editor all', 'POST /findings/c1/f1/notes', { comment: 'a\u0000' })).status).toBe(
      400,
    )
    expect((await app.ask('editor all', 'POST /findings/c1/f1/notes', { comment: '\ud800' })).status).toBe(
      400,
    )
    expect((await app.ask('editor all', 'POST /findings/c1/f1/notes', { comment: ' ' })).status).toBe(400)
    expect((await app.ask('editor all', 'PUT /findings/c1/f1/triage', { triage: 'done' })).status).toBe(400)
  })

  it('needs an editor who sees it', async () => {
    const requests = [
      ['POST /findings/c1/f1/notes', { comment: 'x' }],
      ['PUT /findings/c1/f1/triage', { triage: 'fixed' }],
      ['PUT /findings/c1/f1/assignee', { assignee: people.ada }],
      ['GET /findings/c1/f1/assignees', undefined],
      ['POST /findings/bulk', { findings: [ref('c1/f1')], triage: 'fixed' }],
    ] as const
    for (const [request, body] of requests) {
      expect([request, (await app.ask('viewer all', request, body)).status]).toEqual([request, 403])
      expect([request, (await app.ask('editor other', request, body)).status]).toEqual([request, 404])
    }
    await app.ask('editor all', 'POST /findings/c1/f1/notes', { comment: 'secret' })
    expect((await app.ask('viewer other', 'GET /findings/c1/f1/notes')).status).toBe(404)
    expect((await app.ask('viewer shop', 'GET /findings/c1/f3/notes')).status).toBe(404)
    expect((await app.ask('viewer all', 'GET /findings/c1/f9/notes')).status).toBe(404)
    expect(await handled()).toEqual([])
  })
})

describe('many findings', () => {
  it('are handled at once', async () => {
    const answer = await app.ask('editor all', 'POST /findings/bulk', {
      findings: ['c2/f3', 'c1/f1', 'c1/f2', 'c1/f1'].map(ref),
      triage: 'acknowledged',
      assignee: people.ada,
      comment: 'next week',
    })
    expect([answer.status, answer.body]).toEqual([200, { changed: 3 }])
    expect(await handled()).toEqual([
      ['c1/f1', 'acknowledged', people.ada],
      ['c1/f2', 'acknowledged', people.ada],
      ['c2/f3', 'acknowledged', people.ada],
    ])
    for (const finding of ['c1/f1', 'c1/f2', 'c2/f3'])
      expect(await notes(finding)).toEqual(['comment: next week', 'assignment: Ada', 'triage: acknowledged'])
    expect(await notes('c2/f1')).toEqual([])
    expect((await fresh.pool.query('select 1 from audit_entry')).rowCount).toBe(1)
  })

  it('are all handled or none, and those out of sight are not there', async () => {
    const bulk = { findings: ['c1/f1', 'c1/f3', 'c2/f1'].map(ref), triage: 'fixed', comment: 'x' }
    const answer = await app.ask('editor shop', 'POST /findings/bulk', bulk)
    expect([answer.status, answer.body.places.map(({ path }: { path: string }) => path)]).toEqual([
      404,
      ['/findings/1', '/findings/2'],
    ])
    expect(await handled()).toEqual([])
    expect(await notes()).toEqual([])
  })

  it('are a thousand at most, and something is done with them', async () => {
    const findings = Array.from({ length: 1001 }, () => ref('c1/f1'))
    expect((await app.ask('editor all', 'POST /findings/bulk', { findings, triage: 'fixed' })).status).toBe(
      400,
    )
    expect(
      (await app.ask('editor all', 'POST /findings/bulk', { findings: findings.slice(1), triage: 'fixed' }))
        .status,
    ).toBe(200)
    expect((await app.ask('editor all', 'POST /findings/bulk', { findings: [ref('c1/f1')] })).status).toBe(
      422,
    )
  })
})
