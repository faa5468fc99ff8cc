import {
  type Asked,
  assetFields,
  evaluate,
  type FieldCatalogue,
  type FieldValue,
  findingFields,
  omit,
  type Query,
  severityWords,
} from '@plimsoll/core'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  someInstants,
  someQueries,
  someTexts,
  someWords,
} from '../../../core/src/query/testing/random-query.ts'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'
import { askClusters } from './ask-clusters.ts'
import { askWords } from './ask-words.ts'
import { compileQuery, type QueryColumns } from './compile-query.ts'
import { recountAllFindings } from './finding-counts.ts'
import { assetColumns, findingColumns } from './query-columns.ts'
import { insertRecords } from './records.ts'

const now = Date.UTC(2026, 1, 10, 12)
const rowsPerRun = 40
const queriesPerRun = 40

type Row = Record<string, unknown>
let fresh: FreshDatabase

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(async () => fresh.close())

const labels = fc.dictionary(fc.constantFrom('app', 'app.kubernetes.io/name', 'K ey', 'ä"\\'), someTexts, {
  maxKeys: 3,
})
const kinds = fc.constantFrom('Deployment', 'Pod', 'Service.serving.knative.dev')
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 3 })
const iso = someInstants.map(at => new Date(at).toISOString())
const few = fc.nat({ max: 4 })

const someCluster = fc.record({
  name: someTexts,
  account: someTexts,
  provider: fc.constantFrom('aws', 'gcp', ''),
  region: someTexts,
  distribution: fc.constantFrom('eks', 'gke', ''),
  kubernetes_version: fc.oneof(
    fc.constantFrom(
      '',
      'v1',
      '1.34',
      'v1.33.4-eks-1a2b',
      '1.30+',
      'next',
      '1.1234567',
      'v1.34.0',
      '1.31.2.5',
    ),
    fc
      .tuple(fc.integer({ min: 29, max: 36 }), fc.nat({ max: 3 }))
      .map(([minor, patch]) => `v1.${minor}.${patch}`),
  ),
  environment: fc.constantFrom('production', 'Production', ''),
  labels,
  editions: fc.subarray([
    ['cis-k8s', '2.0.1'],
    ['pss-baseline', '1.34'],
  ]),
})

const someResource = {
  cluster_id: fc.constantFrom('one', 'two'),
  api_version: fc.constantFrom('v1', 'apps/v1'),
  kind: kinds,
  namespace: someTexts,
  name: someTexts,
  labels,
  root_kind: kinds,
  root_key: someTexts,
  first_seen: iso,
}

const someFinding = fc.record({
  ...someResource,
  rule: fc.constantFrom(...someWords.rules.map(rule => rule.id), 'retired-rule'),
  asset_key: someTexts,
  discriminator: maybe(someTexts),
  severity: fc.integer({ min: 1, max: 4 }),
  outcome: fc.constantFrom('fail', 'manual', 'not-evaluated', 'error'),
  state: fc.constantFrom('open', 'excepted', 'resolved'),
  reason: maybe(someTexts),
  evidence_digest: fc.constant(''),
  exception_id: maybe(someTexts),
  opened_at: iso,
  changed_at: iso,
  resolved_at: maybe(iso),
  resolution: maybe(fc.constantFrom('fixed', 'resource removed', 'no longer judged')),
  reopened: few,
  triage: fc.constantFrom('new', 'acknowledged', 'own word'),
  assignee: maybe(fc.constant('6c0f2f39-86f5-4a1e-9c8b-3a3c5d1b8c11')),
})

const someAsset = fc.record({
  ...someResource,
  verdicts: fc.constant('\\x'),
  critical: few,
  high: few,
  medium: few,
  low: few,
  excepted: few,
  passed: few,
  not_evaluated: few,
  gone_at: fc.option(iso, { nil: 'infinity' }),
})

const time = (value: unknown) =>
  typeof value === 'string' && value !== 'infinity' ? Date.parse(value) : undefined

