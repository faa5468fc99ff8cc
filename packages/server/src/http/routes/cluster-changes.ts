// Cluster changes routes: what people set of a cluster.

import { clustersApi as api } from '@plimsoll/core/contract'
import type { Transaction } from 'kysely'
import { changeCluster } from '../../services/access/clusters.ts'
import type { Deps } from '../../services/deps.ts'
import type { Schema } from '../../store/schema.ts'
import { by } from '../actor.ts'
import { defineRoute, type Route } from '../route.ts'

export interface ClusterChangeDeps extends Deps {
  /** What is known of a cluster is another than before. */
  readonly onChanged: (trx: Transaction<Schema>, clusterId: string) => Promise<void>
}

export const clusterChangeRoutes = (deps: ClusterChangeDeps): Route[] => [
  defineRoute({
    id: 'changeCluster',
    method: 'PATCH',
    path: '/clusters/{cluster}',
    tag: 'clusters',
    summary:
      'Sets a cluster’s name, environment or labels over what its agent and its enrolment say; null takes that back. Its past keeps what was so.',
    access: { role: 'admin' },
    params: api.oneParams,
    body: api.clusterChange,
    handle: input =>
      changeCluster(
        deps,
        input.caller.permitted,
        input.params.cluster,
        input.body,
        by(input),
        deps.onChanged,
      ),
  }),
]
