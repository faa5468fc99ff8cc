// Retention: the server's housekeeping: history goes by age, bodies that nothing refers to go, uploads that were abandoned go.

import { deleteOldAbsences } from '../store/absences.ts'
import { deleteOldFacts } from '../store/cluster-past.ts'
import { deleteClusterRow, deleteRevokedEnrolments, purgeRows } from '../store/cluster-purge.ts'
import { hasCollector } from '../store/cluster-removal.ts'
import { clusterIds, lockCluster } from '../store/clusters.ts'
import { sweepWords } from '../store/finding-words.ts'
import {
  deleteEndedFindings,
  deleteLongGone,
  deleteScoreMoves,
  thinRollups,
} from '../store/history-retention.ts'
import { deleteUnusedBodies } from '../store/objects.ts'
import { deleteEndedVersions } from '../store/resource-versions.ts'
import { deleteOldSnapshots } from '../store/snapshots.ts'
import { abandonedUploads, deleteStrayItems, deleteUpload, hasUploads } from '../store/uploads.ts'
import type { Deps } from './deps.ts'

export interface RetentionPolicy {
  /** Days for which what resources and findings were can be asked, and each change of tallies and scores is kept. */
  readonly historyDays: number
  /** Days for which a value a day of tallies and scores is kept. */
  readonly rollupDays: number
  /** Hours after which an upload that nobody touches is given up. */
  readonly uploadHours: number
}

export const defaultRetention: RetentionPolicy = { historyDays: 90, rollupDays: 1100, uploadHours: 6 }

export interface Swept {
  uploads: number
  versions: number
  findings: number
  rollups: number
  snapshots: number
  bodies: number
  /** Rows of clusters that were removed longer ago than history is kept; such clusters of which nothing is left. */
  removed: number
  clusters: number
}

type Sweeping = Pick<Deps, 'db' | 'now'>

const hour = 3_600_000
/** Rows of one statement: no lock is held for long. */
const batch = 5000

/**
 * Sweeps all clusters. What is current always stays. It may be stopped between any two statements, run as often as one likes, and by
 * several servers at a time. Gives how many rows went.
 */
export async function sweep(
  deps: Sweeping,
  policy: RetentionPolicy = defaultRetention,
  signal?: AbortSignal,
): Promise<Swept> {
  const swept: Swept = {
    uploads: 0,
    versions: 0,
    findings: 0,
    rollups: 0,
    snapshots: 0,
    bodies: 0,
    removed: 0,
    clusters: 0,
  }
  swept.uploads = await sweepUploads(deps, policy.uploadHours)
  let after = ''
  while (true) {
    const ids = await clusterIds(deps.db, after, 100)
    for (const id of ids) {
      if (signal?.aborted) return swept
      await sweepCluster(deps, id, policy, swept, signal)
    }
    const last = ids.at(-1)
    if (last === undefined) {
      await deps.db.transaction().execute(trx => sweepWords(trx))
      return swept
    }
    after = last
  }
}

/** Gives up uploads that nobody has touched for so long. */
export async function sweepUploads({ db, now }: Sweeping, uploadHours: number): Promise<number> {
  const untouchedSince = new Date(now().getTime() - uploadHours * hour)
  const abandoned = await abandonedUploads(db, untouchedSince)
  for (const { cluster_id, upload_id } of abandoned)
    await db.transaction().execute(async trx => await deleteUpload(trx, cluster_id, upload_id))
  return abandoned.length
}

async function sweepCluster(
  { db, now }: Sweeping,
  id: string,
  policy: RetentionPolicy,
  swept: Swept,
  signal: AbortSignal | undefined,
): Promise<void> {
  const daysAgo = (days: number) => new Date(now().getTime() - days * 24 * hour)
  const before = daysAgo(policy.historyDays)
  swept.removed += await whileFull(() => purgeRemoved({ db, now }, id, before), signal)
  swept.versions += await whileFull(() => deleteEndedVersions(db, id, before, batch), signal)
  swept.findings += await whileFull(() => deleteEndedFindings(db, id, before, batch), signal)
  await deleteOldAbsences(db, id, before)
  await whileFull(() => sweepLongGone({ db, now }, id, daysAgo(policy.rollupDays)), signal)
  swept.rollups += await thinRollups(db, id, { fineBefore: before, before: daysAgo(policy.rollupDays) })
  await deleteScoreMoves(db, id, daysAgo(policy.rollupDays))
  await deleteOldFacts(db, id, daysAgo(policy.rollupDays))
  swept.snapshots += await deleteOldSnapshots(db, id, before)
  swept.bodies += await whileFull(() => sweepBodies({ db, now }, id), signal)
  if (await forgetCluster({ db, now }, id, daysAgo(policy.rollupDays))) swept.clusters++
}

/**
 * Deletes rows of a cluster that was removed before the instant, under its lock: a collector that brings it back comes before a batch or
 * after it, and sends everything anew. What the fleet's past is added up from stays, by its own age.
 */
async function purgeRemoved({ db, now }: Sweeping, id: string, before: Date): Promise<number> {
  return await db.transaction().execute(async trx => {
    const locked = await lockCluster(trx, id, now())
    if (!locked?.row.removed_at || locked.row.removed_at >= before || (await hasUploads(trx, id))) return 0
    await deleteRevokedEnrolments(trx, id, before)
    return await purgeRows(trx, id, new Date(now().getTime() - hour), batch)
  })
}

/** Deletes the row of a cluster that was removed so long ago that nobody can ask about it; true where it did. */
async function forgetCluster({ db, now }: Sweeping, id: string, before: Date): Promise<boolean> {
  return await db.transaction().execute(async trx => {
    const locked = await lockCluster(trx, id, now())
    if (!locked?.row.removed_at || locked.row.removed_at >= before) return false
    // A collector that is enrolled for it may bring it back at any time.
    if ((await hasUploads(trx, id)) || (await hasCollector(trx, id))) return false
    await deleteClusterRow(trx, id)
    return true
  })
}

/** Deletes findings under the cluster's lock, so that their counts are moved by nobody else meanwhile. */
async function sweepLongGone({ db, now }: Sweeping, id: string, before: Date): Promise<number> {
  return await db.transaction().execute(async trx => {
    if (!(await lockCluster(trx, id, now()))) return 0
    return await deleteLongGone(trx, id, before, batch)
  })
}

/** Deletes bodies under the cluster's lock, so that no snapshot is being accepted; while an upload is open they stay, it may name them. */
async function sweepBodies({ db, now }: Sweeping, id: string): Promise<number> {
  return await db.transaction().execute(async trx => {
    if (!(await lockCluster(trx, id, now()))) return 0
    await deleteStrayItems(trx, id)
    if (await hasUploads(trx, id)) return 0
    // What came within the hour may be of a snapshot whose commit waits for the lock.
    return await deleteUnusedBodies(trx, id, new Date(now().getTime() - hour), batch)
  })
}

async function whileFull(deed: () => Promise<number>, signal: AbortSignal | undefined): Promise<number> {
  let total = 0
  while (true) {
    const count = await deed()
    total += count
    if (count < batch || signal?.aborted === true) break
  }
  return total
}
