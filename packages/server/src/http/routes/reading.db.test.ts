import { type Edition, knownWordsOf, type PackedControl, packControls, type Rule } from '@plimsoll/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readingOf } from '../../services/read/reading.ts'
import { recountAllFindings } from '../../store/finding-counts.ts'
import { pack } from '../../store/packing.ts'
import type { Permitted } from '../../store/permitted.ts'
import { insertRecords } from '../../store/records.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { testWorld } from '../../testing/world.ts'
import { callerOf, type TestApp, testApp } from '../testing/test-app.ts'
import { readingRoutes } from './reading.ts'

type Json = Record<string, unknown>
type Items = { items: Json[]; next: string | null }

const ruleOf = (id: string, severity: Rule['severity']): Rule => ({
  id,
  title: `Title of ${id}`,
  severity,
  subject: 'PodTemplate',
  rationale: 'Because.',
  remediation: 'Mend it.',
  *violations() {},
  examples: { fail: {}, pass: {} },
})
const rules = [ruleOf('privileged', 'critical'), ruleOf('host-network', 'high'), ruleOf('no-limits', 'low')]
const control = (id: string, section: string, rule: string) => ({
  id,
  section,
  title: `Control ${id}`,
  automated: true,
  severity: 'high' as const,
  rules: [{ rule }],
})
const edition: Edition = {
  benchmark: 'house',
  edition: '1.0',
  title: 'House rules',
  source: 'test',
  sections: [
    { id: '1', title: 'Pods' },
    { id: '2', title: 'Limits' },
  ],
  controls: [
    control('1.1', '1', 'privileged'),
    control('1.2', '1', 'host-network'),
    control('2.1', '2', 'no-limits'),
  ],
}

const now = '2026-03-01T12:00:00.000Z'
const earlier = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString()
const clusterIds = ['c1', 'c2', 'c3']
const namespaces = ['web', 'db', 'kube-system']
const severities = { privileged: 4, 'host-network': 3, 'no-limits': 1 } as const

