// Resource versions: when a resource of a cluster had which content, now and at any instant before.

import { sql } from 'kysely'
import { cut, type Kept, unpack, unpackTogether } from './packing.ts'
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
/** Packs read at a time: some thousand resources. */
const packsAtOnce = 64

interface Version {
  readonly key: string
  readonly hash: string
  readonly scope: string
}

const version = sql`v.resource_key as key, encode(v.hash, 'hex') as hash, v.scope`
const content = sql`b.packing, b.body, b.start, b.bytes`

const read = ({ key, hash, scope, ...kept }: Version & Kept): StoredResource => ({
  key,
  hash,
  scope,
  json: unpack(kept),
})

/**
 * All resources that a cluster has now, in batches that are unpacked as they are taken: those that came together, together. For one picture of one revision, give a
 * transaction of level repeatable read, or one that holds the cluster's lock.
 */
export async function* currentResources(
  db: Client,
  clusterId: string,
): AsyncGenerator<readonly StoredResource[]> {
  yield* inBatches(db, clusterId, sql`v.valid_to = 'infinity'`)
}

/** All resources that a cluster had at an instant (a Date, or a text of more precision), in batches. */
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
  yield* ahead(packsOf(db, clusterId, when))
  let after: Buffer = Buffer.alloc(0)
  while (true) {
    const { rows } = await sql<Version & Kept>`
      select ${version}, ${content} from object_body b
      join resource_version v on v.cluster_id = b.cluster_id and v.resource_key = b.resource_key and v.hash = b.hash and ${when}
      where b.cluster_id = ${clusterId} and b.pack_id is null and b.hash > ${after}
      order by b.hash limit ${batchSize}`.execute(db)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(read)
    if (rows.length < batchSize) return
    after = Buffer.from(last.hash, 'hex')
  }
}

interface Packed extends Version {
  readonly pack: string
  readonly start: number
  readonly bytes: number
}

/** What is packed together, in the order in which it came: each pack is unpacked once. */
async function* packsOf(
  db: Client,
  clusterId: string,
  when: ReturnType<typeof sql>,
): AsyncGenerator<() => readonly StoredResource[]> {
  let after = '00000000-0000-0000-0000-000000000000'
  while (true) {
    const { rows: packs } = await sql<{ pack: string; body: Buffer }>`
      select pack_id as pack, body from object_pack where cluster_id = ${clusterId} and pack_id > ${after}
      order by pack_id limit ${packsAtOnce}`.execute(db)
    const last = packs.at(-1)
    if (last === undefined) return
    const { rows } = await sql<Packed>`
      select ${version}, b.pack_id as pack, b.start, b.bytes from object_body b
      join resource_version v on v.cluster_id = b.cluster_id and v.resource_key = b.resource_key and v.hash = b.hash and ${when}
      where b.cluster_id = ${clusterId} and b.pack_id = any(${packs.map(({ pack }) => pack)}::uuid[])
      order by b.pack_id, b.start`.execute(db)
    const bodies = new Map(packs.map(({ pack, body }) => [pack, body]))
    yield () => {
      let open: string | undefined
      let texts: Buffer = Buffer.alloc(0)
      return rows.map(({ key, hash, scope, pack, start, bytes }) => {
        if (pack !== open) {
          texts = unpackTogether(bodies.get(pack) as Buffer)
          open = pack
        }
        return { key, hash, scope, json: cut(texts, start, bytes) }
      })
    }
    if (packs.length < packsAtOnce) return
    after = last.pack
  }
}

/** Asks for the next batch before the one at hand is worked on, so that the database reads meanwhile. */
async function* ahead<T>(batches: AsyncGenerator<() => T>): AsyncGenerator<T> {
  let next = batches.next()
  while (true) {
    const { done, value } = await next
    if (done) return
    next = batches.next()
    // It is awaited at the next turn; where there is none, nobody asks how it went.
    next.catch(() => {})
    yield value()
  }
}

/** The resources of these keys that a cluster has now; keys that it does not have are left out. Some thousand keys at a time. */
export async function resourcesByKey(
  db: Client,
  clusterId: string,
  keys: readonly string[],
): Promise<readonly StoredResource[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<Version & Kept>`
    select ${version}, ${content} from json_array_elements_text(${JSON.stringify(keys)}::json) as k(key)
    join resource_version v on v.cluster_id = ${clusterId} and v.resource_key = k.key and v.valid_to = 'infinity'
    join object_content b on b.cluster_id = v.cluster_id and b.hash = v.hash`.execute(db)
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
