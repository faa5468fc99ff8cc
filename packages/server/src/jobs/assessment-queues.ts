// Queues of assessment: when clusters are judged anew, when silent ones are called stale, and when what is long past is deleted.

import type { Transaction } from 'kysely'
import { type AssessDeps, type Assessed, assessCluster } from '../services/assess/assess-cluster.ts'
import { defaultRetention, type RetentionPolicy, sweep } from '../services/retention.ts'
import { markStale } from '../store/assessments.ts'
import { askFor, askForEachCluster } from '../store/jobs.ts'
import type { Client, Schema } from '../store/schema.ts'
import type { Queue, Schedule } from './runner.ts'

export const assessQueue = 'assess'
const housekeepingQueue = 'housekeeping'

export interface QueueOptions {
  /** Milliseconds without a word after which a collector's scope is stale; 24 hours where nothing is said. */
  readonly staleAfter?: number
  /** How long the past is kept. */
  readonly retention?: RetentionPolicy
  /** Clusters assessed at a time by this process; 1 where nothing is said: judging is all computing. */
  readonly atOnce?: number
  readonly onAssessed?: (clusterId: string, assessed: Assessed) => void
}

const hour = 3_600_000
const day = 24 * hour

/** Asks, in the transaction that changes a cluster, that it be assessed. */
export const askForAssessment = (db: Client, clusterId: string): Promise<void> =>
  askFor(db, assessQueue, clusterId)

/** Asks that every cluster be assessed: the house decided something, or the server has other rules. Those of which nothing is another are
 * found to be so without being read. */
export const askForAllAssessments = (db: Transaction<Schema> | AssessDeps['db']): Promise<void> =>
  askForEachCluster(db, assessQueue)

/** Clusters, and all of them each hour, since exceptions expire and dated rules judge anew with the day. */
export const assessmentSchedules: readonly Schedule[] = [
  { name: 'assess-all', queue: housekeepingQueue, every: hour },
  { name: 'staleness', queue: housekeepingQueue, every: 60_000 },
  { name: 'retention', queue: housekeepingQueue, every: 6 * hour },
]

export function assessmentQueues(deps: AssessDeps, options: QueueOptions = {}): readonly Queue[] {
  const { staleAfter = day, retention = defaultRetention, atOnce = 1, onAssessed = () => {} } = options
  const housekeeping: Readonly<Record<string, (signal: AbortSignal) => Promise<void>>> = {
    'assess-all': () => askForAllAssessments(deps.db),
    staleness: () => callStale(deps, staleAfter),
    retention: async signal => {
      await sweep(deps, retention, signal)
    },
  }
  return [
    {
      name: assessQueue,
      atOnce,
      async work({ key }, signal) {
        onAssessed(key, await assessCluster(deps, key, signal))
      },
    },
    {
      name: housekeepingQueue,
      atOnce: 1,
      async work({ key }, signal) {
        await housekeeping[key]?.(signal)
      },
    },
  ]
}

/** Marks scopes that were not heard of, and asks for an assessment of their clusters, which then says so. */
export async function callStale({ db, now }: Pick<AssessDeps, 'db' | 'now'>, after: number): Promise<void> {
  await db.transaction().execute(async trx => {
    const at = now()
    for (const clusterId of await markStale(trx, new Date(at.getTime() - after), at))
      await askForAssessment(trx, clusterId)
  })
}
