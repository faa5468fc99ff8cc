// Cluster purge: the statements by which a cluster that was removed long ago goes from the store, a batch at a time.

import { sql, type Transaction } from 'kysely'
import type { Client, Schema } from './schema.ts'

interface Purged {
  readonly table: string
  /** What tells its rows apart, beside the cluster. */
  readonly keys: readonly string[]
}

/** All that is kept of a cluster by its name, but for rollups: what depends on something goes before it. */
export const purgedTables: readonly Purged[] = [
  { table: 'finding_note', keys: ['note_id'] },
  { table: 'finding_interval', keys: ['finding_id', 'valid_from'] },
  { table: 'finding', keys: ['finding_id'] },
  { table: 'finding_rule_count', keys: ['rule', 'state', 'outcome', 'severity'] },
  { table: 'finding_kind_count', keys: ['kind', 'state', 'outcome', 'severity'] },
  { table: 'finding_namespace_count', keys: ['namespace', 'state', 'outcome', 'severity'] },
  { table: 'finding_count_stamp', keys: ['cluster_id'] },
  { table: 'root_count', keys: ['root_key'] },
  { table: 'rule_count', keys: ['namespace', 'rule'] },
  { table: 'asset_absence', keys: ['asset_key', 'valid_from'] },
  { table: 'asset', keys: ['asset_key'] },
  { table: 'assessment', keys: ['cluster_id'] },
  { table: 'resource_version', keys: ['resource_key', 'valid_from'] },
  { table: 'snapshot', keys: ['scope', 'sequence'] },
  { table: 'collector_scope', keys: ['scope'] },
]

/** Objects: what came of late may be of a snapshot whose commit waits, by which the cluster comes back. */
export const purgedObjects: readonly Purged[] = [
  { table: 'object_body', keys: ['hash'] },
  { table: 'object_pack', keys: ['pack_id'] },
]

/** What the fleet's past is added up from, and people's words on it: it goes with the cluster's row, by the age of rollups. */
export const keptRollups = ['tally', 'score', 'score_move', 'attestation'] as const

/** Small tables of clusters, which go with the cluster's row. */
const ofTheRow = ['cluster_absence', 'cluster_past'] as const

/** Deletes at most so many rows of a removed cluster; gives how many went: fewer than that only where nothing is left. */
export async function purgeRows(
  trx: Transaction<Schema>,
  clusterId: string,
  objectsBefore: Date,
  most: number,
): Promise<number> {
  let gone = 0
  for (const { table, keys } of [...purgedTables, ...purgedObjects]) {
    const columns = sql.join(keys.map(key => sql.ref(key)))
    const isObject = purgedObjects.some(one => one.table === table)
    const old = isObject ? sql`and stored_at < ${objectsBefore}` : sql``
    const { numAffectedRows = 0n } = await sql`
      delete from ${sql.table(table)} where cluster_id = ${clusterId} and (${columns}) in (
        select ${columns} from ${sql.table(table)} where cluster_id = ${clusterId} ${old} limit ${most - gone})`.execute(
      trx,
    )
    gone += Number(numAffectedRows)
    if (gone >= most) break
  }
  return gone
}

/** Deletes enrolments of a cluster that were revoked before the instant. */
export async function deleteRevokedEnrolments(db: Client, clusterId: string, before: Date): Promise<void> {
  await db
    .deleteFrom('enrolment')
    .where('cluster_id', '=', clusterId)
    .where('revoked_at', '<', before)
    .execute()
}

/** Deletes the last that tells of a removed cluster: its row, what it was called, and whatever rollups are left. */
export async function deleteClusterRow(trx: Transaction<Schema>, clusterId: string): Promise<void> {
  for (const table of [...keptRollups, ...ofTheRow, 'cluster'])
    await sql`delete from ${sql.table(table)} where cluster_id = ${clusterId}`.execute(trx)
}
