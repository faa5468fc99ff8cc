// Permission routes: what a cluster's collector may read, what that buys, and which rules are lost where it may not.

import { clusterListFields, slices } from '@plimsoll/core'
import { enrolmentsApi as api } from '@plimsoll/core/contract'
import { Fault } from '../../services/fault.ts'
import { knownPermissions } from '../../services/read/permissions.ts'
import { orderOf, type Reading, readQuery } from '../../services/read/reading.ts'
import { clusterPage, clusterSorts, collectorRows } from '../../store/fleet.ts'
import { clusterListColumns } from '../../store/query-columns.ts'
import { defineRoute, type Route } from '../route.ts'

export const permissionRoutes = (reading: Reading): Route[] => [
  defineRoute({
    id: 'listPermissions',
    method: 'GET',
    path: '/clusters/{cluster}/permissions',
    tag: 'clusters',
    summary:
      'Lists what the collector of a cluster must be allowed, whether it is, and the rules that are lost without it.',
    access: { role: 'viewer' },
    params: api.clusterParams,
    response: api.permissionList,
    handle: async ({ params, caller: { permitted } }) => {
      const q = `id : ${JSON.stringify(params.cluster)}`
      const { condition } = await readQuery(reading, q, clusterListFields, clusterListColumns)
      const byName = orderOf(clusterSorts.name, 'asc')
      const { rows } = await clusterPage(reading.db, permitted, condition, byName, undefined, 1)
      const [row] = rows
      if (!row) throw new Fault('not-found', 'There is no such cluster.')
      const collectors = await collectorRows(reading.db, permitted, row.cluster_id)
      return { slices, items: knownPermissions(reading.rules.values(), collectors) }
    },
  }),
]
