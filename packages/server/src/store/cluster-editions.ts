// Cluster editions: which editions of benchmarks clusters are judged by now.

import { sql } from 'kysely'
import type { Permitted } from './permitted.ts'
import type { Client } from './schema.ts'
import { seenCluster } from './seen.ts'

/** `[benchmark, edition]` of each, by the ids of the clusters of which the caller may see a part; one that was never judged is not there. */
export async function clusterEditions(
  db: Client,
  permitted: Permitted,
): Promise<ReadonlyMap<string, readonly (readonly [string, string])[]>> {
  const { rows } = await sql<{ cluster_id: string; editions: [string, string][] }>`
    select assessment.cluster_id, assessment.editions from assessment
    where ${seenCluster(permitted, 'assessment.cluster_id')}`.execute(db)
  return new Map(rows.map(row => [row.cluster_id, row.editions]))
}
