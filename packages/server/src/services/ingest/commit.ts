// Commit: takes a whole snapshot over in one transaction, or says what keeps it from being taken over.

import { canonicalJson } from '@plimsoll/core'
import type { IngestAccepted, IngestHead } from '@plimsoll/core/contract'
import type { RawBuilder, Transaction } from 'kysely'
import { noteClusterReturned } from '../../store/absences.ts'
import { changeFacts } from '../../store/cluster-past.ts'
import type { ClusterWord, ClusterWords } from '../../store/cluster-words.ts'
import {
  addCluster,
  factsWith,
  findScope,
  lockCluster,
  reviseCluster,
  type ScopeRow,
} from '../../store/clusters.ts'
import type { Schema } from '../../store/schema.ts'
import { expectMany, findSnapshot, noteSnapshot, obstaclesTo, takeOver } from '../../store/snapshots.ts'
import { bindCollector, type Enrolled } from '../access/enrolments.ts'
import type { Collector } from '../caller.ts'
import { Fault } from '../fault.ts'

/** Called in the transaction that accepts a snapshot which changed something: what it asks for (an assessment) is there if the snapshot is. */
export type OnAccepted = (trx: Transaction<Schema>, clusterId: string, revision: number) => Promise<void>

export interface WholeSnapshot {
  readonly head: IngestHead
  readonly digest: string
  readonly items: number
  readonly named: RawBuilder<unknown>
}

/** More resources than this are compared as wholes, not one by one. */
const many = 2000

/** Thrown to undo the transaction where objects are lacking. */
export class Lacking extends Error {
  readonly count: number
  constructor(count: number) {
    super(`${count} objects are lacking`)
    this.count = count
  }
}

/**
 * Takes a snapshot over. Throws Lacking; faults `forbidden`, `stale-sequence`, `sequence-conflict`, `base-mismatch`, `hash-mismatch`,
 * `conflict`. One that was taken over before is answered as then, and changes nothing.
 */
export async function commitSnapshot(
  trx: Transaction<Schema>,
  collector: Collector,
  snapshot: WholeSnapshot,
  now: Date,
  onAccepted: OnAccepted,
): Promise<IngestAccepted> {
  const { head, digest, items, named } = snapshot
  const { cluster, scope, sequence } = head
  const enrolled = await bindCollector(trx, collector, cluster.uid, now)
  await addCluster(trx, { ...enrolled, id: cluster.uid, name: enrolled.name || cluster.name }, now)
  const locked = await lockCluster(trx, cluster.uid, now)
  if (locked === undefined) throw new Error(`cluster ${cluster.uid} cannot be locked`)
  const { instant } = locked
  const before = await findScope(trx, cluster.uid, scope)
  const repeated = await checkOrder(trx, head, digest, before)
  if (repeated) return repeated

  const isDelta = head.base !== undefined
  const isLarge = items > many || (!isDelta && (before?.resources ?? 0) > many)
  if (isLarge) await expectMany(trx, true)
  const incoming = { clusterId: cluster.uid, scope, isDelta, named }
  const { lacking, misnamed, foreign } = await obstaclesTo(trx, incoming)
  if (misnamed.length > 0)
    throw new Fault('hash-mismatch', `named with the content of another resource: ${misnamed.join(', ')}`)
  if (foreign.length > 0)
    throw new Fault('conflict', `reported by another scope of the cluster already: ${foreign.join(', ')}`)
  if (lacking > 0) throw new Lacking(lacking)

  const next = locked.revision + 1
  const moved = await takeOver(trx, incoming, next, instant)
  if (isLarge) await expectMany(trx, false)
  const gaps = head.gaps ?? (isDelta ? undefined : [])
  const facts = head.facts ?? (isDelta ? undefined : {})
  const words = wordsWith(locked.row.words, enrolled, scope === 'api' ? cluster.said : undefined)
  const known = factsWith(locked.row, cluster, scope === 'api', words)
  const hasNewFacts = await changeFacts(trx, locked, known, words)
  const isSame =
    moved.added + moved.changed + moved.removed === 0 &&
    !hasNewFacts &&
    locked.row.removed_at === null &&
    before !== undefined &&
    before.stale_since === null &&
    (gaps === undefined || canonicalJson(gaps) === canonicalJson(before.gaps)) &&
    (facts === undefined || canonicalJson(facts) === canonicalJson(before.facts))
  const revision = isSame ? locked.revision : next
  const resources = isDelta ? (before?.resources ?? 0) + moved.added - moved.removed : items
  await noteSnapshot(trx, {
    ...moved,
    clusterId: cluster.uid,
    scope,
    sequence,
    digest,
    revision,
    instant,
    collectedAt: head.collectedAt,
    collector: head.collector,
    gaps,
    facts,
    resources,
  })
  if (!isSame) {
    if (locked.row.removed_at !== null) await noteClusterReturned(trx, cluster.uid, instant)
    await reviseCluster(trx, cluster.uid, revision, instant)
    await onAccepted(trx, cluster.uid, revision)
  }
  return {
    state: 'accepted',
    cluster: cluster.uid,
    scope,
    sequence,
    revision,
    repeated: false,
    ...moved,
    resources,
  }
}

/** An agent that says something of its cluster says all that it has to say; of who says nothing, what was said before counts. */
function wordsWith(known: ClusterWords, enrolled: Enrolled, said: ClusterWord | undefined): ClusterWords {
  const { at, name, environment, labels } = enrolled
  const isNewest = known.enrolment === undefined || known.enrolment.at <= at
  return {
    ...known,
    ...(isNewest && { enrolment: { at, ...(name !== '' && { name }), environment, labels } }),
    ...(said && { agent: said }),
  }
}

/** Whether a snapshot comes in its turn. Gives the former answer where it had come before; throws where it is out of turn. */
export async function checkOrder(
  db: Transaction<Schema>,
  { cluster, scope, sequence, base }: IngestHead,
  digest: string,
  before: ScopeRow | undefined,
): Promise<IngestAccepted | undefined> {
  const newest = before === undefined ? undefined : Number(before.sequence)
  if (newest !== undefined && sequence <= newest) {
    const same = await findSnapshot(db, cluster.uid, scope, sequence)
    if (same?.digest.toString('hex') === digest)
      return {
        state: 'accepted',
        cluster: cluster.uid,
        scope,
        sequence,
        revision: Number(same.revision),
        repeated: true,
        added: same.added,
        changed: same.changed,
        removed: same.removed,
        resources: same.resources,
      }
    throw sequence === newest ? otherDigest(scope, sequence) : staleSequence(scope, sequence, newest)
  }
  checkBase(base, newest)
  return undefined
}

const otherDigest = (scope: string, sequence: number) =>
  new Fault(
    'sequence-conflict',
    `another snapshot of scope ${scope} with sequence ${sequence} was accepted; two collectors must not share a scope`,
  )

export const staleSequence = (scope: string, sequence: number, newest: number) =>
  new Fault(
    'stale-sequence',
    `sequence ${sequence} of scope ${scope} is older than the newest, ${newest}; it was not taken over`,
  )

export function checkBase(base: number | undefined, newest: number | undefined): void {
  if (base !== undefined && base !== newest)
    throw new Fault(
      'base-mismatch',
      `the delta starts from sequence ${base}, and the newest here is ${newest ?? 'none'}; send a full snapshot`,
    )
}
