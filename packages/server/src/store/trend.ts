// Trend: the tallies that held at any of some instants, each once, of the scopes that a caller may see.

import type { PackedControl } from '@plimsoll/core'
import { sql } from 'kysely'
import type { Permitted } from './permitted.ts'
import { type EditionId, talliesCalled, visibleScopes } from './posture.ts'
import type { Client } from './schema.ts'

export interface TallySpan {
  readonly cluster_id: string
  readonly counts: readonly PackedControl[]
  /** The places of the instants at which it held. */
  readonly held: readonly number[]
}

/** Scopes that share no subject, as `visibleTallies` gives them for one instant. */
export async function talliesThrough(
  db: Client,
  permitted: Permitted,
  { benchmark, edition }: EditionId,
  instants: readonly Date[],
  clusterId?: string,
): Promise<readonly TallySpan[]> {
  if (instants.length === 0) return []
  // What is asked of clusters may be so at one instant and not at another.
  const moves = !permitted.all && permitted.terms.some(one => one.accounts ?? one.clusterLabels)
  const { rows } = await sql<TallySpan>`
    select posture.cluster_id, posture.counts, held.places as held
    from ${talliesCalled(permitted)}
    cross join lateral (
      select array_agg((t.place - 1)::int order by t.place) as places
      from unnest(${instants.map(one => one.toISOString())}::timestamptz[]) with ordinality as t(at, place)
      where posture.valid_from <= t.at and posture.valid_to > t.at ${moves ? sql`and ${visibleScopes(permitted, 't.at')}` : sql``}
    ) as held
    where posture.benchmark = ${benchmark} and posture.edition = ${edition} and held.places is not null
      and posture.valid_to > ${new Date(Math.min(...instants.map(Number)))}
      ${moves ? sql`` : sql`and ${visibleScopes(permitted)}`} ${clusterId === undefined ? sql`` : sql`and posture.cluster_id = ${clusterId}`}`.execute(
    db,
  )
  return rows
}

/**
 * Another text where any cluster is in another account or environment, or has other labels, since what callers may see may be another from
 * then on; and where a sample's past, which is written afterwards, is another.
 */
export async function sightStamp(db: Client): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select md5(coalesce(string_agg(jsonb_build_array(cluster_id, account, environment, labels, case when is_sample then revision end)::text, ' ' order by cluster_id), '')) as stamp
    from cluster`.execute(db)
  return rows[0]?.stamp ?? ''
}
