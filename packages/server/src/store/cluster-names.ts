// Cluster names: the names of clusters by id, for labels of what a caller was shown.

import { sql } from 'kysely'
import { clusterFactsAt } from './cluster-past.ts'
import type { Client } from './schema.ts'

/** All names, of now or of an instant. To be looked up by ids that the caller was shown, never given as a list. */
export async function clusterNames(db: Client, at?: Date): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ cluster_id: string; name: string }>`
    select cluster_id, name from ${clusterFactsAt(at)} as cluster`.execute(db)
  return new Map(rows.map(row => [row.cluster_id, row.name]))
}