let fresh: FreshDatabase
let app: TestApp
const seers: Record<string, Permitted> = {
  admin: { all: true },
  cluster: { all: false, terms: [{ clusters: ['c1'] }] },
  namespace: { all: false, terms: [{ clusters: ['c1', 'c2'], namespaces: ['web'] }] },
  labels: { all: false, terms: [{ labels: { tier: 'front' } }] },
  nothing: { all: false, terms: [] },
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- each test says what it expects of an answer
async function get<T = Json>(path: string, who = 'admin', headers: Record<string, string> = {}) {
  const answer = await app.inject({
    method: 'GET',
    url: `/api/v1${path}`,
    headers: { 'x-who': who, ...headers },
  })
  const isJson =
    String(answer.headers['content-type']).includes('json') &&
    !String(answer.headers['content-type']).includes('ndjson')
  return {
    status: answer.statusCode,
    text: answer.body,
    headers: answer.headers,
    body: (isJson && answer.body !== '' ? answer.json() : undefined) as T,
  }
}

const controls = (passed: number, failed: number): PackedControl[] =>
  packControls(
    edition.controls.map(one => ({
      part: 'scored',
      result: {
        benchmark: 'house',
        edition: '1.0',
        control: one,
        outcome: failed > 0 ? 'fail' : 'pass',
        passed,
        failed,
        excepted: 0,
        notEvaluated: 0,
        notApplicable: 0,
        unbounded: false,
      },
    })),
  )

async function fill(): Promise<void> {
  const { db } = fresh
  await insertRecords(
    db,
    'cluster',
    clusterIds.map(id => ({
      cluster_id: id,
      name: `name of ${id}`,
      provider: id === 'c3' ? 'aws' : 'gcp',
      kubernetes_version: 'v1.34.1',
      environment: 'production',
      created_at: earlier(40),
    })),
  )
  await insertRecords(
    db,
    'collector_scope',
    clusterIds.slice(0, 2).map(id => ({
      cluster_id: id,
      scope: 'api',
      sequence: 1,
      digest: '\\x00',
      revision: 1,
      collected_at: earlier(1),
      received_at: earlier(1),
      collector: { name: 'plimsoll', version: '1' },
      gaps: id === 'c2' ? [{ scope: 'cluster', kind: 'Secret', reason: 'forbidden', detail: 'no' }] : [],
      resources: 9,
    })),
  )
  const assets = clusterIds.flatMap(cluster_id =>
    namespaces.flatMap(namespace =>
      [0, 1, 2].map(index => ({
        cluster_id,
        asset_key: `Deployment/${namespace}/app-${index}`,
        api_version: 'apps/v1',
        kind: 'Deployment',
        namespace,
        name: `app-${index}`,
        labels: { app: `app-${index}`, tier: index === 0 ? 'front' : 'back' },
        root_kind: 'HelmRelease',
        root_key: `HelmRelease/${namespace}/release`,
        verdicts: '\\x060602',
        critical: 1,
        high: 1,
        medium: 0,
        low: 0,
        excepted: 0,
        passed: 1,
        not_evaluated: 0,
        first_seen: earlier(30),
        gone_at: 'infinity',
      })),
    ),
  )
  await insertRecords(db, 'asset', assets)
  const findings = assets.flatMap((asset, index) =>
    (['privileged', 'host-network', 'no-limits'] as const).map((rule, place) => ({
      cluster_id: asset.cluster_id,
      finding_id: `f${index}-${place}`,
      rule,
      asset_key: asset.asset_key,
      severity: severities[rule],
      outcome: 'fail',
      state: rule === 'no-limits' ? (index % 2 === 0 ? 'resolved' : 'excepted') : 'open',
      api_version: asset.api_version,
      kind: asset.kind,
      namespace: asset.namespace,
      name: asset.name,
      labels: asset.labels,
      root_kind: asset.root_kind,
      root_key: asset.root_key,
      evidence: [{ path: 'spec', actual: true, expected: 'false' }],
      evidence_digest: 'd',
      first_seen: earlier(20),
      opened_at: earlier(index % 10),
      changed_at: earlier(index % 10),
      resolved_at: rule === 'no-limits' && index % 2 === 0 ? earlier(0.5) : null,
      resolution: rule === 'no-limits' && index % 2 === 0 ? 'fixed' : null,
    })),
  )
  await insertRecords(db, 'finding', findings)
  await sql`insert into finding_interval (cluster_id, finding_id, valid_from, valid_to, rule, asset_key, outcome, state, severity, evidence)
    select cluster_id, finding_id, ${earlier(20)}, opened_at, rule, asset_key, 'fail', 'open', severity, evidence
    from finding where opened_at > ${earlier(20)}::timestamptz`.execute(db)
  await recountAllFindings(db)
  await insertRecords(
    db,
    'assessment',
    clusterIds.map(id => ({
      cluster_id: id,
      revision: 1,
      basis: 'b',
      assessed_at: earlier(1),
      counts: { critical: 9, high: 9, medium: 0, low: 0, excepted: 4, notEvaluated: 0 },
      plans: rules.map(rule => [rule.id, null]),
      editions: [['house', '1.0']],
    })),
  )
  const scopes = clusterIds.flatMap((cluster_id, index) => [
    { cluster_id, scope_key: '', counts: controls(9, index * 3) },
    ...namespaces.map(namespace => ({
      cluster_id,
      scope_key: `namespace/${namespace}`,
      counts: controls(3, index),
    })),
  ])
  await insertRecords(
    db,
    'tally',
    scopes.map(scope => ({ ...scope, benchmark: 'house', edition: '1.0', valid_from: earlier(10) })),
  )
  await insertRecords(
    db,
    'score',
    clusterIds.map((cluster_id, index) => ({
      cluster_id,
      scope_key: '',
      benchmark: 'house',
      edition: '1.0',
      section: '',
      valid_from: earlier(10),
      value: 100 - index * 25,
      low: 100 - index * 25,
      high: 100 - index * 25,
      evaluated: 3,
      not_evaluated: 0,
    })),
  )
  await keepObjects()
}

async function keepObjects(): Promise<void> {
  const meta = (name: string) => ({ name, namespace: 'web' })
  const objects: Record<string, Json> = {
    'Deployment/web/app-0': {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: meta('app-0'),
      spec: { template: { metadata: { labels: { app: 'a' } }, spec: { serviceAccountName: 'runner' } } },
    },
    'ReplicaSet/web/app-0-1': {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        ...meta('app-0-1'),
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'app-0' }],
      },
    },
    'Pod/web/app-0-1-x': {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...meta('app-0-1-x'),
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'app-0-1' }],
      },
    },
    'ServiceAccount/web/runner': { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta('runner') },
    'RoleBinding/web/runs': {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: meta('runs'),
      subjects: [{ kind: 'ServiceAccount', name: 'runner', namespace: 'web' }],
      roleRef: { kind: 'Role', name: 'reader' },
    },
    'Service/web/front': {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: meta('front'),
      spec: { selector: { app: 'a' } },
    },
    'Service/web/other': {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: meta('other'),
      spec: { selector: { app: 'b' } },
    },
    'NetworkPolicy/web/deny': {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: meta('deny'),
      spec: { podSelector: {} },
    },
  }
  for (const [index, [key, object]] of Object.entries(objects).entries()) {
    const packed = pack(Buffer.from(JSON.stringify(object)))
    const [kind = '', namespace = '', name = ''] = key.split('/')
    const hash = `\\x${String(index).padStart(2, '0')}`
    const common = { cluster_id: 'c1', resource_key: key, api_version: String(object.apiVersion), kind }
    await insertRecords(fresh.db, 'object_body', [
      {
        ...common,
        hash,
        packing: packed.packing,
        body: `\\x${packed.body.toString('hex')}`,
        bytes: 1,
        stored_at: earlier(9),
      },
    ])
    await insertRecords(fresh.db, 'resource_version', [
      { ...common, hash, valid_from: earlier(9), scope: 'api', namespace, name, revision: 1 },
    ])
  }
}

