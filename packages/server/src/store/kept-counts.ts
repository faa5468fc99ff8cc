// Kept counts: the statements that read the counts of findings kept for each cluster, and which of them changed since.

import { sql } from 'kysely'
import type { Permitted } from './permitted.ts'
import type { Client } from './schema.ts'
import { seenCluster } from './seen.ts'

/** The fields of many values that findings are kept counted by, each with state, outcome and severity. */
export const countFields = ['rule', 'kind', 'namespace'] as const
export type CountField = (typeof countFields)[number]

/** `[value, state, outcome, severity, count]` */
export type KeptCount = readonly [
  value: string,
  state: string,
  outcome: string,
  severity: number,
  count: number,
]

export interface CountStamp {
  readonly cluster_id: string
  /** Another one with each change of the cluster's counts. */
  readonly stamp: string
}

/** The stamps of the clusters that the caller sees; their counts are of whole clusters, so only for who sees these whole. */
export async function countStamps(db: Client, permitted: Permitted): Promise<readonly CountStamp[]> {
  const { rows } = await sql<CountStamp>`
    select cluster_id, stamp from finding_count_stamp where ${seenCluster(permitted, 'finding_count_stamp.cluster_id')}`.execute(
    db,
  )
  return rows
}

/** The counts of clusters by a field, to be kept for all callers: whom to show them to, their stamps tell. */
export async function countsOfClusters(
  db: Client,
  field: CountField,
  clusterIds: readonly string[],
): Promise<ReadonlyMap<string, readonly KeptCount[]>> {
  const { rows } = await sql<{ cluster_id: string; counts: readonly KeptCount[] }>`
    select cluster_id, json_agg(json_build_array(${sql.ref(field)}, state, outcome, severity, count)) as counts
    from ${sql.table(`finding_${field}_count`)} where cluster_id = any(${[...clusterIds]}::text[])
    group by cluster_id`.execute(db)
  return new Map(rows.map(row => [row.cluster_id, row.counts]))
}
