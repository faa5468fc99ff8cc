// Posture: what controls and scores came to, of the scopes that a caller may see, now or as of an instant.

import type { PackedControl } from '@plimsoll/core'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Permitted } from './permitted.ts'
import type { Client } from './schema.ts'
import { seen, seenWholeCluster } from './seen.ts'

export interface EditionId {
  readonly benchmark: string
  readonly edition: string
}

export interface ScopeTally {
  readonly cluster_id: string
  readonly scope_key: string
  readonly counts: readonly PackedControl[]
}

const heldAt = (at: Date | undefined) =>
  at === undefined
    ? sql`posture.valid_to = 'infinity'`
    : sql`posture.valid_from <= ${at} and posture.valid_to > ${at}`

const columns = {
  cluster: 'posture.cluster_id',
  namespace: 'posture.namespace',
  labels: 'posture.labels',
  kind: 'posture.kind',
  name: 'posture.name',
}

/**
 * Scopes that share no subject and cover what the caller sees: a cluster where it is seen whole, else those of its namespaces that are.
 * What is seen by labels only has no scope of its own, so it has no score. `instant`: as for `seenWholeCluster`.
 */
export function visibleScopes(permitted: Permitted, instant?: string): RawBuilder<SqlBool> {
  const whole = seenWholeCluster(permitted, 'posture.cluster_id', instant)
  if (permitted.all) return sql<SqlBool>`posture.scope_key = ''`
  const namespaces: Permitted = {
    ...permitted,
    terms: permitted.terms.filter(term => term.labels === undefined && term.namespaces),
  }
  return sql<SqlBool>`((posture.scope_key = '' and ${whole})
    or (posture.scope_key like 'namespace/%' and (${whole}) is not true and ${seen(namespaces, columns, instant)}))`
}

/** The tallies, called `posture`. */
export const talliesCalled = (permitted: Permitted): RawBuilder<unknown> =>
  permitted.all
    ? sql`tally as posture`
    : sql`(select tally.*, substr(scope_key, 11) as namespace, '{}'::jsonb as labels, '' as kind, '' as name from tally) as posture`

const ofCluster = (clusterId: string | undefined) =>
  clusterId === undefined ? sql`` : sql`and posture.cluster_id = ${clusterId}`

/** What an edition's controls came to in each visible scope. */
export async function visibleTallies(
  db: Client,
  permitted: Permitted,
  { benchmark, edition }: EditionId,
  at: Date | undefined,
  clusterId?: string,
): Promise<readonly ScopeTally[]> {
  const { rows } = await sql<ScopeTally>`
    select posture.cluster_id, posture.scope_key, posture.counts from ${talliesCalled(permitted)}
    where posture.benchmark = ${benchmark} and posture.edition = ${edition} and ${heldAt(at)}
      and ${visibleScopes(permitted)} ${ofCluster(clusterId)}
    order by posture.cluster_id, posture.scope_key`.execute(db)
  return rows
}

export interface EditionStamp extends EditionId {
  readonly clusters: number
  /** Another text where any of its tallies is another. */
  readonly stamp: string
}

/** The editions that visible scopes were judged by, those of most clusters first. */
export async function visibleEditions(
  db: Client,
  permitted: Permitted,
  at: Date | undefined,
  clusterId?: string,
): Promise<readonly EditionStamp[]> {
  const { rows } = await sql<EditionStamp>`
    select posture.benchmark, posture.edition, count(distinct posture.cluster_id)::int as clusters,
      count(*) || '/' || max(posture.valid_from)::text as stamp
    from ${talliesCalled(permitted)} where ${heldAt(at)} and ${visibleScopes(permitted)} ${ofCluster(clusterId)}
    group by posture.benchmark, posture.edition order by clusters desc, 1, 2`.execute(db)
  return rows
}

export interface ClusterScore {
  readonly cluster_id: string
  readonly benchmark: string
  readonly edition: string
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly evaluated: number
  readonly not_evaluated: number
}

/** The scores of clusters that the caller sees whole, under one edition or all. */
export async function clusterScores(
  db: Client,
  permitted: Permitted,
  at: Date | undefined,
  of: { readonly edition?: EditionId; readonly clusterIds?: readonly string[] },
): Promise<readonly ClusterScore[]> {
  const { edition, clusterIds } = of
  const { rows } = await sql<ClusterScore>`
    select posture.cluster_id, posture.benchmark, posture.edition, posture.value, posture.low, posture.high, posture.evaluated,
      posture.not_evaluated
    from score as posture
    where posture.scope_key = '' and posture.section = '' and ${heldAt(at)} and ${seenWholeCluster(permitted, 'posture.cluster_id')}
      ${edition ? sql`and posture.benchmark = ${edition.benchmark} and posture.edition = ${edition.edition}` : sql``}
      ${clusterIds ? sql`and posture.cluster_id = any(${[...clusterIds]}::text[])` : sql``}
    order by posture.cluster_id, posture.benchmark, posture.edition`.execute(db)
  return rows
}