beforeAll(async () => {
  fresh = await freshDatabase()
  const world = testWorld(fresh.db, now)
  const key = Buffer.alloc(32, 7)
  app = await testApp(
    readingRoutes(
      readingOf(world, { rules, editions: [edition] }, knownWordsOf(rules, [edition]), async () => key),
    ),
    {
      authenticate: async ({ headers }) => ({
        ...callerOf('viewer'),
        id: '00000000-0000-4000-8000-000000000001',
        permitted: seers[(headers as Record<string, string | undefined>)['x-who'] ?? 'admin'] ?? {
          all: false,
          terms: [],
        },
      }),
    },
  )
  await fill()
})
afterAll(async () => {
  await app.stop(0)
  await fresh.close()
})

async function all(path: string, who = 'admin', limit = 7): Promise<Json[]> {
  const items: Json[] = []
  let cursor: string | null = null
  do {
    const { body }: { body: Items } = await get<Items>(
      `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      who,
    )
    items.push(...body.items)
    cursor = body.next
  } while (cursor)
  return items
}

const idOf = (item: Json) => `${String((item.cluster as Json).id)}/${String(item.id)}`

describe('the list of findings', () => {
  it.each(['severity', 'opened', 'changed', 'rule', 'resource', 'cluster'])(
    'gives each finding once by %s, both ways',
    async sort => {
      const down = (await all(`/findings?sort=${sort}`)).map(idOf)
      const up = (await all(`/findings?sort=${sort}&order=asc`, 'admin', 11)).map(idOf)
      expect(new Set(down).size).toBe(81)
      expect(up).toEqual(down.toReversed())
    },
  )

  it('keeps its place while findings come', async () => {
    const first = await get<Items>('/findings?sort=opened&limit=10')
    await sql`insert into finding select (json_populate_record(f, '{"finding_id":"late","opened_at":"2026-02-28T13:00:00Z"}'::json)).*
      from finding f where cluster_id = 'c1' and finding_id = 'f0-0'`.execute(fresh.db)
    const second = await get<Items>(
      `/findings?sort=opened&limit=500&cursor=${encodeURIComponent(first.body.next as string)}`,
    )
    await sql`delete from finding where finding_id = 'late'`.execute(fresh.db)
    const ids = [...first.body.items, ...second.body.items].map(idOf).filter(id => id !== 'c1/late')
    expect(new Set(ids).size).toBe(81)
    expect(ids).toHaveLength(81)
  })

  it('takes no cursor that it did not give for this query', async () => {
    const { body } = await get<Items>('/findings?limit=5')
    const cursor = body.next as string
    const other = await get(`/findings?limit=5&q=state:open&cursor=${encodeURIComponent(cursor)}`)
    expect([other.status, other.body.code]).toEqual([400, 'invalid-cursor'])
    for (const forged of [
      `${cursor.slice(0, -2)}AA`,
      `A${cursor.slice(1)}`,
      '',
      'x',
      `${cursor}.x`.replace(/^[^.]+/, 'e30'),
    ]) {
      const answer = await get(`/findings?limit=5&cursor=${encodeURIComponent(forged)}`)
      expect([forged, answer.body?.code]).toEqual([forged, 'invalid-cursor'])
    }
  })

  it('tells the place of what is wrong in a query', async () => {
    const answer = await get(`/findings?q=${encodeURIComponent('severty >= high')}`)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('did you mean severity?')
    expect(answer.body.code).toBe('invalid-query')
  })

  it('answers a query of rules, labels and clusters', async () => {
    const q = encodeURIComponent(
      'rule.section : Pods and label.tier : front and provider : aws and not namespace : kube-*',
    )
    const items = await all(`/findings?q=${q}`)
    expect(
      items
        .map(item => [(item.resource as Json).namespace, (item.rule as Json).id])
        .sort((a, b) => (String(a) < String(b) ? -1 : 1)),
    ).toEqual([
      ['db', 'host-network'],
      ['db', 'privileged'],
      ['web', 'host-network'],
      ['web', 'privileged'],
    ])
  })

  it('shows the past as it was', async () => {
    const then = await all(`/findings?q=state:open&at=${earlier(15)}`)
    const never = await all(`/findings?at=${earlier(25)}`)
    expect(never).toEqual([])
    expect(then.length).toBe(81)
    expect(then.every(item => item.state === 'open')).toBe(true)
  })

  it('answers 304 to who has it', async () => {
    const { headers } = await get('/findings?limit=3')
    expect((await get('/findings?limit=3', 'admin', { 'if-none-match': String(headers.etag) })).status).toBe(
      304,
    )
  })

  it('tells one finding with evidence, controls and past', async () => {
    const { body } = await get('/findings/c1/f1-0')
    expect(body).toMatchObject({
      rule: { id: 'privileged', title: 'Title of privileged' },
      severity: 'critical',
      evidence: [{ path: 'spec', actual: true, expected: 'false' }],
      controls: [{ benchmark: 'house', edition: '1.0', control: '1.1', section: '1' }],
      history: [
        { state: 'open', to: earlier(1) },
        { state: 'open', from: earlier(1), to: null },
      ],
    })
    expect((await get('/findings/c1/none')).status).toBe(404)
    expect((await get('/findings/c2/f10-0', 'cluster')).status).toBe(404)
  })
})

describe('counts', () => {
  it.each(Object.keys(seers))(
    'of %s are those of the findings listed, by every way of counting',
    async who => {
      for (const q of [
        '',
        'state : open',
        'severity >= high provider : gcp',
        'rule.section : Pods',
        'namespace : web',
        'app-1',
      ]) {
        const text = encodeURIComponent(q)
        const items = await all(`/findings?q=${text}`, who, 500)
        const failing = items.filter(item => item.state === 'open').length
        const { body: count } = await get(`/findings/count?q=${text}`, who)
        expect({ who, q, findings: count.findings, failed: count.failed }).toEqual({
          who,
          q,
          findings: items.length,
          failed: failing,
        })
        const { body } = await get<{
          facets: { field: string; values: { value: string; count: number }[] }[]
        }>(`/findings/facets?q=${text}`, who)
        for (const { field, values } of body.facets)
          expect({ who, q, field, sum: values.reduce((sum, one) => sum + one.count, 0) }).toEqual({
            who,
            q,
            field,
            sum: items.length,
          })
        for (const by of [
          'rule',
          'cluster,severity',
          'namespace',
          'cluster,namespace,rule',
          'root',
          'resource',
        ]) {
          const { body: groups } = await get<{ items: { findings: number; failed: number }[] }>(
            `/findings/groups?by=${by}&q=${text}&limit=500`,
            who,
          )
          expect({ who, q, by, sum: groups.items.reduce((sum, one) => sum + one.findings, 0) }).toEqual({
            who,
            q,
            by,
            sum: items.length,
          })
          const failed = groups.items.map(one => one.failed)
          expect(failed).toEqual(failed.toSorted((a, b) => b - a))
        }
        const { body: roots } = await get<{ items: { failed: number }[] }>(
          `/findings/roots?q=${text}&limit=200`,
          who,
        )
        expect({ who, q, roots: roots.items.reduce((sum, one) => sum + one.failed, 0) }).toEqual({
          who,
          q,
          roots: failing,
        })
      }
    },
  )

  it('group by section, where what is in several counts in each, and by people', async () => {
    await sql`update assessment set editions = '[]' where cluster_id = 'c3'`.execute(fresh.db)
    const person = '00000000-0000-4000-8000-0000000000bb'
    await sql`insert into person (person_id, login, name, role, created_at)
      values (${person}, 'ada', 'Ada', 'viewer', now())`.execute(fresh.db)
    await sql`update finding set assignee = ${person} where finding_id = 'f0-0'`.execute(fresh.db)
    type Groups = {
      items: { keys: { value: string | null; label: string; term: string }[]; findings: number }[]
      isOverlapping: boolean
    }
    for (const who of ['admin', 'namespace', 'labels'])
      for (const by of ['section', 'section,severity', 'assignee', 'cluster,section', 'section,resource']) {
        const { body } = await get<Groups>(`/findings/groups?by=${by}&limit=500`, who)
        expect(body.isOverlapping).toBe(by.includes('section'))
        expect(body.items.length).toBeGreaterThan(0)
        // What a group's terms ask for is what it counted.
        for (const { keys, findings } of body.items.slice(0, 12)) {
          const q = encodeURIComponent(keys.map(({ term }) => `(${term})`).join(' AND '))
          const { body: count } = await get(`/findings/count?q=${q}`, who)
          expect({ who, by, keys, findings: count.findings }).toEqual({ who, by, keys, findings })
        }
      }
    const { body: sections } = await get<Groups>('/findings/groups?by=section')
    expect(sections.items.map(({ keys: [key] }) => [key?.value, key?.label])).toEqual([
      ['house@1.0/1', '1 Pods'],
      ['', ''],
      ['house@1.0/2', '2 Limits'],
    ])
    const { body: people } = await get<Groups>('/findings/groups?by=assignee')
    expect(people.items.map(({ keys: [key], findings }) => [key?.value, key?.label, findings])).toEqual([
      [null, '', 80],
      [person, 'Ada', 1],
    ])
    await sql`update assessment set editions = '[["house","1.0"]]' where cluster_id = 'c3'`.execute(fresh.db)
    await sql`update finding set assignee = null`.execute(fresh.db)
  })

  it('tell what one change mends', async () => {
    const { body } = await get<{ items: Json[] }>('/findings/roots?limit=1')
    expect(body.items[0]).toMatchObject({
      kind: 'HelmRelease',
      failed: 6,
      critical: 3,
      high: 3,
      resources: 3,
      rules: 2,
    })
  })
})

describe('what a caller sees', () => {
  it.each([
    ['admin', 81],
    ['cluster', 27],
    ['namespace', 18],
    ['labels', 27],
    ['nothing', 0],
  ])('%s: %i findings, in the list and in each export', async (who, count) => {
    expect(await all('/findings', who)).toHaveLength(count)
    const ndjson = await get('/findings/export?format=ndjson', who)
    expect(ndjson.text.split('\n').filter(line => line !== '')).toHaveLength(count)
    const csv = await get('/findings/export?format=csv', who)
    expect(csv.text.split('\r\n').filter(line => line !== '')).toHaveLength(count + 1)
  })

  it.each([
    ['admin', ['c1', 'c2', 'c3'], 54],
    ['cluster', ['c1'], 18],
    ['namespace', ['c1', 'c2'], 12],
    ['labels', ['c1', 'c2', 'c3'], 18],
    ['nothing', [], 0],
  ])('%s: clusters with numbers of what it sees', async (who, ids, failed) => {
    const items = await all('/clusters?sort=name&order=asc', who, 2)
    expect(items.map(item => item.id)).toEqual(ids)
    expect(items.reduce((sum, item) => sum + Number(item.failed), 0)).toBe(failed)
    const seesWhole = who === 'admin' || who === 'cluster'
    expect(items.every(item => (item.scores as Json[]).length === (seesWhole ? 1 : 0))).toBe(true)
  })

  it('scores of namespaces only, where only these are seen, and none by labels', async () => {
    const score = async (who: string) =>
      ((await get('/overview', who)).body.score as { value: number } | null)?.value ?? null
    // Subjects: of c1 and c2 in web 3 and 3 passed, 0 and 1 failed; of all 27 passed and 9 failed.
    expect([
      await score('admin'),
      await score('cluster'),
      await score('namespace'),
      await score('labels'),
      await score('nothing'),
    ]).toEqual([75, 100, 85.7, null, null])
  })
})

describe('clusters', () => {
  it('tell their state', async () => {
    const items = await all('/clusters?sort=name&order=asc')
    expect(items.map(item => item.status)).toEqual(['complete', 'partial', 'waiting'])
    expect((await all('/clusters?q=status:partial')).map(item => item.id)).toEqual(['c2'])
    const { body } = await get('/clusters/c2')
    expect(body).toMatchObject({
      name: 'name of c2',
      scores: [{ benchmark: 'house', value: 75 }],
      collectors: [{ scope: 'api', gaps: [{ reason: 'forbidden', kind: 'Secret' }] }],
      components: [{ kind: 'Deployment', resources: 9, failing: 9 }],
    })
    expect((await get('/clusters/c2', 'cluster')).status).toBe(404)
  })
})

describe('the overview', () => {
  it('adds up', async () => {
    const { body } = await get('/overview')
    expect(body).toMatchObject({
      edition: { benchmark: 'house', edition: '1.0' },
      score: { value: 75, low: 75, high: 75 },
      counts: { failed: 54, critical: 27, high: 27, excepted: 13, resolved: 14 },
      clusters: { total: 3, byStatus: { complete: 1, partial: 1, waiting: 1 } },
      changes: { opened: 18, reopened: 0, fixed: 14 },
      coverage: { gaps: [{ reason: 'forbidden', count: 1 }] },
    })
    const ranked = (body.clusters as { ranked: Json[] }).ranked
    expect(ranked.map(one => one.id)).toEqual(['c3', 'c2', 'c1'])
    const trend = body.trend as { value: number; clusters: number }[]
    expect(trend).toHaveLength(11)
    expect(trend.every(point => point.value === 75 && point.clusters === 3)).toBe(true)
  })

  it('speaks of one cluster alone where asked', async () => {
    const { body } = await get('/overview?cluster=c3')
    expect(body).toMatchObject({ score: { value: 60 }, counts: { failed: 18 }, clusters: { total: 1 } })
  })
})

describe('compliance', () => {
  it('leads from a standard to a control and its findings', async () => {
    const { body: list } = await get<{ items: Json[] }>('/compliance')
    expect(list.items).toMatchObject([
      { benchmark: 'house', edition: '1.0', clusters: 3, controls: { fail: 3 } },
    ])
    const { body: standard } = await get('/compliance/house/1.0')
    expect(standard).toMatchObject({
      attested: 0,
      sections: [
        { id: '1', controls: [{ id: '1.1', failed: 9, attested: 0, remediation: null }, { id: '1.2' }] },
        { id: '2' },
      ],
    })
    const { body: one } = await get('/compliance/house/1.0/controls/1.1')
    expect(one).toMatchObject({
      query: 'control : "house@1.0/1.1"',
      clusters: [
        { id: 'c1', name: 'name of c1', outcome: 'pass' },
        { id: 'c2', name: 'name of c2' },
        { id: 'c3', failed: 6 },
      ],
    })
    expect(await all(`/findings?q=${encodeURIComponent(one.query as string)}`)).toHaveLength(27)
    expect((await get('/compliance/house/2.0')).status).toBe(404)
    const { text, headers } = await get('/compliance/house/1.0/export?format=csv')
    expect(headers['content-disposition']).toContain('plimsoll-house-1.0.csv')
    const lines = text.split('\r\n')
    expect(lines[0]).toContain('section,sectionTitle,id,title')
    expect(lines[1]).toMatch(/^1,Pods,1\.1,Control 1\.1,high,true,,fail/)
    expect(lines.filter(line => line !== '')).toHaveLength(4)
  })
})

describe('resources', () => {
  it('are listed, counted and told with what each rule and control came to', async () => {
    const items = await all('/resources?q=rule:privileged', 'namespace', 4)
    expect(items).toHaveLength(6)
    expect((await get('/resources/kinds')).body).toEqual({
      items: [
        {
          kind: 'Deployment',
          component: 'workloads',
          resources: 27,
          failing: 27,
          notEvaluated: 0,
          excepted: 0,
          passing: 0,
        },
      ],
    })
    const at = encodeURIComponent(earlier(2))
    expect((await get(`/resources/kinds?at=${at}`)).body).toMatchObject({
      items: [{ resources: 27, notEvaluated: null, passing: null }],
    })
    const { body } = await get(`/resources/c1/${encodeURIComponent('Deployment/web/app-0')}`)
    expect(body).toMatchObject({
      failed: 2,
      verdicts: [
        { rule: 'privileged', verdict: 'fail' },
        { rule: 'host-network', verdict: 'fail' },
        { rule: 'no-limits', verdict: 'pass' },
      ],
      controls: [
        { control: '1.1', verdict: 'fail' },
        { control: '1.2', verdict: 'fail' },
        { control: '2.1', verdict: 'pass' },
      ],
      versions: [{ from: earlier(9), to: null }],
    })
  })

  it('show their object, and what stands around them', async () => {
    const path = `/resources/c1/${encodeURIComponent('Deployment/web/app-0')}`
    expect((await get(`${path}/object`)).body).toMatchObject({ kind: 'Deployment' })
    expect((await get(`${path}/object?at=${earlier(12)}`)).status).toBe(410)
    const { body } = await get<{ items: Json[] }>(`${path}/relations`)
    expect(body.items.map(item => `${String(item.type)} ${String(item.key)}`).sort()).toEqual([
      'binding RoleBinding/web/runs',
      'network-policy NetworkPolicy/web/deny',
      'owned ReplicaSet/web/app-0-1',
      'pod Pod/web/app-0-1-x',
      'service Service/web/front',
      'service-account ServiceAccount/web/runner',
    ])
    expect((await get(`${path}/relations`, 'nothing')).status).toBe(404)
  })
})

describe('a part of the fleet', () => {
  it('is an account, or a zone, of what the caller sees', async () => {
    await sql`update cluster set account = case when cluster_id = 'c3' then 'beta' else 'alpha' end`.execute(
      fresh.db,
    )
    const zone = '00000000-0000-4000-8000-0000000000aa'
    await sql`insert into zone (zone_id, name, terms, created_at, updated_at)
      values (${zone}, 'web', '[{"namespaces":["web"]}]', now(), now())`.execute(fresh.db)
    const { body: accounts } = await get<{ items: Json[] }>('/accounts')
    expect(new Map(accounts.items.map(({ account, clusters }) => [account, clusters]))).toEqual(
      new Map([
        ['alpha', 2],
        ['beta', 1],
      ]),
    )
    expect((await get<{ items: Json[] }>('/accounts', 'cluster')).body.items).toMatchObject([
      { account: 'alpha', clusters: 1, byStatus: { complete: 1 } },
    ])
    const { body: beta } = await get<{ clusters: Json; counts: Json; score: Json; trend: Json[] }>(
      '/overview?account=beta',
    )
    expect(beta).toMatchObject({ score: { value: 60 }, counts: { failed: 18 }, clusters: { total: 1 } })
    expect(beta.trend.every(point => point.value === 60 && point.clusters === 1)).toBe(true)
    const ids = async (path: string, who = 'admin') =>
      (await get<Items>(path, who)).body.items.map(item => (item.cluster as Json | undefined)?.id ?? item.id)
    expect(await ids('/clusters?account=alpha&sort=name&order=asc')).toEqual(['c1', 'c2'])
    expect(await ids('/clusters?account=beta', 'cluster')).toEqual([])
    // A cluster narrows every list and count as an account and a zone do.
    expect(await ids('/clusters?cluster=c2')).toEqual(['c2'])
    expect(await ids('/clusters?cluster=c2', 'cluster')).toEqual([])
    expect(new Set(await ids('/resources?cluster=c2&limit=500'))).toEqual(new Set(['c2']))
    expect(await all('/findings?cluster=c2', 'cluster')).toEqual([])
    const [ofCluster, asked] = await Promise.all([
      get('/findings/count?cluster=c2&account=alpha'),
      get('/findings/count?q=cluster:c2'),
    ])
    expect(ofCluster.body).toEqual(asked.body)
    expect(await all('/findings?cluster=c2&account=beta')).toEqual([])
    const [whole, there] = await Promise.all([
      get<{ counts: Json }>('/overview?cluster=c2'),
      get('/findings/count?cluster=c2'),
    ])
    expect(whole.body.counts).toEqual(there.body)
    const inZone = (await get<Items>(`/resources?zone=${zone}`)).body.items
    expect(inZone).toHaveLength(9)
    expect(inZone.every(({ namespace }) => namespace === 'web')).toBe(true)
    expect((await get(`/findings/count?zone=${zone}&account=beta`)).body).toMatchObject({ failed: 6 })
    expect((await get(`/resources?zone=${zone}`, 'namespace')).status).toBe(404)
    expect((await get(`/overview?zone=${zone.replace('aa', 'bb')}`)).status).toBe(404)
    await sql`delete from zone`.execute(fresh.db)
  })
})

describe('an instant that is past', () => {
  it('is told where it is kept, and since when it is where not', async () => {
    const { body } = await get<Items>(`/resources?at=${earlier(2)}&sort=key&order=asc&q=namespace:web`)
    expect(body.items[0]).toMatchObject({ cluster: { id: 'c1' }, passed: null, notEvaluated: null })
    const { body: one } = await get(
      `/resources/c1/${encodeURIComponent('Deployment/web/app-0')}?at=${earlier(2)}`,
    )
    expect(one).toMatchObject({ verdicts: null, controls: null })
    const long = await get<{ detail: string; code: string }>(`/resources?at=${earlier(100)}`)
    expect(long.body).toMatchObject({
      code: 'gone',
      detail: expect.stringContaining(`since ${earlier(90)}`) as string,
    })
    for (const path of [
      '/clusters',
      '/clusters/c1',
      '/findings',
      '/overview',
      '/accounts',
      '/resources/kinds',
    ])
      expect([path, (await get(`${path}?at=${earlier(100)}`)).status]).toEqual([path, 410])
    expect((await get(`/compliance?at=${earlier(100)}`)).status).toBe(200)
    expect((await get(`/compliance?at=${earlier(1200)}`)).status).toBe(410)
    expect((await get(`/clusters/c1?at=${earlier(41)}`)).status).toBe(404)
    expect((await get(`/clusters/c1?at=${earlier(1)}`)).body).toMatchObject({
      status: 'waiting',
      assessedAt: null,
    })
  })
})

describe('the catalogue and the query language', () => {
  it('tell rules, benchmarks, fields and completions', async () => {
    expect((await get<{ items: Json[] }>('/rules')).body.items.map(item => item.id)).toEqual(
      rules.map(rule => rule.id),
    )
    expect((await get('/rules/privileged')).body).toMatchObject({ controls: [{ control: '1.1' }] })
    expect((await get('/benchmarks')).body).toMatchObject({
      items: [{ benchmark: 'house', controls: 3, answered: 3 }],
    })
    expect(
      (await get<{ items: Json[] }>('/query/fields?list=findings')).body.items.map(item => item.name),
    ).toContain('severity')
    const { body } = await get<{ suggestions: Json[]; problem: Json }>(
      `/query/complete?list=findings&q=${encodeURIComponent('namespace : k')}`,
    )
    expect(body.suggestions.map(one => one.text)).toEqual(['kube-system'])
    const none = await get<{ suggestions: Json[] }>(
      `/query/complete?list=findings&q=${encodeURIComponent('cluster : name')}`,
      'cluster',
    )
    expect(none.body.suggestions.map(one => one.text)).toEqual(['"name of c1"'])
  })
})

describe('an export as CSV', () => {
  it('lets no name run as a formula', async () => {
    await sql`update asset set name = '=cmd()' where cluster_id = 'c1' and asset_key = 'Deployment/web/app-0'`.execute(
      fresh.db,
    )
    const { text, headers } = await get(
      `/resources/export?format=csv&q=${encodeURIComponent('name : "=cmd()"')}`,
    )
    expect(headers['content-type']).toContain('text/csv')
    expect(text.split('\r\n')[0]).toContain('cluster.id,cluster.name,apiVersion,kind')
    expect(text.split('\r\n')[1]).toContain(",Deployment,web,'=cmd(),")
    await sql`update asset set name = 'app-0' where cluster_id = 'c1' and asset_key = 'Deployment/web/app-0'`.execute(
      fresh.db,
    )
  })
})
