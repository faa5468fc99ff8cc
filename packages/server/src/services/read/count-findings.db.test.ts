import { type Asked, evaluate, type FieldCatalogue, findingFields } from '@plimsoll/core'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { someQueries, someWords } from '../../../../core/src/query/testing/random-query.ts'
import { askClusters, clusterReader } from '../../store/ask-clusters.ts'
import { compileQuery } from '../../store/compile-query.ts'
import { recountAllFindings, recountFindings } from '../../store/finding-counts.ts'
import {
  countAsked,
  facetsAsked,
  type Group,
  type GroupBy,
  type GroupField,
  groupAsked,
  type Tallies,
} from '../../store/finding-groups.ts'
import { everything, type Permitted } from '../../store/permitted.ts'
import { findingColumns } from '../../store/query-columns.ts'
import { insertRecords } from '../../store/records.ts'
import { isSeen } from '../../store/seen.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { type CountsAsked, findingCountsOf } from './count-findings.ts'
import { type KeptCounts, keptCountsOf } from './kept-counts.ts'

const now = Date.UTC(2026, 1, 10, 12)
const day = new Date(now).toISOString()
const of = ['severity', 'state', 'outcome', 'rule', 'kind', 'namespace', 'cluster'] as const
/** What facets are counted by: also what people decided. */
const facetFields = [...of, 'triage', 'assignee'] as const
const people = ['6c0f2f39-86f5-4a1e-9c8b-3a3c5d1b8c11', '7d1f3f40-97a6-4b2f-8d9c-4b4d6e2c9d22']
const asking = [
  ...['severity', 'state', 'outcome', 'rule', 'rule.section', 'kind', 'namespace'],
  ...['cluster', 'account', 'version', 'environment', 'cluster.label', 'cluster.benchmark'],
]
const editions = [
  ['cis-k8s', '2.0.1'],
  ['pss-baseline', '1.34'],
] as const
const judgedBy: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  one: editions,
  two: [editions[1]],
  three: [],
}
/** The sections that a rule is said to be in, each with its edition. */
const placed = someWords.rules.flatMap(({ id: rule, sections, benchmarks }) => [
  ...sections.flatMap(section => {
    const [edition, isIn] = section.split('/')
    return edition !== undefined && isIn !== undefined ? [{ rule, edition, section }] : []
  }),
  ...(benchmarks.includes('pss-baseline@1.34')
    ? ['a', 'b'].map(part => ({ rule, edition: 'pss-baseline@1.34', section: `pss-baseline@1.34/${part}` }))
    : []),
])
const catalogue: FieldCatalogue = {
  list: 'findings',
  // Free text is counted one by one: there is none in these queries.
  fields: findingFields.fields
    .filter(({ name }) => asking.includes(name))
    .map(field => ({ ...field, isFreeText: false })),
}

const someFinding = fc.record({
  cluster_id: fc.constantFrom('one', 'two', 'three'),
  rule: fc.constantFrom(...someWords.rules.map(rule => rule.id), 'retired-rule'),
  severity: fc.integer({ min: 1, max: 4 }),
  outcome: fc.constantFrom('fail', 'manual', 'not-evaluated', 'error'),
  state: fc.constantFrom('open', 'excepted', 'resolved'),
  kind: fc.constantFrom('Deployment', 'Pod', 'Service.serving.knative.dev'),
  namespace: fc.constantFrom('', 'kube-system', 'payments'),
  triage: fc.constantFrom('new', 'new', 'new', 'acknowledged', 'own word'),
  assignee: fc.constantFrom(null, null, null, ...people),
})
const callers: readonly Permitted[] = [
  everything,
  { all: false, terms: [{ clusters: ['one', 'three'] }] },
  { all: false, terms: [{ clusterLabels: { environment: 'production' } }] },
]

let fresh: FreshDatabase
let kept: KeptCounts
beforeAll(async () => {
  fresh = await freshDatabase()
  kept = keptCountsOf(fresh.db)
  await insertRecords(
    fresh.db,
    'cluster',
    clusters.map(row => ({ ...row, created_at: day })),
  )
  await insertRecords(
    fresh.db,
    'assessment',
    Object.entries(judgedBy).map(([cluster_id, own]) => ({
      cluster_id,
      ...{ editions: own, revision: 1, basis: '', assessed_at: day },
      ...{ gaps: [], counts: {}, is_sound: true, plans: [] },
    })),
  )
})
afterAll(() => fresh.close())

async function put(findings: readonly Record<string, unknown>[]): Promise<void> {
  await sql`truncate finding`.execute(fresh.db)
  const rest = {
    ...{ asset_key: 'a', api_version: 'v1', name: 'a', labels: {}, root_kind: 'Pod', root_key: 'a' },
    ...{ evidence: [], evidence_digest: '', first_seen: day, opened_at: day, changed_at: day },
  }
  await insertRecords(
    fresh.db,
    'finding',
    findings.map((row, index) => ({ ...rest, reopened: 0, triage: 'new', finding_id: `f${index}`, ...row })),
  )
}

async function askedFor(query: CountsAsked['query']): Promise<CountsAsked> {
  const asked: Asked = { catalogue, known: someWords, now }
  const clusters = await askClusters(fresh.db, query, asked)
  return {
    query,
    asked,
    clusters,
    at: undefined,
    condition: compileQuery(query, findingColumns, asked, clusters),
  }
}