const ofCluster = (cluster: Row, field: string, key?: string): FieldValue => {
  switch (field) {
    case 'cluster':
      return [String(cluster.cluster_id), String(cluster.name)]
    case 'version':
      return String(cluster.kubernetes_version)
    case 'cluster.label':
      return labelOf(cluster, key)
    case 'cluster.benchmark':
      return (cluster.editions as [string, string][]).flatMap(([benchmark, edition]) => [
        `${benchmark}@${edition}`,
        benchmark,
      ])
    default:
      return cluster[field] as FieldValue
  }
}

const labelOf = (row: Row, key = '') => {
  const own = row.labels as Record<string, string>
  return Object.hasOwn(own, key) ? own[key] : undefined
}

const clusterNames = [
  'cluster',
  'account',
  'provider',
  'region',
  'distribution',
  'version',
  'environment',
  'cluster.label',
  'cluster.benchmark',
]

function ofFinding(row: Row, clusters: ReadonlyMap<unknown, Row>, field: string, key?: string): FieldValue {
  if (clusterNames.includes(field)) return ofCluster(clusters.get(row.cluster_id) as Row, field, key)
  const named: Record<string, FieldValue> = {
    severity: Number(row.severity) - 1,
    label: labelOf(row, key),
    'api-version': row.api_version as string,
    root: row.root_key as string,
    'root.kind': row.root_kind as string,
    resource: row.asset_key as string,
    opened: time(row.opened_at),
    'first-seen': time(row.first_seen),
    changed: time(row.changed_at),
    resolved: time(row.resolved_at),
    exception: row.exception_id as string | null,
    id: row.finding_id as string,
  }
  return field in named ? named[field] : (row[field] as FieldValue)
}

function ofAsset(
  row: Row,
  clusters: ReadonlyMap<unknown, Row>,
  findings: readonly Row[],
  field: string,
  key?: string,
): FieldValue {
  if (clusterNames.includes(field)) return ofCluster(clusters.get(row.cluster_id) as Row, field, key)
  const worst = severityWords.findLastIndex(severity => Number(row[severity]) > 0)
  const named: Record<string, FieldValue> = {
    severity: worst < 0 ? undefined : worst,
    label: labelOf(row, key),
    'api-version': row.api_version as string,
    root: row.root_key as string,
    'root.kind': row.root_kind as string,
    failed: Number(row.critical) + Number(row.high) + Number(row.medium) + Number(row.low),
    'not-evaluated': row.not_evaluated as number,
    'first-seen': time(row.first_seen),
    gone: time(row.gone_at),
    rule: findings
      .filter(
        one =>
          one.cluster_id === row.cluster_id &&
          one.asset_key === row.asset_key &&
          one.state === 'open' &&
          one.outcome === 'fail',
      )
      .map(one => String(one.rule)),
  }
  return field in named ? named[field] : (row[field] as FieldValue)
}

