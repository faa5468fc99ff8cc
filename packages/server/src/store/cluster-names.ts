// Cluster names: the names of clusters by id, for labels of what a caller was shown.

import type { Client } from './schema.ts'

/** All names. To be looked up by ids that the caller was shown, never given as a list. */
export async function clusterNames(db: Client): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('cluster').select(['cluster_id', 'name']).execute()
  return new Map(rows.map(row => [row.cluster_id, row.name]))
}
