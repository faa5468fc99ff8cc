// Snapshots: the statements that take a snapshot over into the versions of resources, all of it in one transaction.

import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Client, Schema } from './schema.ts'

/** A snapshot about to be taken over. `named` are rows (resource_key, hash): see namedByUpload and namedByList. */
export interface Incoming {
  readonly clusterId: string
  readonly scope: string
  readonly isDelta: boolean
  readonly named: RawBuilder<unknown>
}

export interface Obstacles {
  /** How many of the objects named are not in the store. */
  readonly lacking: number
  /** Some keys that are named with the content of another resource. */
  readonly misnamed: readonly string[]
  /** Some keys that another scope of the cluster reports already, as `<key> (<scope>)`. */
  readonly foreign: readonly string[]
}

/**
 * Prepares the transaction for statements over many rows, or for ordinary ones again. The planner knows nothing yet of rows that came a moment ago, takes them for
 * a handful, and would compare each with each.
 */
export async function expectMany(trx: Transaction<Schema>, isMany: boolean): Promise<void> {
  await (isMany ? sql`set local enable_nestloop = off` : sql`set local enable_nestloop = on`).execute(trx)
}

/** What keeps a snapshot from being taken over. */
export async function obstaclesTo(
  trx: Transaction<Schema>,
  { clusterId, scope, named }: Incoming,
): Promise<Obstacles> {
  const bodies = await sql<{ lacking: number; misnamed: string[] | null }>`
    select count(*) filter (where b.hash is null)::int as lacking,
      (array_agg(i.resource_key) filter (where b.resource_key <> i.resource_key))[1:3] as misnamed
    from ${named} i
    left join object_body b on b.cluster_id = ${clusterId} and b.hash = i.hash
    where i.hash is not null`.execute(trx)
  const foreign = await sql<{ key: string }>`
    select v.resource_key || ' (' || v.scope || ')' as key from ${named} i
    join resource_version v
      on v.cluster_id = ${clusterId} and v.resource_key = i.resource_key and v.valid_to = 'infinity'
    where v.scope <> ${scope} limit 3`.execute(trx)
  return {
    lacking: bodies.rows[0]?.lacking ?? 0,
    misnamed: bodies.rows[0]?.misnamed ?? [],
    foreign: foreign.rows.map(row => row.key),
  }
}

