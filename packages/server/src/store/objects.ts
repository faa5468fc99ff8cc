// Objects: the statements of bodies: each content once per cluster, under the SHA-256 of its canonical JSON.

import { sql } from 'kysely'
import type { Packed } from './packing.ts'
import type { Client } from './schema.ts'

export interface Body extends Packed {
  /** SHA-256 in hex. */
  readonly hash: string
  readonly key: string
  readonly apiVersion: string
  readonly kind: string
  /** Of the JSON, before packing. */
  readonly bytes: number
}

/** Keeps bodies; those that are there already stay as they are. Some thousand at a time. */
export async function storeBodies(
  db: Client,
  clusterId: string,
  bodies: readonly Body[],
  now: Date,
): Promise<void> {
  if (bodies.length === 0) return
  let start = 1
  const rows = bodies.map(({ body, ...row }) => {
    const own = { ...row, start, length: body.length }
    start += body.length
    return own
  })
  // In one order always, so that two who store the same wait for each other instead of for ever.
  rows.sort((a, b) => (a.hash < b.hash ? -1 : 1))
  // All bodies travel as one binary value and are cut apart there: as text in JSON they would be twice as long.
  await sql`
    insert into object_body (cluster_id, hash, resource_key, api_version, kind, packing, body, bytes, stored_at)
    select ${clusterId}, decode(r.hash, 'hex'), r.key, r."apiVersion", r.kind, r.packing,
      substring(${Buffer.concat(bodies.map(one => one.body))}::bytea from r.start for r.length), r.bytes, ${now}
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(hash text, key text, "apiVersion" text, kind text, packing smallint, start int, length int, bytes int)
    on conflict (cluster_id, hash) do nothing`.execute(db)
}

/**
 * Deletes bodies that no version refers to and that were stored before the instant; gives how many went. Call it under the lock of the
 * cluster, where no upload is open: an upload may count on a body that no version has yet.
 */
export async function deleteUnusedBodies(
  db: Client,
  clusterId: string,
  before: Date,
  most: number,
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from object_body where cluster_id = ${clusterId} and hash in (
      select b.hash from object_body b
      where b.cluster_id = ${clusterId} and b.stored_at < ${before}
        and not exists (
          select from resource_version v where v.cluster_id = ${clusterId} and v.hash = b.hash)
      limit ${most})`.execute(db)
  return Number(numAffectedRows)
}
