// Uploads: the statements of snapshots under way: what each names, and what of it has not come yet.

import { type Selectable, sql, type Transaction } from 'kysely'
import type { Client, Schema } from './schema.ts'
import type { ClusterTables } from './schema-clusters.ts'

export type UploadRow = Selectable<ClusterTables['upload']>

/** Names a resource by key and hash (hex); null: it is gone. */
export type Item = readonly [key: string, hash: string | null]

export interface NewUpload {
  readonly id: string
  readonly clusterId: string
  readonly enrolmentId: string
  readonly scope: string
  readonly sequence: number
  readonly base: number | undefined
  readonly head: unknown
}

/** Opens an upload that is still being named: its digest is empty until `nameUpload`. */
export async function openUpload(db: Client, upload: NewUpload, now: Date): Promise<void> {
  await db
    .insertInto('upload')
    .values({
      cluster_id: upload.clusterId,
      upload_id: upload.id,
      scope: upload.scope,
      sequence: upload.sequence,
      base_sequence: upload.base ?? null,
      head: JSON.stringify(upload.head),
      digest: Buffer.alloc(0),
      items: 0,
      enrolment_id: upload.enrolmentId,
      started_at: now,
      touched_at: now,
    })
    .execute()
}

/** All that it names has come; from here on it can be completed and committed. */
export async function nameUpload(
  db: Client,
  clusterId: string,
  id: string,
  named: { readonly digest: string; readonly items: number; readonly bytes: number },
): Promise<void> {
  await db
    .updateTable('upload')
    .set({ digest: Buffer.from(named.digest, 'hex'), items: named.items, bytes: named.bytes })
    .where('cluster_id', '=', clusterId)
    .where('upload_id', '=', id)
    .execute()
}

/** The open uploads of an enrolment, oldest first; those that are still being named have an empty digest. */
export const uploadsOf = (db: Client, clusterId: string, enrolmentId: string): Promise<UploadRow[]> =>
  db
    .selectFrom('upload')
    .selectAll()
    .where('cluster_id', '=', clusterId)
    .where('enrolment_id', '=', enrolmentId)
    .orderBy('started_at')
    .execute()

export const findUpload = (
  db: Client,
  clusterId: string,
  id: string,
  enrolmentId: string,
): Promise<UploadRow | undefined> =>
  db
    .selectFrom('upload')
    .selectAll()
    .where('cluster_id', '=', clusterId)
    .where('upload_id', '=', id)
    .where('enrolment_id', '=', enrolmentId)
    .executeTakeFirst()

/** Adds to the bytes that came for an upload, and notes that it is alive; false where it is no more. */
export async function touchUpload(
  db: Client,
  clusterId: string,
  id: string,
  bytes: number,
  now: Date,
): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update upload set bytes = bytes + ${bytes}, touched_at = ${now}
    where cluster_id = ${clusterId} and upload_id = ${id}`.execute(db)
  return numAffectedRows === 1n
}

/**
 * Prepares a transaction of what is sent again where it is lost: its end does not wait for the disk. The end of any later transaction that
 * does wait has the disk keep this one too.
 */
export async function expectLoss(trx: Transaction<Schema>): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(trx)
}

/** Adds what an upload names; gives false where it names a key twice. Some thousand at a time. */
export async function addItems(
  db: Client,
  clusterId: string,
  id: string,
  items: readonly Item[],
): Promise<boolean> {
  if (items.length === 0) return true
  const { numAffectedRows = 0n } = await sql`
    insert into upload_item (cluster_id, upload_id, resource_key, hash)
    select ${clusterId}, ${id}::uuid, r.key, decode(r.hash, 'hex')
    from unnest(${items.map(([key]) => key)}::text[], ${items.map(([, hash]) => hash)}::text[]) as r(key, hash)
    on conflict do nothing`.execute(db)
  return Number(numAffectedRows) === items.length
}

const asRecords = (items: readonly Item[]): string =>
  JSON.stringify(items.map(([key, hash]) => ({ key, hash })))

/** A page of what an upload names and the store lacks, by key; `last` is where the next page starts. */
export async function wantedOf(
  db: Client,
  clusterId: string,
  id: string,
  after: string,
  most: number,
): Promise<{ readonly hashes: string[]; readonly last: string | undefined }> {
  const { rows } = await sql<{ resource_key: string; hash: string }>`
    select i.resource_key, encode(i.hash, 'hex') as hash from upload_item i
    where i.cluster_id = ${clusterId} and i.upload_id = ${id} and i.resource_key > ${after} and i.hash is not null
      and not exists (select from object_body b where b.cluster_id = ${clusterId} and b.hash = i.hash)
    order by i.resource_key limit ${most}`.execute(db)
  return {
    hashes: rows.map(row => row.hash),
    last: rows.length === most ? rows.at(-1)?.resource_key : undefined,
  }
}

/** Of what was sent, the keys that the upload does not name with that hash. */
export async function notNamed(
  db: Client,
  clusterId: string,
  id: string,
  sent: readonly Item[],
): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select r.key from json_to_recordset(${asRecords(sent)}::json) as r(key text, hash text)
    left join upload_item i
      on i.cluster_id = ${clusterId} and i.upload_id = ${id} and i.resource_key = r.key
    where i.hash is distinct from decode(r.hash, 'hex') limit 3`.execute(db)
  return rows.map(row => row.key)
}

/** What an upload or a small snapshot names, as rows (resource_key, hash) for further statements. */
export const namedByUpload = (clusterId: string, id: string) =>
  sql`(select resource_key, hash from upload_item where cluster_id = ${clusterId} and upload_id = ${id})`
export const namedByList = (items: readonly Item[]) =>
  sql`(select r.key as resource_key, decode(r.hash, 'hex') as hash
    from json_to_recordset(${asRecords(items)}::json) as r(key text, hash text))`

/** Deletes an upload with all that it names; gives how much that was. */
export async function deleteUpload(db: Client, clusterId: string, id: string): Promise<number> {
  let deleted = 0n
  for (const table of ['upload', 'upload_item'] as const) {
    const { numDeletedRows } = await db
      .deleteFrom(table)
      .where('cluster_id', '=', clusterId)
      .where('upload_id', '=', id)
      .executeTakeFirstOrThrow()
    deleted = numDeletedRows
  }
  return Number(deleted)
}

/** Uploads that nobody has touched since the instant. */
export const abandonedUploads = (
  db: Client,
  untouchedSince: Date,
): Promise<Pick<UploadRow, 'cluster_id' | 'upload_id'>[]> =>
  db
    .selectFrom('upload')
    .select(['cluster_id', 'upload_id'])
    .where('touched_at', '<', untouchedSince)
    .limit(1000)
    .execute()

export async function hasUploads(db: Client, clusterId: string): Promise<boolean> {
  const found = await db
    .selectFrom('upload')
    .select('upload_id')
    .where('cluster_id', '=', clusterId)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Deletes what uploads named that are no more: an attempt that was overtaken may have written on for a moment. */
export async function deleteStrayItems(db: Client, clusterId: string): Promise<void> {
  await sql`
    delete from upload_item i where i.cluster_id = ${clusterId}
      and not exists (select from upload u where u.cluster_id = ${clusterId} and u.upload_id = i.upload_id)`.execute(
    db,
  )
}
