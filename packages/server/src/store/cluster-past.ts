// Cluster past: the statements by which what is known of a cluster changes, and what was known before is kept with the time in which it held.

import { canonicalJson } from '@plimsoll/core'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import { factColumns, type KnownFacts } from './cluster-facts.ts'
import type { ClusterWords } from './cluster-words.ts'
import type { LockedCluster } from './clusters.ts'
import type { Client, Schema } from './schema.ts'

/** Makes the facts those of a locked cluster from the instant of its change on; true where any of them is another than before. */
export async function changeFacts(
  trx: Transaction<Schema>,
  { row, revision, instant }: LockedCluster,
  next: KnownFacts,
  words: ClusterWords,
): Promise<boolean> {
  const isSame = factColumns.every(column => canonicalJson(row[column]) === canonicalJson(next[column]))
  if (isSame && canonicalJson(words) === canonicalJson(row.words)) return false
  // Of a cluster that nothing came of yet nobody was told anything.
  const isTold = !isSame && revision > 0
  const columns = sql.join(factColumns.map(column => sql.ref(column)))
  if (isTold)
    await sql`insert into cluster_past (cluster_id, valid_from, valid_to, ${columns})
      select cluster_id, facts_since, ${instant}, ${columns} from cluster where cluster_id = ${row.cluster_id}`.execute(
      trx,
    )
  await trx
    .updateTable('cluster')
    .set({ ...next, labels: JSON.stringify(next.labels), words: JSON.stringify(words) })
    .$if(isTold, query => query.set({ facts_since: instant }))
    .where('cluster_id', '=', row.cluster_id)
    .execute()
  return !isSame
}

/** Deletes what was known of a cluster until the instant: of so long ago nobody can ask. */
export async function deleteOldFacts(db: Client, clusterId: string, before: Date): Promise<void> {
  await db
    .deleteFrom('cluster_past')
    .where('cluster_id', '=', clusterId)
    .where('valid_to', '<', before)
    .execute()
}

/** What is known of clusters, or was at an instant; to be called `cluster`. Each is there, whether it was then or not. */
export const clusterFactsAt = (at: Date | undefined): RawBuilder<unknown> =>
  at === undefined
    ? sql`cluster`
    : sql`(select * from cluster_state where valid_from <= ${at} and valid_to > ${at})`