/** Puts rows into the database, asks both sides, and compares which rows each names. */
async function holdTogether(options: {
  readonly table: 'finding' | 'asset'
  readonly catalogue: FieldCatalogue
  readonly columns: QueryColumns
  readonly clusters: readonly Row[]
  readonly findings: readonly Row[]
  readonly assets: readonly Row[]
  readonly queries: readonly Query[]
}): Promise<void> {
  const { table, catalogue, columns, queries } = options
  const clusters = options.clusters.map(
    (row, index): Row => ({
      ...row,
      cluster_id: ['one', 'two'][index] ?? '',
      created_at: new Date(now).toISOString(),
    }),
  )
  const findings = options.findings.map((row, index) => ({ ...row, finding_id: `f${index}` }))
  const assets = options.assets.map((row, index) => ({ ...row, asset_key: `a${index}` }))
  const judged = findings.map((row, index) =>
    index % 2 === 0 ? { ...row, asset_key: `a${index % 7}` } : row,
  )
  await sql`truncate cluster, assessment, finding, asset, finding_word`.execute(fresh.db)
  await insertRecords(
    fresh.db,
    'cluster',
    clusters.map(row => omit(row, 'editions')),
  )
  await insertRecords(
    fresh.db,
    'assessment',
    clusters.map(({ cluster_id, editions }) => ({
      cluster_id,
      editions,
      ...{ revision: 1, basis: '', assessed_at: new Date(now).toISOString() },
      ...{ gaps: [], counts: {}, is_sound: true, plans: [] },
    })),
  )
  await insertRecords(fresh.db, 'finding', judged)
  await insertRecords(fresh.db, 'asset', assets)
  await recountAllFindings(fresh.db)
  const byId = new Map<unknown, Row>(clusters.map(row => [row.cluster_id, row]))
  const asked: Asked = { catalogue, known: someWords, now }
  const id = sql.ref(table === 'finding' ? 'finding.finding_id' : 'asset.asset_key')
  for (const [index, query] of queries.entries()) {
    // Clusters and words are found beforehand, as lists do, or asked in the statement itself.
    const known = index % 2 === 0 ? await askClusters(fresh.db, query, asked) : undefined
    const words = index % 2 === 0 ? await askWords(fresh.db, query, columns) : undefined
    const found = await sql<{
      id: string
    }>`select ${id} as id from ${sql.table(table)} where ${compileQuery(query, columns, asked, known, words)}`.execute(
      fresh.db,
    )
    const rows: readonly Row[] = table === 'finding' ? judged : assets
    const expected = rows
      .filter(row =>
        evaluate(
          query,
          (field, key) =>
            table === 'finding' ? ofFinding(row, byId, field, key) : ofAsset(row, byId, judged, field, key),
          asked,
        ),
      )
      .map(row => String(table === 'finding' ? row.finding_id : row.asset_key))
    expect({ query, ids: found.rows.map(row => row.id).sort() }).toEqual({ query, ids: expected.sort() })
  }
}

describe('a query compiled to SQL', () => {
  it.each([
    ['finding', findingFields, findingColumns, 60],
    ['asset', assetFields, assetColumns, 40],
  ] as const)(
    'asks for the rows of %s that its plain meaning asks for',
    async (table, catalogue, columns, runs) => {
      await fc.assert(
        fc.asyncProperty(
          fc.tuple(someCluster, someCluster),
          fc.array(someFinding, { minLength: 5, maxLength: rowsPerRun }),
          fc.array(someAsset, { minLength: 5, maxLength: rowsPerRun }),
          fc.array(someQueries(catalogue, someWords), { minLength: queriesPerRun, maxLength: queriesPerRun }),
          (clusters, findings, assets, queries) =>
            holdTogether({ table, catalogue, columns, clusters, findings, assets, queries }),
        ),
        { numRuns: runs },
      )
    },
  )

  it('takes texts of people as parameters only', () => {
    const hostile = `x'; drop table finding; --`
    const query: Query = {
      type: 'and',
      parts: [
        { type: 'compare', field: 'name', operator: 'is', values: [{ type: 'text', text: hostile }] },
        { type: 'compare', field: 'label', key: hostile, operator: 'is', values: [{ type: 'any' }] },
        { type: 'free-text', parts: [hostile] },
      ],
    }
    const asked: Asked = { catalogue: findingFields, known: someWords, now }
    const compiled = compileQuery(query, findingColumns, asked).compile(fresh.db)
    expect(compiled.sql).not.toContain('drop')
    expect(compiled.parameters).toContain(hostile)
  })

  it('reaches before the first year of the calendar', async () => {
    const query: Query = {
      type: 'compare',
      field: 'opened',
      operator: '>',
      values: [{ type: 'age', text: '99999y', milliseconds: 99_999 * 365 * 86_400_000 }],
    }
    const condition = compileQuery(query, findingColumns, { catalogue: findingFields, known: someWords, now })
    const found = await sql`select 1 from finding where ${condition}`.execute(fresh.db)
    expect(found.rows).toEqual([])
  })
})
