// Objects: the statements of bodies: each content once per cluster, under the SHA-256 of its canonical JSON.

import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { pack, packTogether } from './packing.ts'
import type { Client } from './schema.ts'

export interface Body {
  /** SHA-256 in hex. */
  readonly hash: string
  readonly key: string
  readonly apiVersion: string
  readonly kind: string
  /** What is kept. */
  readonly json: Buffer
}

/** Of fewer, each is packed by itself: a change to one resource should not keep others that were changed since. */
const fewest = 8
/** What is packed together: so much that there is no more to gain, so little that one of them is soon read. */
const most = { objects: 32, bytes: 128 * 1024 }
/** An object of more is packed by itself. */
const large = 64 * 1024

/** Keeps bodies; those that are there already stay as they are. Some thousand at a time. */
export async function storeBodies(
  db: Client,
  clusterId: string,
  bodies: readonly Body[],
  now: Date,
): Promise<void> {
  await storePacked(db, clusterId, await packBodies(db, clusterId, bodies, now), now)
}

/** Bodies as they are to be kept. */
export interface PackedBodies {
  readonly packs: readonly Pack[]
  readonly rows: readonly Row[]
}

/** Packs those bodies that are not there yet, on other threads; where `areNew` says that none is there, none is looked for. */
export async function packBodies(
  db: Client,
  clusterId: string,
  bodies: readonly Body[],
  now: Date,
  areNew = false,
): Promise<PackedBodies> {
  if (bodies.length < fewest) return { packs: [], rows: bodies.map(alone) }
  const fresh = areNew ? bodies : await notStored(db, clusterId, bodies)
  if (fresh.length < fewest) return { packs: [], rows: fresh.map(alone) }
  const rows = fresh.filter(({ json }) => json.length > large).map(alone)
  // All at once: one after the other, each would wait for this thread to hear of the one before.
  const packing = [...groupsOf(fresh.filter(({ json }) => json.length <= large))].map(async group => {
    const id = packId(now)
    const packed = await packTogether(group.map(({ json }) => json))
    let start = 0
    for (const { json, ...own } of group) {
      rows.push({ ...own, packing: packed.packing, pack: id, start, bytes: json.length })
      start += json.length
    }
    return { id, ...packed }
  })
  return { packs: await Promise.all(packing), rows }
}

/** Keeps packed bodies; those that are there already stay as they are. */
export async function storePacked(
  db: Client,
  clusterId: string,
  { packs, rows }: PackedBodies,
  now: Date,
): Promise<void> {
  await storePacks(db, clusterId, packs, now)
  await storeRows(db, clusterId, rows, now)
}

/** Whether a cluster has any body. */
export async function hasBodies(db: Client, clusterId: string): Promise<boolean> {
  const { rows } = await sql`select from object_body where cluster_id = ${clusterId} limit 1`.execute(db)
  return rows.length > 0
}

interface Row extends Omit<Body, 'json'> {
  readonly packing: number
  readonly bytes: number
  /** The body, or where it is. */
  readonly body?: Buffer
  readonly pack?: string
  readonly start: number
}

const alone = ({ json, ...own }: Body): Row => ({ ...own, ...pack(json), bytes: json.length, start: 0 })

function* groupsOf(bodies: readonly Body[]): Generator<readonly Body[]> {
  let group: Body[] = []
  let bytes = 0
  for (const body of bodies) {
    if (group.length === most.objects || (group.length > 0 && bytes + body.json.length > most.bytes)) {
      yield group
      group = []
      bytes = 0
    }
    group.push(body)
    bytes += body.json.length
  }
  if (group.length > 0) yield group
}

