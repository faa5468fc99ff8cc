// Absences: when assets and clusters were away, of those that came back.

import { sql } from 'kysely'
import type { Client } from './schema.ts'

/** Notes of assets that were gone and are here again at `at` since when they were away. Call it before they are kept as being here. */
export async function noteReturned(
  db: Client,
  clusterId: string,
  keys: readonly string[],
  at: string,
): Promise<void> {
  if (keys.length === 0) return
  await sql`insert into asset_absence (cluster_id, asset_key, valid_from, valid_to)
    select cluster_id, asset_key, gone_at, ${at} from asset
    where cluster_id = ${clusterId} and asset_key = any(${keys}) and gone_at < 'infinity'`.execute(db)
}

/** Notes of a cluster that was removed and speaks again at `at` since when it was away. Call it before it is called back. */
export async function noteClusterReturned(db: Client, clusterId: string, at: string): Promise<void> {
  await sql`insert into cluster_absence (cluster_id, valid_from, valid_to)
    select cluster_id, removed_at, ${at} from cluster
    where cluster_id = ${clusterId} and removed_at is not null`.execute(db)
}

/** Deletes absences that ended before the instant: of so long ago nobody can ask. */
export async function deleteOldAbsences(db: Client, clusterId: string, before: Date): Promise<void> {
  await db
    .deleteFrom('asset_absence')
    .where('cluster_id', '=', clusterId)
    .where('valid_to', '<', before)
    .execute()
}
