// Audit: the statements of the audit log: adds to its end under a lock, and reads it in order.

import { type Kysely, sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

export interface AuditRow {
  readonly number: number
  readonly at: Date
  readonly actorType: string
  readonly actorId: string
  readonly actorName: string
  readonly action: string
  readonly targetType: string
  readonly targetId: string
  readonly address: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly previousHash: Buffer
  readonly hash: Buffer
}

/** The end of the chain, locked until the transaction ends: entries are added one after the other. */
export async function lockAuditEnd(trx: Transaction<Schema>): Promise<{ number: number; hash: Buffer }> {
  const row = await trx
    .selectFrom('audit_head')
    .select(['number', 'hash'])
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { number: Number(row.number), hash: row.hash }
}

export async function auditEnd(db: Kysely<Schema>): Promise<{ number: number; hash: Buffer }> {
  const row = await db.selectFrom('audit_head').select(['number', 'hash']).executeTakeFirstOrThrow()
  return { number: Number(row.number), hash: row.hash }
}

export async function addAuditRow(trx: Transaction<Schema>, row: AuditRow): Promise<void> {
  await trx
    .insertInto('audit_entry')
    .values({
      number: String(row.number),
      at: row.at,
      actor_type: row.actorType,
      actor_id: row.actorId,
      actor_name: row.actorName,
      action: row.action,
      target_type: row.targetType,
      target_id: row.targetId,
      address: row.address,
      detail: JSON.stringify(row.detail),
      previous_hash: row.previousHash,
      hash: row.hash,
    })
    .execute()
  await trx
    .updateTable('audit_head')
    .set({ number: String(row.number), hash: row.hash })
    .execute()
}

export interface AuditFilter {
  readonly actorId?: string
  readonly action?: string
  readonly targetType?: string
  readonly targetId?: string
  readonly from?: Date
  readonly to?: Date
}

/** Entries, newest first, below `before` where it is given. The audit log is for admins: it speaks of the whole fleet. */
export async function auditPage(
  db: Kysely<Schema>,
  filter: AuditFilter,
  before: number | undefined,
  limit: number,
): Promise<AuditRow[]> {
  let query = db.selectFrom('audit_entry').selectAll().orderBy('number', 'desc').limit(limit)
  if (before !== undefined) query = query.where('number', '<', String(before))
  if (filter.actorId !== undefined) query = query.where('actor_id', '=', filter.actorId)
  if (filter.action !== undefined) query = query.where('action', '=', filter.action)
  if (filter.targetType !== undefined) query = query.where('target_type', '=', filter.targetType)
  if (filter.targetId !== undefined) query = query.where('target_id', '=', filter.targetId)
  if (filter.from) query = query.where('at', '>=', filter.from)
  if (filter.to) query = query.where('at', '<', filter.to)
  return (await query.execute()).map(rowOf)
}

/** Entries after a number, oldest first. */
export async function auditAfter(db: Kysely<Schema>, number: number, limit: number): Promise<AuditRow[]> {
  const rows = await db
    .selectFrom('audit_entry')
    .selectAll()
    .where('number', '>', String(number))
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map(rowOf)
}

/** One consistent view for all that `work` reads. */
export const inSnapshot = <T>(
  db: Kysely<Schema>,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async trx => {
      await sql`set transaction read only`.execute(trx)
      return await work(trx)
    })

interface StoredRow {
  number: string
  at: Date
  actor_type: string
  actor_id: string
  actor_name: string
  action: string
  target_type: string
  target_id: string
  address: string
  detail: Readonly<Record<string, unknown>>
  previous_hash: Buffer
  hash: Buffer
}

const rowOf = (row: StoredRow): AuditRow => ({
  number: Number(row.number),
  at: row.at,
  actorType: row.actor_type,
  actorId: row.actor_id,
  actorName: row.actor_name,
  action: row.action,
  targetType: row.target_type,
  targetId: row.target_id,
  address: row.address,
  detail: row.detail,
  previousHash: row.previous_hash,
  hash: row.hash,
})
