// Fleet: clusters as lists and dashboards show them: what they are, how much was read of them, and what they came to.

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { ClusterWords } from './cluster-words.ts'
import type { CollectorRow } from './collector-row.ts'
import { type AsOf, clustersAsOf } from './fleet-as-of.ts'
import { isAfter, type Order, orderBy, type Position, positionOf, type SortColumn } from './keyset.ts'
import { isWhole, type Permitted } from './permitted.ts'
import type { Client } from './schema.ts'
import { seen, seenCluster, seenColumns, seenWholeCluster } from './seen.ts'

export type ClusterStatus = 'complete' | 'partial' | 'stale' | 'waiting'

export interface FleetRow {
  readonly cluster_id: string
  readonly name: string
  readonly account: string
  readonly provider: string
  readonly region: string
  readonly distribution: string
  readonly kubernetes_version: string
  readonly environment: string
  readonly labels: Readonly<Record<string, string>>
  readonly is_sample: boolean
  /** What is said of it, and by whom. */
  readonly words: ClusterWords
  readonly created_at: Date
  readonly revision: string
  /** When a person last asked for a scan. */
  readonly scan_asked_at: Date | null
  /** When the newest snapshot of its API came; null before the first. */
  readonly seen_at: Date | null
  readonly assessed_at: Date | null
  readonly status: ClusterStatus
  readonly resources: number
  readonly failed: number
  readonly critical: number
  readonly high: number
  readonly medium: number
  readonly low: number
  readonly excepted: number
  readonly not_evaluated: number
  /** `[benchmark, edition]`. */
  readonly editions: readonly (readonly [string, string])[]
}

/** Numbers of whole clusters are kept; those of what a caller sees of one are counted. */
function numbers(permitted: Permitted): RawBuilder<unknown> {
  if (isWhole(permitted)) {
    const kept = (key: string) => sql`coalesce((assessed.counts ->> ${sql.lit(key)})::int, 0)`
    return sql`coalesce(scopes.resources, 0) as resources,
      ${kept('critical')} + ${kept('high')} + ${kept('medium')} + ${kept('low')} as failed,
      ${kept('critical')} as critical, ${kept('high')} as high, ${kept('medium')} as medium, ${kept('low')} as low,
      ${kept('excepted')} as excepted, ${kept('notEvaluated')} as not_evaluated`
  }
  return sql`(select count(*)::int from asset where asset.cluster_id = own.cluster_id and asset.gone_at = 'infinity'
      and ${seen(permitted, seenColumns('asset'))}) as resources,
    coalesce(found.critical + found.high + found.medium + found.low, 0) as failed, coalesce(found.critical, 0) as critical,
    coalesce(found.high, 0) as high, coalesce(found.medium, 0) as medium, coalesce(found.low, 0) as low,
    coalesce(found.excepted, 0) as excepted, coalesce(found.not_evaluated, 0) as not_evaluated`
}

const failing = (severity: number) =>
  sql`(count(*) filter (where finding.state = 'open' and finding.outcome = 'fail' and finding.severity = ${sql.lit(severity)}))::int`

const countedFindings = (permitted: Permitted): RawBuilder<unknown> =>
  isWhole(permitted)
    ? sql``
    : sql`left join lateral (select ${failing(4)} as critical, ${failing(3)} as high, ${failing(2)} as medium, ${failing(1)} as low,
          (count(*) filter (where finding.state = 'excepted'))::int as excepted,
          (count(*) filter (where finding.state = 'open' and finding.outcome in ('not-evaluated', 'error')))::int as not_evaluated
        from finding where finding.cluster_id = own.cluster_id and finding.state <> 'resolved'
          and ${seen(permitted, seenColumns('finding'))}) as found on true`

/** Clusters of which the caller may see a part, called `cluster`. */
const clusters = (permitted: Permitted): RawBuilder<unknown> => sql`(
  select own.cluster_id, own.name, own.account, own.provider, own.region, own.distribution, own.kubernetes_version, own.environment,
    own.labels, own.is_sample, own.words, own.created_at, own.revision, own.scan_asked_at, scopes.seen_at, assessed.assessed_at,
    coalesce(assessed.editions, '[]') as editions,
    case when scopes.seen_at is null then 'waiting' when scopes.stale > 0 then 'stale' when scopes.partial > 0 then 'partial'
      else 'complete' end as status,
    ${numbers(permitted)}
  from cluster as own
  left join (
    select cluster_id, max(received_at) as seen_at, sum(resources)::int as resources,
      count(*) filter (where stale_since is not null) as stale, count(*) filter (where gaps <> '[]') as partial
    from collector_scope group by cluster_id
  ) as scopes on scopes.cluster_id = own.cluster_id
  left join assessment as assessed on assessed.cluster_id = own.cluster_id
  ${countedFindings(permitted)}
  where own.removed_at is null and ${seenCluster(permitted, 'own.cluster_id')}
) as cluster`