async function notStored(db: Client, clusterId: string, bodies: readonly Body[]): Promise<readonly Body[]> {
  // Each is looked for by itself: as a set, they would be compared with all that a large cluster has.
  const { rows } = await sql<{ hash: string }>`
    select h.hash from unnest(${bodies.map(({ hash }) => hash)}::text[]) as h(hash)
    cross join lateral (
      select from object_body b where b.cluster_id = ${clusterId} and b.hash = decode(h.hash, 'hex') limit 1) there`.execute(
    db,
  )
  const stored = new Set(rows.map(({ hash }) => hash))
  return stored.size === 0 ? bodies : bodies.filter(({ hash }) => !stored.has(hash))
}

interface Pack {
  readonly id: string
  readonly packing: number
  readonly body: Buffer
}

/** A UUID of version 7. */
function packId(now: Date): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now.getTime(), 0, 6)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  return bytes.toString('hex')
}

async function storePacks(db: Client, clusterId: string, packs: readonly Pack[], now: Date): Promise<void> {
  if (packs.length === 0) return
  const { rows, whole } = lined(packs)
  await sql`
    insert into object_pack (cluster_id, pack_id, packing, body, stored_at)
    select ${clusterId}, r.id, r.packing, substring(${whole}::bytea from r.at for r.length), ${now}
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, packing smallint, at int, length int)`.execute(
    db,
  )
}

async function storeRows(db: Client, clusterId: string, own: readonly Row[], now: Date): Promise<void> {
  if (own.length === 0) return
  // In one order always, so that two who store the same wait for each other instead of for ever.
  const { rows, whole } = lined(own.toSorted((a, b) => (a.hash < b.hash ? -1 : 1)))
  const column = (name: keyof (typeof rows)[number]) => rows.map(row => row[name] ?? null)
  await sql`
    insert into object_body (cluster_id, hash, resource_key, api_version, kind, packing, body, bytes, pack_id, start, stored_at)
    select ${clusterId}, decode(r.hash, 'hex'), r.key, r."apiVersion", r.kind, r.packing,
      case when r.pack is null then substring(${whole}::bytea from r.at for r.length) end, r.bytes, r.pack, r.start, ${now}
    from unnest(${column('hash')}::text[], ${column('key')}::text[], ${column('apiVersion')}::text[], ${column('kind')}::text[],
        ${column('packing')}::smallint[], ${column('at')}::int[], ${column('length')}::int[], ${column('bytes')}::int[],
        ${column('pack')}::uuid[], ${column('start')}::int[])
      as r(hash, key, "apiVersion", kind, packing, at, length, bytes, pack, start)
    on conflict (cluster_id, hash) do nothing`.execute(db)
}

/** All bodies travel as one binary value and are cut apart there: as text in JSON they would be twice as long. */
function lined<T extends { readonly body?: Buffer }>(own: readonly T[]) {
  let at = 1
  const bodies: Buffer[] = []
  const rows = own.map(({ body, ...row }) => {
    const length = body?.length ?? 0
    if (body) bodies.push(body)
    const placed = { ...row, at, length }
    at += length
    return placed
  })
  return { rows, whole: Buffer.concat(bodies) }
}

/**
 * Deletes bodies that no version refers to and that were stored before the instant, and packs of which nothing is left; gives how many
 * bodies went. Call it under the lock of the
 * cluster, where no upload is open: an upload may count on a body that no version has yet.
 */
export async function deleteUnusedBodies(
  db: Client,
  clusterId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from object_body where cluster_id = ${clusterId} and hash in (
      select b.hash from object_body b
      where b.cluster_id = ${clusterId} and b.stored_at < ${before}
        and not exists (
          select from resource_version v
          where v.cluster_id = ${clusterId} and v.resource_key = b.resource_key and v.hash = b.hash)
      limit ${limit})`.execute(db)
  await sql`
    delete from object_pack p where p.cluster_id = ${clusterId} and p.stored_at < ${before}
      and not exists (select from object_body b where b.cluster_id = ${clusterId} and b.pack_id = p.pack_id)`.execute(
    db,
  )
  return Number(numAffectedRows)
}
