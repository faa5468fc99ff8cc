// Remove sample: takes the sample fleet away as a whole: its clusters with all that is kept of them, and what was decided for it.

import type { Transaction } from 'kysely'
import { distributedTables } from '../../database/distribution.ts'
import { noteSampleRemoved, purgeClusters, sampleClusters, sampleProgress } from '../../store/sample.ts'
import type { Schema } from '../../store/schema.ts'
import { type Actor, recordAudit } from '../access/audit.ts'
import type { Caller } from '../caller.ts'
import type { OnDecided } from '../decisions/ports.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'
import type { ClusterPlan } from './cluster-plan.ts'
import { samplePlans } from './plans.ts'

export const sampleActor: Actor = { type: 'system', id: 'system', name: 'sample fleet', address: '' }

/** Deletes all that there is of these clusters of the sample, whether they came to be marked as such or not. */
export async function purgeSample(
  trx: Transaction<Schema>,
  plans: readonly ClusterPlan[],
): Promise<readonly string[]> {
  const marked = await sampleClusters(trx)
  const ids = new Set([...plans.map(({ id }) => id), ...marked.map(({ cluster_id }) => cluster_id)])
  await purgeClusters(trx, [...ids], {
    tables: [...distributedTables, 'cluster_absence', 'cluster_past'],
    creator: sampleActor.name,
    exceptions: plans.flatMap(({ history }) => history.flatMap(({ exception }) => exception?.id ?? [])),
  })
  return marked.map(({ name }) => name)
}

/**
 * Takes the sample away; no start of the server puts it there again by itself. Throws `forbidden` for who does not see the whole fleet,
 * `not-found`, and `conflict` while it is being loaded.
 */
export async function removeSample(
  deps: Pick<Deps, 'db' | 'now'> & { readonly onDecided: OnDecided },
  caller: Caller,
  actor: Actor,
): Promise<void> {
  if (!caller.permitted.all)
    throw new Fault('forbidden', 'The sample fleet is taken away by who sees the whole fleet.')
  await deps.db.transaction().execute(async trx => {
    const { state } = await sampleProgress(trx)
    if (state === 'absent' || state === 'removed') throw new Fault('not-found', 'There is no sample fleet.')
    if (!(await noteSampleRemoved(trx)))
      throw new Fault('conflict', 'The sample fleet is being put there; try again when it is there.')
    const clusters = await purgeSample(trx, samplePlans)
    // Its exception may have covered findings of other clusters.
    await deps.onDecided(trx)
    await recordAudit(trx, {
      at: deps.now(),
      actor,
      action: 'sample.removed',
      target: { type: 'sample', id: 'sample' },
      detail: { clusters },
    })
  })
}