const column = (name: string, type: SortColumn['type'] = 'text'): SortColumn => ({
  column: `cluster.${name}`,
  type,
})
/** What clusters can be sorted by. */
export const clusterSorts = {
  name: [column('name'), column('cluster_id')],
  failed: [column('failed', 'integer'), column('cluster_id')],
  worst: [
    column('critical', 'integer'),
    column('high', 'integer'),
    column('medium', 'integer'),
    column('low', 'integer'),
    column('cluster_id'),
  ],
  resources: [column('resources', 'integer'), column('cluster_id')],
} as const satisfies Record<string, readonly SortColumn[]>
/** A page of clusters in an order, as they are or as they were at an instant. */
export async function clusterPage(
  db: Client,
  permitted: Permitted,
  condition: RawBuilder<SqlBool>,
  order: Order,
  after: Position | undefined,
  limit: number,
  asOf?: AsOf,
): Promise<{ readonly rows: readonly FleetRow[]; readonly next: Position | undefined }> {
  const { rows } = await sql<FleetRow & { readonly position: string[] }>`
    select cluster.*, ${positionOf(order)} as position
    from ${asOf ? clustersAsOf(permitted, asOf) : clusters(permitted)}
    where ${condition} ${after ? sql`and ${isAfter(order, after)}` : sql``}
    ${orderBy(order)} limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  return { rows: page, next: rows.length > limit ? page.at(-1)?.position : undefined }
}

/** What collectors last said: of one cluster, or of all of which the caller may see a part. */
export async function collectorRows(
  db: Client,
  permitted: Permitted,
  clusterId?: string,
): Promise<readonly CollectorRow[]> {
  const { rows } = await sql<CollectorRow>`
    select cluster_id, scope, collected_at, received_at, collector, facts, gaps, resources, stale_since from collector_scope
    where ${seenCluster(permitted, 'collector_scope.cluster_id')}
      ${clusterId === undefined ? sql`and (gaps <> '[]' or stale_since is not null)` : sql`and cluster_id = ${clusterId}`}
    order by cluster_id, scope`.execute(db)
  return rows
}

/** The kinds of resources that a cluster holds, with how many of them fail something. */
export async function componentCounts(
  db: Client,
  permitted: Permitted,
  clusterId: string,
): Promise<readonly { readonly kind: string; readonly resources: number; readonly failing: number }[]> {
  const { rows } = await sql<{ kind: string; resources: number; failing: number }>`
    select kind, count(*)::int as resources, (count(*) filter (where critical + high + medium + low > 0))::int as failing
    from asset where cluster_id = ${clusterId} and gone_at = 'infinity' and ${seen(permitted, seenColumns('asset'))}
    group by kind order by kind`.execute(db)
  return rows
}

/** Failures that came and went since an instant. */
export interface Changes {
  readonly opened: number
  readonly reopened: number
  readonly fixed: number
  readonly removed: number
  readonly noLongerJudged: number
}

export async function changesSince(
  db: Client,
  permitted: Permitted,
  since: Date,
  clusterId?: string,
): Promise<Changes> {
  const visible = sql`${seen(permitted, seenColumns('finding'))} ${clusterId === undefined ? sql`` : sql`and finding.cluster_id = ${clusterId}`}`
  const opened = sql<Pick<Changes, 'opened' | 'reopened'>>`
    select (count(*) filter (where reopened = 0))::int as opened, (count(*) filter (where reopened > 0))::int as reopened
    from finding where opened_at >= ${since} and outcome = 'fail' and ${visible}`.execute(db)
  const resolved = sql<Omit<Changes, 'opened' | 'reopened'>>`
    select (count(*) filter (where resolution = 'fixed'))::int as fixed,
      (count(*) filter (where resolution in ('resource removed', 'cluster removed')))::int as removed,
      (count(*) filter (where resolution = 'no longer judged'))::int as "noLongerJudged"
    from finding where resolved_at >= ${since} and ${visible}`.execute(db)
  const [came, went] = await Promise.all([opened, resolved])
  return { ...(came.rows[0] as Changes), ...(went.rows[0] as Changes) }
}

export interface ScoreMove {
  readonly cluster_id: string
  readonly at: Date
  readonly before: number | null
  readonly after: number | null
  readonly parts: Readonly<Record<string, number>>
}

/** Why the scores of clusters moved since an instant, newest first; only of clusters that the caller sees whole. */
export async function scoreMoves(
  db: Client,
  permitted: Permitted,
  edition: { readonly benchmark: string; readonly edition: string },
  since: Date,
  clusterId: string | undefined,
  limit: number,
): Promise<readonly ScoreMove[]> {
  const { rows } = await sql<ScoreMove>`
    select cluster_id, at, before, after, parts from score_move
    where benchmark = ${edition.benchmark} and edition = ${edition.edition} and at >= ${since}
      and ${seenWholeCluster(permitted, 'score_move.cluster_id')}
      ${clusterId === undefined ? sql`` : sql`and cluster_id = ${clusterId}`}
    order by at desc, cluster_id limit ${limit}`.execute(db)
  return rows
}
