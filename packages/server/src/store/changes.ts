// Changes: the statements by which a server learns what was assessed since it last looked, by whichever replica.

import { sql } from 'kysely'
import type { Permitted } from './permitted.ts'
import type { Client } from './schema.ts'
import { seenCluster } from './seen.ts'

export interface AssessedCluster {
  readonly clusterId: string
  readonly revision: number
  readonly assessedAt: Date
  /** The transaction's own mark of the row: another one for each assessment, whatever the clock says. */
  readonly mark: string
}

/** All newest assessments, by cluster. Few and small: one row for each cluster. */
export async function assessedClusters(client: Client): Promise<AssessedCluster[]> {
  const { rows } = await sql<{ cluster_id: string; revision: string; assessed_at: Date; mark: string }>`
    select cluster_id, revision, assessed_at,
      to_char(assessed_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || '.' || revision as mark
    from assessment`.execute(client)
  return rows.map(row => ({
    clusterId: row.cluster_id,
    revision: Number(row.revision),
    assessedAt: row.assessed_at,
    mark: row.mark,
  }))
}

/** Those of the clusters of which the caller sees any part. */
export async function seenOf(
  client: Client,
  permitted: Permitted,
  clusters: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await client
    .selectFrom('cluster')
    .select('cluster_id')
    .where('cluster_id', 'in', [...clusters])
    .where(seenCluster(permitted, 'cluster.cluster_id'))
    .execute()
  return new Set(rows.map(({ cluster_id }) => cluster_id))
}
