// Sample: whether the bundled sample fleet is what is shown, how far it is, and taking it away with all that there is of it.

import { sql, type Transaction } from 'kysely'
import type { Client, Schema } from './schema.ts'

/** True where any cluster of the sample is there. It tells nothing of what a caller may not see, so it asks for no permission. */
export async function hasSample(db: Client): Promise<boolean> {
  const found = await db
    .selectFrom('cluster')
    .select('cluster_id')
    .where('is_sample', '=', true)
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Says of a cluster that it is a sample. */
export async function markSample(db: Client, clusterId: string): Promise<void> {
  await db.updateTable('cluster').set({ is_sample: true }).where('cluster_id', '=', clusterId).execute()
}

export interface SampleProgress {
  readonly state: 'absent' | 'loading' | 'interrupted' | 'shown' | 'removed'
  readonly snapshots: number
  readonly done: number
}

/** How far it is; `interrupted` where whoever loaded it has not been heard of for a lease. */
export async function sampleProgress(db: Client): Promise<SampleProgress> {
  const { rows } = await sql<SampleProgress>`
    select case when state = 'loading' and leased_until < clock_timestamp() then 'interrupted' else state end as state, snapshots, done
    from sample_fleet`.execute(db)
  return rows[0] ?? { state: 'absent', snapshots: 0, done: 0 }
}

const until = (lease: number) => sql`clock_timestamp() + ${lease} * interval '1 millisecond'`

/**
 * Takes the loading of the sample up for `lease` milliseconds; true where it was nobody's: it is not there, or its loading was broken off,
 * or it was taken away and `again` asks for it.
 */
export async function claimSample(
  db: Client,
  holder: string,
  {
    lease,
    snapshots,
    again,
  }: { readonly lease: number; readonly snapshots: number; readonly again: boolean },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into sample_fleet (state, lease, leased_until, snapshots, done)
    values ('loading', ${holder}, ${until(lease)}, ${snapshots}, 0)
    on conflict (only_row) do update set state = excluded.state, lease = excluded.lease, leased_until = excluded.leased_until,
      snapshots = excluded.snapshots, done = 0
    where (sample_fleet.state = 'loading' and sample_fleet.leased_until < clock_timestamp())
      or (sample_fleet.state = 'removed' and ${again})`.execute(db)
  return numAffectedRows === 1n
}

/** Notes how many snapshots are there, and that the holder is alive; false where the loading is another's by now. */
export async function noteSampleProgress(
  db: Client,
  holder: string,
  lease: number,
  done: number,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update sample_fleet set done = ${done}, leased_until = ${until(lease)}
    where lease = ${holder} and state = 'loading'`.execute(db)
  return numAffectedRows === 1n
}

/** The holder gives the loading up: the next to come begins anew. */
export async function releaseSample(db: Client, holder: string): Promise<void> {
  await sql`update sample_fleet set leased_until = clock_timestamp() - interval '1 millisecond'
    where lease = ${holder} and state = 'loading'`.execute(db)
}

/** The sample is there as a whole; false where the loading is another's by now. */
export async function finishSample(trx: Transaction<Schema>, holder: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update sample_fleet set state = 'shown', done = snapshots where lease = ${holder} and state = 'loading'`.execute(
    trx,
  )
  return numAffectedRows === 1n
}

/** Notes that a person took it away, so that no start puts it there again by itself; false while it is being loaded. */
export async function noteSampleRemoved(trx: Transaction<Schema>): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update sample_fleet set state = 'removed', done = 0
    where state <> 'loading' or leased_until < clock_timestamp()`.execute(trx)
  return numAffectedRows === 1n
}

export const sampleClusters = (trx: Transaction<Schema>): Promise<{ cluster_id: string; name: string }[]> =>
  trx
    .selectFrom('cluster')
    .select(['cluster_id', 'name'])
    .where('is_sample', '=', true)
    .orderBy('name')
    .execute()

/**
 * Deletes clusters and all that is kept of them in the tables given, those that speak of one cluster; with the enrolments that `creator`
 * made for them, and exceptions of the server's own.
 */
export async function purgeClusters(
  trx: Transaction<Schema>,
  ids: readonly string[],
  {
    tables,
    creator,
    exceptions,
  }: {
    readonly tables: readonly string[]
    readonly creator: string
    readonly exceptions: readonly string[]
  },
): Promise<void> {
  // Waits for whoever writes of them: what is written after would stay behind.
  for (const id of [...ids].sort())
    await sql`select from cluster where cluster_id = ${id} for update`.execute(trx)
  for (const id of ids)
    for (const table of tables)
      await sql`delete from ${sql.table(table)} where cluster_id = ${id}`.execute(trx)
  await trx.deleteFrom('enrolment').where('created_by', '=', creator).execute()
  if (ids.length > 0)
    await trx
      .deleteFrom('cluster')
      .where('cluster_id', 'in', [...ids])
      .execute()
  if (exceptions.length > 0)
    await trx
      .deleteFrom('exception')
      .where('exception_id', 'in', [...exceptions])
      .where('requested_by', '=', 'system')
      .execute()
}
