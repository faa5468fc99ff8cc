// Query columns: where the fields of each list stand in its tables.

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { QueryColumn, QueryColumns } from './compile-query.ts'
import { wordFields } from './finding-words.ts'

type Within = NonNullable<QueryColumn['within']>

const text = (...columns: string[]): QueryColumn => ({
  type: 'text',
  expressions: columns.map(column => sql.ref(column)),
})
const number = (column: string): QueryColumn => ({ type: 'number', expression: sql.ref(column) })
const instant = (column: string): QueryColumn => ({ type: 'instant', expression: sql.ref(column) })

/** The fields that are asked of a cluster; `own` is the cluster's table, `table` is one with rows that are in clusters. */
function clusterColumns(own: string, table?: string): QueryColumns {
  const columns: QueryColumns = {
    cluster: text(`${own}.cluster_id`, `${own}.name`),
    account: text(`${own}.account`),
    provider: text(`${own}.provider`),
    region: text(`${own}.region`),
    distribution: text(`${own}.distribution`),
    version: { type: 'version', expression: sql.ref(`${own}.kubernetes_version`) },
    environment: text(`${own}.environment`),
    'cluster.label': { type: 'labels', expression: sql.ref(`${own}.labels`) },
    'cluster.benchmark': editionsOf(own),
  }
  if (table === undefined) return columns
  const inTable = ofCluster(table)
  const clusterId = sql.ref(`${table}.cluster_id`)
  return Object.fromEntries(
    Object.entries(columns).map(([name, { within = itself, ...column }]) => [
      name,
      { ...column, clusterId, within: (condition: RawBuilder<SqlBool>) => inTable(within(condition)) },
    ]),
  )
}

const itself: Within = condition => condition

/** The benchmarks that a cluster is judged by, each by its edition and by its family. */
const editionsOf = (own: string): QueryColumn => ({
  ...text('asked_edition.name'),
  within: condition => sql`exists (select from assessment as asked_assessment
    cross join jsonb_array_elements(asked_assessment.editions) as held(pair)
    cross join lateral (values ((pair ->> 0) || '@' || (pair ->> 1)), (pair ->> 0)) as asked_edition(name)
    where asked_assessment.cluster_id = ${sql.ref(`${own}.cluster_id`)} and ${condition})`,
})

/** Clusters are few: what is asked of them is asked of their own table. */
const ofCluster =
  (table: string): Within =>
  condition =>
    sql`${sql.ref(`${table}.cluster_id`)} in (select asked_cluster.cluster_id from cluster as asked_cluster where ${condition})`

const resourceColumns = (table: string): QueryColumns => ({
  kind: text(`${table}.kind`),
  namespace: text(`${table}.namespace`),
  name: text(`${table}.name`),
  label: { type: 'labels', expression: sql.ref(`${table}.labels`) },
  'api-version': text(`${table}.api_version`),
  root: text(`${table}.root_key`),
  'root.kind': text(`${table}.root_kind`),
})

/** Columns whose texts are kept as words. */
const searched = Object.fromEntries(
  wordFields.map(field => [
    field,
    { type: 'text', expressions: [sql.ref(`finding.${field}`)], words: field } satisfies QueryColumn,
  ]),
)

/** Of the table, or anything with its columns, that is called `finding`. */
export const findingColumns: QueryColumns = {
  ...resourceColumns('finding'),
  ...searched,
  ...clusterColumns('asked_cluster', 'finding'),
  severity: { type: 'rank', expression: sql.ref('finding.severity'), first: 1 },
  state: text('finding.state'),
  outcome: text('finding.outcome'),
  resource: text('finding.asset_key'),
  discriminator: text('finding.discriminator'),
  reason: text('finding.reason'),
  opened: instant('finding.opened_at'),
  'first-seen': instant('finding.first_seen'),
  changed: instant('finding.changed_at'),
  resolved: instant('finding.resolved_at'),
  resolution: text('finding.resolution'),
  reopened: number('finding.reopened'),
  exception: text('finding.exception_id'),
  triage: text('finding.triage'),
  assignee: { type: 'text', expressions: [sql`finding.assignee::text`] },
  id: text('finding.finding_id'),
}

const failures: Within = condition =>
  sql`exists (select from finding as asked_finding where asked_finding.cluster_id = asset.cluster_id
    and asked_finding.asset_key = asset.asset_key and asked_finding.state = 'open' and asked_finding.outcome = 'fail' and ${condition})`

const worst = sql`case when asset.critical > 0 then 4 when asset.high > 0 then 3 when asset.medium > 0 then 2 when asset.low > 0 then 1 end`

/** Of the table `asset`. */
export const assetColumns: QueryColumns = {
  ...resourceColumns('asset'),
  ...clusterColumns('asked_cluster', 'asset'),
  severity: { type: 'rank', expression: worst, first: 1 },
  failed: { type: 'number', expression: sql`(asset.critical + asset.high + asset.medium + asset.low)` },
  critical: number('asset.critical'),
  high: number('asset.high'),
  medium: number('asset.medium'),
  low: number('asset.low'),
  excepted: number('asset.excepted'),
  passed: number('asset.passed'),
  'not-evaluated': number('asset.not_evaluated'),
  'first-seen': instant('asset.first_seen'),
  gone: { type: 'instant', expression: sql`nullif(asset.gone_at, 'infinity')` },
  rule: { ...text('asked_finding.rule'), within: failures },
}

/** Of what store/fleet.ts reads of clusters, called `cluster`. */
export const clusterListColumns: QueryColumns = {
  ...clusterColumns('cluster'),
  id: text('cluster.cluster_id'),
  status: text('cluster.status'),
  sample: { type: 'boolean', expression: sql.ref('cluster.is_sample') },
  seen: instant('cluster.seen_at'),
  added: instant('cluster.created_at'),
  resources: number('cluster.resources'),
  failed: number('cluster.failed'),
}
