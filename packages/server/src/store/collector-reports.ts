// Collector reports: the statements of what collectors that run on and on say of themselves, and of scans that they are asked for.

import { sql } from 'kysely'
import type { Client } from './schema.ts'

/** Notes how the collector of a scope stands, beside its name and version. Before its first snapshot there is nowhere to note it. */
export async function noteReport(
  db: Client,
  clusterId: string,
  scope: string,
  report: Readonly<Record<string, unknown>>,
): Promise<void> {
  await sql`update collector_scope set collector = ${JSON.stringify(report)}::jsonb
    where cluster_id = ${clusterId} and scope = ${scope}`.execute(db)
}

export interface AskedScan {
  readonly clusterId: string
  readonly askedAt: Date
  /** Whether its API was seen since. */
  readonly isAnswered: boolean
}

/** The newest scan that was asked for, of each of these clusters that has one. */
export async function askedScans(db: Client, clusterIds: readonly string[]): Promise<readonly AskedScan[]> {
  const { rows } = await sql<AskedScan>`
    select cluster.cluster_id as "clusterId", scan_asked_at as "askedAt",
      coalesce((select received_at > scan_asked_at from collector_scope as own
        where own.cluster_id = cluster.cluster_id and own.scope = 'api'), false) as "isAnswered"
    from cluster where cluster.cluster_id = any(${clusterIds}) and scan_asked_at is not null`.execute(db)
  return rows
}
