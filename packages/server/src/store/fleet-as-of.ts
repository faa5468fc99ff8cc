// Fleet as of an instant: which clusters were there then, how much of them had been read, and what they came to then.

import { type RawBuilder, sql } from 'kysely'
import { assetsAsOf, heldCounts } from './assets-as-of.ts'
import type { CollectorRow } from './collector-row.ts'
import { isWhole, type Permitted } from './permitted.ts'
import type { Client } from './schema.ts'
import { seen, seenCluster, seenColumns, seenWholeCluster } from './seen.ts'

/** An instant, and how long before it a scope must have been heard of not to be stale. */
export interface AsOf {
  readonly at: Date
  /** Milliseconds. */
  readonly staleAfter: number
  /** The one cluster that is asked about: the findings of no other are read. */
  readonly clusterId?: string
}

const staleBefore = ({ at, staleAfter }: AsOf) => new Date(at.getTime() - staleAfter)

/** The newest snapshot of each scope by the instant; its gaps are those of the one before where it does not tell. */
const newestSnapshots = (at: Date, cluster: RawBuilder<unknown> | undefined) => sql`(
  select distinct on (s.cluster_id, s.scope) s.cluster_id, s.scope, s.collected_at, s.received_at, s.collector, s.resources,
    coalesce(s.gaps, (select told.gaps from snapshot as told
      where told.cluster_id = s.cluster_id and told.scope = s.scope and told.sequence < s.sequence and told.gaps is not null
      order by told.sequence desc limit 1), '[]') as gaps
  from snapshot as s where s.received_at <= ${at} ${cluster ? sql`and s.cluster_id = ${cluster}` : sql``}
  order by s.cluster_id, s.scope, s.sequence desc)`

function foundThen(permitted: Permitted, { at, clusterId }: AsOf): RawBuilder<unknown> {
  const seenOnly = isWhole(permitted)
    ? sql``
    : sql`join finding on finding.cluster_id = held.cluster_id and finding.finding_id = held.finding_id
        and ${seen(permitted, seenColumns('finding'))}`
  return sql`select held.cluster_id, ${heldCounts},
      (count(*) filter (where held.state = 'open' and held.outcome in ('not-evaluated', 'error')))::int as not_evaluated
    from finding_state as held ${seenOnly}
    where held.valid_from <= ${at} and held.valid_to > ${at} ${clusterId === undefined ? sql`` : sql`and held.cluster_id = ${clusterId}`}
    group by held.cluster_id`
}

const resources = (permitted: Permitted, at: Date): RawBuilder<unknown> =>
  isWhole(permitted)
    ? sql`coalesce(scopes.resources, 0)`
    : sql`(select count(*)::int from asset where asset.cluster_id = own.cluster_id and asset.first_seen <= ${at} and asset.gone_at > ${at}
        and not exists (select from asset_absence as away where away.cluster_id = own.cluster_id
          and away.asset_key = asset.asset_key and away.valid_from <= ${at} and away.valid_to > ${at})
        and ${seen(permitted, seenColumns('asset'))})`

/** As `seenCluster`: who sees parts of clusters sees those that had held something of theirs by then. */
const seenThen = (permitted: Permitted, at: Date): RawBuilder<unknown> =>
  isWhole(permitted)
    ? seenCluster(permitted, 'own.cluster_id')
    : sql`(${seenWholeCluster(permitted, 'own.cluster_id')} or exists (select from asset where asset.cluster_id = own.cluster_id
        and asset.first_seen <= ${at} and ${seen(permitted, seenColumns('asset'))}))`

/**
 * Clusters that were there at an instant and of which the caller may see a part, called `cluster`, with what was known of them then. When
 * they had been assessed is not kept.
 */
export const clustersAsOf = (permitted: Permitted, asOf: AsOf): RawBuilder<unknown> => sql`(
  select own.cluster_id, told.name, told.account, told.provider, told.region, told.distribution, told.kubernetes_version,
    told.environment, told.labels, own.is_sample, own.words, own.created_at, own.revision, own.scan_asked_at, scopes.seen_at, null::timestamptz as assessed_at,
    '[]'::jsonb as editions,
    case when scopes.seen_at is null then 'waiting' when scopes.stale > 0 then 'stale' when scopes.partial > 0 then 'partial'
      else 'complete' end as status,
    ${resources(permitted, asOf.at)} as resources,
    coalesce(found.critical + found.high + found.medium + found.low, 0) as failed, coalesce(found.critical, 0) as critical,
    coalesce(found.high, 0) as high, coalesce(found.medium, 0) as medium, coalesce(found.low, 0) as low,
    coalesce(found.excepted, 0) as excepted, coalesce(found.not_evaluated, 0) as not_evaluated
  from cluster as own
  join cluster_state as told on told.cluster_id = own.cluster_id and told.valid_from <= ${asOf.at} and told.valid_to > ${asOf.at}
  left join lateral (
    select max(newest.received_at) as seen_at, sum(newest.resources)::int as resources,
      count(*) filter (where newest.received_at < ${staleBefore(asOf)}) as stale,
      count(*) filter (where newest.gaps <> '[]') as partial
    from ${newestSnapshots(asOf.at, sql`own.cluster_id`)} as newest
  ) as scopes on true
  left join (${foundThen(permitted, asOf)}) as found on found.cluster_id = own.cluster_id
  where own.created_at <= ${asOf.at} and (own.removed_at is null or own.removed_at > ${asOf.at})
    and not exists (select from cluster_absence as away where away.cluster_id = own.cluster_id
      and away.valid_from <= ${asOf.at} and away.valid_to > ${asOf.at})
    and ${seenThen(permitted, asOf.at)}
) as cluster`

/** What the collectors of a cluster, or of all of which the caller may see a part, had last said by the instant. */
export async function collectorsAsOf(
  db: Client,
  permitted: Permitted,
  clusterId: string | undefined,
  asOf: AsOf,
): Promise<readonly CollectorRow[]> {
  const stale = `${asOf.staleAfter} milliseconds`
  const { rows } = await sql<CollectorRow>`
    select newest.*, null::jsonb as facts, case when newest.received_at < ${staleBefore(asOf)} then newest.received_at + ${stale}::interval end as stale_since
    from ${newestSnapshots(asOf.at, clusterId === undefined ? undefined : sql`${clusterId}`)} as newest
    where ${seenCluster(permitted, 'newest.cluster_id')} order by newest.cluster_id, newest.scope`.execute(db)
  return rows
}

/** The kinds of resources that a cluster held at the instant, with how many of them failed something. */
export async function componentsAsOf(
  db: Client,
  permitted: Permitted,
  clusterId: string,
  at: Date,
): Promise<readonly { readonly kind: string; readonly resources: number; readonly failing: number }[]> {
  const { rows } = await sql<{ kind: string; resources: number; failing: number }>`
    select kind, count(*)::int as resources, (count(*) filter (where critical + high + medium + low > 0))::int as failing
    from ${assetsAsOf(at)} where cluster_id = ${clusterId} and gone_at = 'infinity' and ${seen(permitted, seenColumns('asset'))}
    group by kind order by kind`.execute(db)
  return rows
}
