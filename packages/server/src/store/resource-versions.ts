// Resource versions: when a resource of a cluster had which content, now and at any instant before.

import { sql } from 'kysely'
import { unpack } from './packing.ts'
import type { Client } from './schema.ts'

/** A resource as it is, or was. `json` is its canonical JSON. */
export interface StoredResource {
  readonly key: string
  /** SHA-256 of the JSON, in hex. */
  readonly hash: string
  readonly scope: string
  readonly json: string
}

/** `hash` null: the resource is gone. */
export interface ChangedResource {
  readonly key: string
  readonly hash: string | null
}

const batchSize = 2000

type Row = {
  readonly resource_key: string
  readonly hash: string
  readonly scope: string
  readonly packing: number
  readonly body: Buffer
}

const columns = sql`v.resource_key, encode(v.hash, 'hex') as hash, v.scope, b.packing, b.body`

const read = ({ resource_key, hash, scope, packing, body }: Row): StoredResource => ({
  key: resource_key,
  hash,
  scope,
  json: unpack({ packing, body }),
})

/**
 * All resources that a cluster has now, by key, in batches that are unpacked as they are taken. For one picture of one revision, give a
 * transaction of level repeatable read, or one that holds the cluster's lock.
 */
export async function* currentResources(
  db: Client,
  clusterId: string,
): AsyncGenerator<readonly StoredResource[]> {
  yield* inBatches(db, clusterId, sql`v.valid_to = 'infinity'`)
}

/** All resources that a cluster had at an instant (a Date, or a text of more precision), by key, in batches. */
export async function* resourcesAt(
  db: Client,
  clusterId: string,
  instant: Date | string,
): AsyncGenerator<readonly StoredResource[]> {
  yield* inBatches(
    db,
    clusterId,
    sql`v.valid_from <= ${instant}::timestamptz and v.valid_to > ${instant}::timestamptz`,
  )
}

async function* inBatches(
  db: Client,
  clusterId: string,
  when: ReturnType<typeof sql>,
): AsyncGenerator<readonly StoredResource[]> {
  let after = ''
  while (true) {
    const { rows } = await sql<Row>`
      select ${columns} from resource_version v
      join object_body b on b.cluster_id = v.cluster_id and b.hash = v.hash
      where v.cluster_id = ${clusterId} and v.resource_key > ${after} and ${when}
      order by v.resource_key limit ${batchSize}`.execute(db)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(read)
    if (rows.length < batchSize) return
    after = last.resource_key
  }
}

/** The resources of these keys that a cluster has now; keys that it does not have are left out. Some thousand keys at a time. */
export async function resourcesByKey(
  db: Client,
  clusterId: string,
  keys: readonly string[],
): Promise<readonly StoredResource[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<Row>`
    select ${columns} from json_array_elements_text(${JSON.stringify(keys)}::json) as k(key)
    join resource_version v on v.cluster_id = ${clusterId} and v.resource_key = k.key and v.valid_to = 'infinity'
    join object_body b on b.cluster_id = v.cluster_id and b.hash = v.hash`.execute(db)
  return rows.map(read)
}

/** The resources that are not now what they were at a revision, those that came and went in between included, by key. */
export async function changedSince(
  db: Client,
  clusterId: string,
  revision: number | string,
): Promise<readonly ChangedResource[]> {
  const { rows } = await sql<{ key: string; hash: string | null }>`
    select t.resource_key as key, encode(v.hash, 'hex') as hash from (
      select resource_key from resource_version where cluster_id = ${clusterId} and revision > ${revision}
      union
      select resource_key from resource_version where cluster_id = ${clusterId} and ended_revision > ${revision}
    ) t
    left join resource_version v
      on v.cluster_id = ${clusterId} and v.resource_key = t.resource_key and v.valid_to = 'infinity'
    order by 1`.execute(db)
  return rows
}

/** Deletes versions that ended before the instant, at most so many; gives how many went. */
export async function deleteEndedVersions(
  db: Client,
  clusterId: string,
  before: Date,
  most: number,
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from resource_version where cluster_id = ${clusterId} and (resource_key, valid_from) in (
      select resource_key, valid_from from resource_version
      where cluster_id = ${clusterId} and valid_to < ${before} limit ${most})`.execute(db)
  return Number(numAffectedRows)
}
