// Distribution: spreads the large tables over the workers of a Citus database by cluster; no statement changes for it.

import type pg from 'pg'
import { DatabaseError } from './database-error.ts'

/** Tables that grow with clusters: spread by cluster_id, all of one cluster's rows on one worker. */
export const distributedTables = [
  'assessment',
  'asset',
  'asset_absence',
  'attestation',
  'collector_scope',
  'finding',
  'finding_count_stamp',
  'finding_interval',
  'finding_kind_count',
  'finding_namespace_count',
  'finding_note',
  'finding_rule_count',
  'object_body',
  'object_pack',
  'resource_version',
  'root_count',
  'rule_count',
  'score',
  'score_move',
  'snapshot',
  'tally',
  'upload',
  'upload_item',
] as const

/** Small tables that statements join with spread ones: the same on every worker. All others stay on the coordinator. */
export const referenceTables = ['cluster', 'cluster_absence', 'cluster_past'] as const

export interface Distribution {
  readonly workers: number
  /** What was done now; tables that were spread before are not named. */
  readonly spread: readonly string[]
  readonly copied: readonly string[]
}

/**
 * Spreads the tables; what is spread already stays, so it may be run again after a new version brought new tables. Throws `DatabaseError`
 * where the database has no Citus extension. Rows that are there are moved; the server may run, and waits meanwhile.
 */
export async function distribute(pool: pg.Pool): Promise<Distribution> {
  const extension = await pool.query(`select 1 from pg_extension where extname = 'citus'`)
  if (extension.rowCount === 0)
    throw new DatabaseError(
      'no-citus',
      'the database has no extension citus: run "create extension citus" on the coordinator and add its workers first',
    )
  const { rows } = await pool.query<{ name: string }>(`select table_name::text as name from citus_tables`)
  const known = new Set(rows.map(({ name }) => name))
  const workers = await pool.query<{ count: string }>(
    `select count(*) from pg_dist_node where shouldhaveshards and isactive`,
  )
  const copied: string[] = []
  for (const table of referenceTables) {
    if (known.has(table)) continue
    await pool.query(`select create_reference_table($1::text)`, [table])
    copied.push(table)
  }
  const spread: string[] = []
  const [first, ...others] = distributedTables
  for (const table of distributedTables) {
    if (known.has(table)) continue
    if (table === first && !others.some(other => known.has(other)))
      await pool.query(`select create_distributed_table($1::text, 'cluster_id')`, [table])
    else
      await pool.query(`select create_distributed_table($1::text, 'cluster_id', colocate_with => $2)`, [
        table,
        table === first ? others.find(other => known.has(other)) : first,
      ])
    spread.push(table)
  }
  return { workers: Number(workers.rows[0]?.count ?? 0), spread, copied }
}
