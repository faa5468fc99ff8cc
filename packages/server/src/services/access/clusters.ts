// Clusters: what people do with a cluster as a whole: say what it is called, remove it, ask for a scan of it.

import type { Transaction } from 'kysely'
import { instantAfter } from '../../store/assessments.ts'
import type { KnownFacts } from '../../store/cluster-facts.ts'
import { changeFacts } from '../../store/cluster-past.ts'
import {
  endCluster,
  hasCollector,
  noteScanAsked,
  revokeEnrolmentsOf,
  unresolvedFindings,
} from '../../store/cluster-removal.ts'
import {
  type ClusterWord,
  type ClusterWordField,
  type ClusterWords,
  clusterWordFields,
} from '../../store/cluster-words.ts'
import { factsWith, type LockedCluster, lockCluster, reviseCluster } from '../../store/clusters.ts'
import { recountFindings } from '../../store/finding-counts.ts'
import { changeFindings } from '../../store/finding-writes.ts'
import type { Permitted } from '../../store/permitted.ts'
import type { Schema } from '../../store/schema.ts'
import { isWholeSeen } from '../../store/seen.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'
import { type Actor, recordAudit } from './audit.ts'

const batch = 5000

/** Why the findings of a removed cluster are resolved. */
export const clusterRemoved = 'cluster removed'

/**
 * Removes a cluster that the caller sees whole: its collectors' tokens are revoked, its findings resolved, and it is in no current list or
 * score; what it was stays known for as long as the past is kept. A collector that is enrolled for it anew brings it back. Throws
 * `not-found`.
 */
export async function removeCluster(
  deps: Pick<Deps, 'db' | 'now'>,
  permitted: Permitted,
  id: string,
  actor: Actor,
): Promise<void> {
  const now = deps.now()
  await deps.db.transaction().execute(async trx => {
    const locked = await lockWhole(trx, permitted, id, now)
    const at = await instantAfter(trx, id, locked.instant)
    const findings = await resolveAll(trx, id, at)
    await endCluster(trx, id, at)
    await recountFindings(trx, id)
    const enrolments = await revokeEnrolmentsOf(trx, id, now)
    await recordAudit(trx, {
      at: now,
      actor,
      action: 'cluster.removed',
      target: { type: 'cluster', id },
      detail: { name: locked.row.name, findings, enrolments },
    })
  })
}

async function resolveAll(trx: Transaction<Schema>, id: string, at: string): Promise<number> {
  let count = 0
  let after = ''
  while (true) {
    const rows = await unresolvedFindings(trx, id, after, batch)
    const changes = rows.map(({ finding_id, severity, outcome, reason, exception_id }) => ({
      finding_id,
      severity,
      outcome,
      state: 'resolved' as const,
      reason,
      evidence: null,
      evidence_digest: null,
      exception_id,
      reopens: false,
      resolution: clusterRemoved,
    }))
    await changeFindings(trx, id, at, changes)
    count += rows.length
    const last = rows.at(-1)
    if (!last || rows.length < batch) return count
    after = last.finding_id
  }
}

/** Asks the collectors of a cluster for a scan as soon as they ask what is wanted of them. Throws `not-found`, `conflict`. */
export async function askForScan(
  deps: Pick<Deps, 'db' | 'now'>,
  permitted: Permitted,
  id: string,
  actor: Actor,
): Promise<{ askedAt: Date }> {
  const askedAt = deps.now()
  await deps.db.transaction().execute(async trx => {
    const { row } = await lockWhole(trx, permitted, id, askedAt)
    if (!(await hasCollector(trx, id)))
      throw new Fault('conflict', 'No collector is enrolled for the cluster, so nobody would hear it.')
    await noteScanAsked(trx, id, actor.name, askedAt)
    await recordAudit(trx, {
      at: askedAt,
      actor,
      action: 'cluster.scan-asked',
      target: { type: 'cluster', id },
      detail: { name: row.name },
    })
  })
  return { askedAt }
}

/** What a person sets of a cluster; null takes it back. */
export type ClusterChange = { readonly [F in ClusterWordField]?: ClusterWord[F] | null }

/**
 * Sets what a cluster is called and where it belongs, over what its agent and its enrolment say, or takes that back. `onChanged` is called
 * where anything is another then: zones, profiles and exceptions may speak of it. Throws `not-found`.
 */
export async function changeCluster(
  deps: Pick<Deps, 'db' | 'now'>,
  permitted: Permitted,
  id: string,
  change: ClusterChange,
  actor: Actor,
  onChanged: (trx: Transaction<Schema>, clusterId: string) => Promise<void>,
): Promise<void> {
  const now = deps.now()
  await deps.db.transaction().execute(async trx => {
    const locked = await lockWhole(trx, permitted, id, now)
    const { row, revision, instant } = locked
    const person = Object.fromEntries(
      clusterWordFields.flatMap(field => {
        const own = change[field] === undefined ? row.words.person?.[field] : change[field]
        return own == null ? [] : [[field, own]]
      }),
    ) as ClusterWord
    const words: ClusterWords = { ...row.words, person }
    const before = pick(row)
    const next = factsWith(row, { name: row.name }, true, words)
    const isOther = await changeFacts(trx, locked, next, words)
    if (isOther) await reviseCluster(trx, id, revision, instant)
    await recordAudit(trx, {
      at: now,
      actor,
      action: 'cluster.changed',
      target: { type: 'cluster', id },
      detail: { before, after: pick(next), set: person },
    })
    if (isOther) await onChanged(trx, id)
  })
}

const pick = ({ name, environment, labels }: KnownFacts) => ({ name, environment, labels })

/** Locks a cluster that is there and of which all is seen. */
async function lockWhole(
  trx: Transaction<Schema>,
  permitted: Permitted,
  id: string,
  now: Date,
): Promise<LockedCluster> {
  const locked = await lockCluster(trx, id, now)
  const isSeen =
    locked &&
    locked.row.removed_at === null &&
    isWholeSeen(permitted, {
      id,
      account: locked.row.account,
      environment: locked.row.environment,
      labels: locked.row.labels,
    })
  if (!isSeen) throw new Fault('not-found', 'There is no such cluster.')
  return locked
}
