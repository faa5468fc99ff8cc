// Audit: writes who changed what into a log whose entries are chained by hashes, and checks that chain.

import { createHash } from 'node:crypto'
import { canonicalJson } from '@plimsoll/core'
import type { Kysely, Transaction } from 'kysely'
import {
  type AuditRow,
  addAuditRow,
  auditAfter,
  auditEnd,
  inSnapshot,
  lockAuditEnd,
} from '../../store/audit.ts'
import type { Schema } from '../../store/schema.ts'
import type { Caller, Collector } from '../caller.ts'

/** Who did it, from where. */
export interface Actor {
  readonly type: 'person' | 'token' | 'system' | 'collector' | 'nobody'
  readonly id: string
  readonly name: string
  readonly address: string
}

export const systemActor: Actor = { type: 'system', id: 'system', name: 'the server', address: '' }

/** The actor of a request. */
export const actorOf = (caller: Caller | Collector, address: string): Actor =>
  caller.type === 'collector'
    ? { type: 'collector', id: caller.enrolmentId, name: caller.name, address }
    : { type: caller.type, id: caller.id, name: caller.name, address }

export interface AuditEvent {
  readonly at: Date
  readonly actor: Actor
  /** `<type of thing>.<what happened>`, such as `zone.changed`. */
  readonly action: `${string}.${string}`
  readonly target: { readonly type: string; readonly id: string }
  /** What was changed; never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Adds an entry in the transaction of the change that it tells of: both happen, or neither. */
export async function recordAudit(trx: Transaction<Schema>, event: AuditEvent): Promise<void> {
  const end = await lockAuditEnd(trx)
  const entry = {
    number: end.number + 1,
    at: event.at,
    actorType: event.actor.type,
    actorId: storable(event.actor.id),
    actorName: storable(event.actor.name),
    action: event.action,
    targetType: event.target.type,
    targetId: storable(event.target.id),
    address: storable(event.actor.address),
    detail: cleanDetail(event.detail ?? {}),
    previousHash: end.hash,
  }
  await addAuditRow(trx, { ...entry, hash: hashOf(entry) })
}

export interface ChainReport {
  readonly isWhole: boolean
  /** Entries that hold, from the first. */
  readonly entries: number
  /** Hex hash of the last entry that holds: kept elsewhere, it proves later that nothing before it was changed. */
  readonly hash: string
  /** The first fault, in a sentence. */
  readonly fault?: string
}

const batch = 1000

/** Reads the whole log in order and says where the chain breaks, if it does. `anchor` is a number and hash noted earlier. */
export function verifyAudit(
  db: Kysely<Schema>,
  anchor?: { readonly number: number; readonly hash: string },
): Promise<ChainReport> {
  return inSnapshot(db, async trx => {
    const end = await auditEnd(trx)
    let number = 0
    let previous = Buffer.alloc(32)
    const report = (fault?: string): ChainReport => ({
      isWhole: fault === undefined,
      entries: number,
      hash: previous.toString('hex'),
      ...(fault !== undefined && { fault }),
    })
    for (;;) {
      const rows = await auditAfter(trx, number, batch)
      for (const row of rows) {
        if (row.number !== number + 1) return report(`entry ${number + 1} is missing`)
        if (!row.previousHash.equals(previous) || !row.hash.equals(hashOf(row)))
          return report(`entry ${row.number} was changed, or one before it`)
        if (anchor?.number === row.number && anchor.hash !== row.hash.toString('hex'))
          return report(`entry ${row.number} is not the one that was noted`)
        number = row.number
        previous = Buffer.from(row.hash)
      }
      if (rows.length < batch) break
    }
    if (number !== end.number || !previous.equals(end.hash))
      return report(`the log ends at entry ${number}, and ${end.number} were written`)
    if (anchor && anchor.number > number) return report(`entry ${anchor.number}, which was noted, is missing`)
    return report()
  })
}

/** PostgreSQL keeps no NUL and no half of a surrogate pair in texts. */
const storable = (text: string) => text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd')

const cleanDetail = (detail: Readonly<Record<string, unknown>>) =>
  JSON.parse(
    JSON.stringify(detail, (_, value: unknown) => (typeof value === 'string' ? storable(value) : value)),
  ) as Record<string, unknown>

function hashOf(entry: Omit<AuditRow, 'hash'>): Buffer {
  const {
    previousHash,
    at,
    number,
    actorType,
    actorId,
    actorName,
    action,
    targetType,
    targetId,
    address,
    detail,
  } = entry
  return createHash('sha256')
    .update(previousHash)
    .update(
      canonicalJson([
        number,
        at.toISOString(),
        actorType,
        actorId,
        actorName,
        action,
        targetType,
        targetId,
        address,
        detail,
      ]),
    )
    .digest()
}
