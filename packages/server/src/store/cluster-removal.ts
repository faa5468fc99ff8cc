// Cluster removal: the statements by which a cluster leaves what is current, and stays in the past.

import { sql, type Transaction } from 'kysely'
import type { KnownFinding } from './finding-writes.ts'
import type { Schema } from './schema.ts'

/** Findings of a cluster that are not resolved, so many at a time: the first by id after `after`. */
export async function unresolvedFindings(
  trx: Transaction<Schema>,
  clusterId: string,
  after: string,
  most: number,
): Promise<readonly KnownFinding[]> {
  const { rows } = await sql<KnownFinding>`
    select finding_id, rule, asset_key, parameters, severity, outcome, state, reason, evidence_digest, exception_id, root_key
    from finding where cluster_id = ${clusterId} and finding_id > ${after} and state <> 'resolved'
    order by finding_id limit ${most}`.execute(trx)
  return rows
}

/** Takes a cluster's assets, tallies and scores out of what is current from an instant on, and forgets what it was last judged by. */
export async function endCluster(trx: Transaction<Schema>, clusterId: string, at: string): Promise<void> {
  const own = sql`cluster_id = ${clusterId}`
  await sql`update asset set gone_at = ${at}, critical = 0, high = 0, medium = 0, low = 0, excepted = 0, not_evaluated = 0
    where ${own} and gone_at = 'infinity'`.execute(trx)
  for (const table of ['tally', 'score'])
    await sql`update ${sql.table(table)} set valid_to = ${at} where ${own} and valid_to = 'infinity'`.execute(
      trx,
    )
  await sql`delete from rule_count where ${own}`.execute(trx)
  // By no basis that there is: when it comes back all of it is judged anew, whoever remembers what.
  await sql`update assessment set basis = '', assessed_at = ${at}, gaps = '[]', counts = '{}', stale_since = null where ${own}`.execute(
    trx,
  )
  await sql`update cluster set removed_at = ${at}, revised_at = ${at}, scan_asked_at = null, scan_asked_by = null where ${own}`.execute(
    trx,
  )
}

/** Revokes every enrolment of a cluster that still holds; gives their names. */
export async function revokeEnrolmentsOf(
  trx: Transaction<Schema>,
  clusterId: string,
  at: Date,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return await trx
    .updateTable('enrolment')
    .set({ revoked_at: at })
    .where('cluster_id', '=', clusterId)
    .where('revoked_at', 'is', null)
    .returning(['enrolment_id as id', 'name'])
    .execute()
}

/** Notes that a person asks for a scan of a cluster now. */
export async function noteScanAsked(
  trx: Transaction<Schema>,
  clusterId: string,
  by: string,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('cluster')
    .set({ scan_asked_at: at, scan_asked_by: by })
    .where('cluster_id', '=', clusterId)
    .execute()
}

/** True where a collector of the cluster may still send. */
export async function hasCollector(trx: Transaction<Schema>, clusterId: string): Promise<boolean> {
  const found = await trx
    .selectFrom('enrolment')
    .select('enrolment_id')
    .where('cluster_id', '=', clusterId)
    .where('revoked_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