export interface Moved {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

/**
 * After many rows came at once: lets the planner know, who else would hear of it in a minute, and until then search for one resource
 * among all of a cluster.
 */
export async function noteGrowth(db: Client): Promise<void> {
  await sql`analyze resource_version`.execute(db)
  await sql`analyze object_body`.execute(db)
}

/** Ends the versions that a snapshot contradicts and begins those that it brings, at an instant. */
export async function takeOver(
  trx: Transaction<Schema>,
  incoming: Incoming,
  revision: number,
  instant: string,
): Promise<Moved> {
  const { clusterId, scope, isDelta, named } = incoming
  const ended = isDelta
    ? await sql`
      update resource_version v set valid_to = ${instant}, ended_revision = ${revision}
      from ${named} i
      where v.cluster_id = ${clusterId} and v.valid_to = 'infinity' and v.resource_key = i.resource_key
        and i.hash is distinct from v.hash`.execute(trx)
    : await sql`
      update resource_version v set valid_to = ${instant}, ended_revision = ${revision}
      where v.cluster_id = ${clusterId} and v.scope = ${scope} and v.valid_to = 'infinity'
        and not exists (select from ${named} i where i.resource_key = v.resource_key and i.hash = v.hash)`.execute(
        trx,
      )
  const begun = await sql`
    insert into resource_version
      (cluster_id, resource_key, valid_from, scope, hash, api_version, kind, namespace, name, revision)
    select ${clusterId}, i.resource_key, ${instant}::timestamptz, ${scope}, i.hash, b.api_version, b.kind,
      split_part(i.resource_key, '/', 2), split_part(i.resource_key, '/', 3), ${revision}::bigint
    from ${named} i
    join object_body b on b.cluster_id = ${clusterId} and b.hash = i.hash
    where not exists (
      select from resource_version v
      where v.cluster_id = ${clusterId} and v.resource_key = i.resource_key and v.valid_to = 'infinity')`.execute(
    trx,
  )
  const endedCount = Number(ended.numAffectedRows ?? 0n)
  const begunCount = Number(begun.numAffectedRows ?? 0n)
  const changed = endedCount > 0 && begunCount > 0 ? await countChanged(trx, clusterId, revision) : 0
  return { added: begunCount - changed, changed, removed: endedCount - changed }
}

/** Keys whose version ended and began in one revision. */
async function countChanged(trx: Transaction<Schema>, clusterId: string, revision: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from resource_version n
    join resource_version o
      on o.cluster_id = n.cluster_id and o.resource_key = n.resource_key and o.ended_revision = ${revision}
    where n.cluster_id = ${clusterId} and n.revision = ${revision}`.execute(trx)
  return rows[0]?.count ?? 0
}

export interface Taken extends Moved {
  readonly clusterId: string
  readonly scope: string
  readonly sequence: number
  /** Hex. */
  readonly digest: string
  readonly revision: number
  readonly instant: string
  readonly collectedAt: string
  readonly collector: unknown
  /** Undefined: as before. */
  readonly gaps: readonly unknown[] | undefined
  readonly facts: Readonly<Record<string, string>> | undefined
  readonly resources: number
}

/** Notes a snapshot as the newest of its scope and as one of the history. */
export async function noteSnapshot(trx: Transaction<Schema>, taken: Taken): Promise<void> {
  const row = {
    cluster_id: taken.clusterId,
    scope: taken.scope,
    sequence: taken.sequence,
    digest: Buffer.from(taken.digest, 'hex'),
    revision: taken.revision,
    collected_at: taken.collectedAt,
    received_at: taken.instant,
    collector: JSON.stringify(taken.collector),
    resources: taken.resources,
  }
  const { added, changed, removed } = taken
  const gaps = taken.gaps && JSON.stringify(taken.gaps)
  await trx
    .insertInto('snapshot')
    .values({ ...row, gaps: gaps ?? null, added, changed, removed })
    .execute()
  const { cluster_id: _c, scope: _s, ...news } = row
  await trx
    .insertInto('collector_scope')
    .values({ ...row, gaps: gaps ?? '[]', facts: JSON.stringify(taken.facts ?? {}) })
    .onConflict(oc =>
      oc.columns(['cluster_id', 'scope']).doUpdateSet({
        ...news,
        // What the same collector said of itself still holds.
        collector: sql`case when collector_scope.collector->>'id' = excluded.collector->>'id'
          then collector_scope.collector || excluded.collector else excluded.collector end`,
        ...(gaps !== undefined && { gaps }),
        ...(taken.facts && { facts: JSON.stringify(taken.facts) }),
        stale_since: null,
      }),
    )
    .execute()
}

/** A snapshot of the history. */
export const findSnapshot = (db: Client, clusterId: string, scope: string, sequence: number) =>
  db
    .selectFrom('snapshot')
    .selectAll()
    .where('cluster_id', '=', clusterId)
    .where('scope', '=', scope)
    .where('sequence', '=', String(sequence))
    .executeTakeFirst()

/** Deletes snapshots of the history from before an instant, but for each scope's newest, and its newest that lists gaps. */
export async function deleteOldSnapshots(db: Client, clusterId: string, before: Date): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from snapshot s where s.cluster_id = ${clusterId} and s.received_at < ${before}
      and exists (
        select from snapshot n
        where n.cluster_id = ${clusterId} and n.scope = s.scope and n.sequence > s.sequence
          and n.received_at < ${before} and (s.gaps is null or n.gaps is not null))`.execute(db)
  return Number(numAffectedRows)
}