const clusters = ['one', 'two', 'three'].map((cluster_id, index) => ({
  cluster_id,
  name: `prod-${cluster_id}`,
  account: `account-${index % 2}`,
  ...{ provider: '', region: '', distribution: '' },
  environment: index === 1 ? 'staging' : 'production',
  kubernetes_version: `v1.3${index}.0`,
  labels: (index === 0 ? { app: 'web' } : {}) as Record<string, string>,
}))

type Finding = typeof someFinding extends fc.Arbitrary<infer F> ? F : never

/** Groups as one would count them by hand: each finding alone, by what the query means in memory. */
function plainly(
  findings: readonly Finding[],
  permitted: Permitted,
  { query, asked }: CountsAsked,
  by: readonly GroupBy[],
): readonly Group[] {
  const groups = new Map<
    string,
    { readonly keys: readonly string[]; readonly sums: Record<string, number> }
  >()
  for (const finding of findings) {
    const cluster = clusters.find(one => one.cluster_id === finding.cluster_id)
    if (!cluster) continue
    const { labels, environment, account, cluster_id: id } = cluster
    const place = { cluster: { id, account, environment, labels }, labels: {}, ...finding, name: 'a' }
    const reader = clusterReader({ ...cluster, editions: judgedBy[id] })
    const read = (name: string, key?: string) =>
      reader(name, key) ?? (name === 'severity' ? finding.severity - 1 : finding[name as keyof Finding])
    if (!isSeen(permitted, place) || !evaluate(query, read, asked)) continue
    const sections = placed.filter(
      one =>
        one.rule === finding.rule && (judgedBy[id] ?? []).some(edition => edition.join('@') === one.edition),
    )
    const inSections = by.includes('section') && sections.length > 0 ? sections : [{ section: '' }]
    for (const { section } of inSections) {
      const values = { ...finding, cluster: id, section }
      const keys = by.map(field => String(values[field as keyof typeof values]))
      const open = finding.state === 'open' ? finding.outcome : ''
      const group = groups.get(keys.join()) ?? { keys, sums: { ...none } }
      groups.set(keys.join(), group)
      const also = (name: string, when: boolean) => {
        if (when) group.sums[name] = (group.sums[name] ?? 0) + 1
      }
      also('findings', true)
      also('failed', open === 'fail')
      for (const [index, name] of ['low', 'medium', 'high', 'critical'].entries())
        also(name, open === 'fail' && finding.severity === index + 1)
      also('excepted', finding.state === 'excepted')
      also('resolved', finding.state === 'resolved')
      also('notEvaluated', open === 'not-evaluated' || open === 'error')
      also('manual', open === 'manual')
    }
  }
  return [...groups.values()].map(({ keys, sums }) => ({ ...(sums as unknown as Tallies), keys }))
}

const none = {
  ...{ findings: 0, failed: 0, critical: 0, high: 0, medium: 0, low: 0 },
  ...{ excepted: 0, notEvaluated: 0, manual: 0, resolved: 0 },
}

const byKeys = <T extends { readonly keys: readonly (string | null)[] }>(groups: readonly T[]) =>
  groups.map(group => [group.keys.join(), group] as const).sort(([a], [b]) => (a < b ? -1 : 1))

describe('kept counts', () => {
  it('say what counting the findings one by one says, for whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someFinding, { maxLength: 30 }),
        fc.array(someQueries(catalogue, someWords), { minLength: 10, maxLength: 10 }),
        fc.subarray([...of, 'section'] as const, { minLength: 1, maxLength: 3 }),
        async (findings, queries, by) => {
          await put(findings)
          await recountAllFindings(fresh.db)
          const counts = findingCountsOf(fresh.db, kept, { placed })
          for (const [index, query] of queries.entries()) {
            const permitted = callers[index % callers.length] as Permitted
            const which = await askedFor(query)
            expect(await counts.all(permitted, which)).toEqual(await countAsked(fresh.db, permitted, which))
            expect(byKeys(await counts.groups(permitted, which, by, 1000))).toEqual(
              byKeys(await groupAsked(fresh.db, permitted, which, by, 1000, 0, placed)),
            )
            expect(byKeys(await counts.groups(permitted, which, by, 1000))).toEqual(
              byKeys(plainly(findings, permitted, which, by)),
            )
            const all = await counts.groups(permitted, which, by, 1000)
            expect(await counts.groups(permitted, which, by, 2, 1)).toEqual(all.slice(1, 3))
            const facets = await counts.facets(permitted, which, facetFields, 1000)
            const plain = await facetsAsked(fresh.db, permitted, which, facetFields, 1000)
            for (const field of facetFields as readonly GroupField[])
              expect([field, facets.get(field)]).toEqual([field, plain.get(field)])
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('are those of now, once a cluster was counted anew', async () => {
    const counts = findingCountsOf(fresh.db, kept)
    const which = await askedFor({ type: 'all' })
    const finding = {
      ...{ cluster_id: 'one', rule: 'retired-rule', severity: 4, outcome: 'fail', state: 'open' },
      ...{ kind: 'Pod', namespace: 'payments' },
    }
    await put([finding])
    await recountAllFindings(fresh.db)
    expect(await counts.all(everything, which)).toMatchObject({ findings: 1, failed: 1, critical: 1 })
    await put([finding, { ...finding, cluster_id: 'two', state: 'excepted' }])
    await recountFindings(fresh.db, 'two')
    expect(await counts.all(everything, which)).toMatchObject({ findings: 2, failed: 1, excepted: 1 })
  })
})
