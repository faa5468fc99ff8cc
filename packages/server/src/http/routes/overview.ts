// Overview routes: the fleet, or one cluster of it, at a glance.

import { overviewApi as api } from '@plimsoll/core/contract'
import { overviewOf } from '../../services/read/overview.ts'
import type { Posture } from '../../services/read/posture.ts'
import { instantOf, type Reading } from '../../services/read/reading.ts'
import { defineRoute, type Route } from '../route.ts'

export const overviewRoutes = (reading: Reading, posture: Posture): Route[] => [
  defineRoute({
    id: 'getOverview',
    method: 'GET',
    path: '/overview',
    tag: 'overview',
    summary:
      'Gives the fleet, or one cluster, at a glance: score and trend, failures, changes, best fixes, coverage.',
    access: { role: 'viewer' },
    query: api.query,
    response: api.overview,
    handle: async ({ query: { edition, cluster, since, at }, caller }) => {
      const [benchmark = '', id = ''] = edition?.split('@') ?? []
      return overviewOf(reading, posture, {
        permitted: caller.permitted,
        clusterId: cluster,
        at: instantOf(at),
        since: instantOf(since),
        edition: edition === undefined ? undefined : { benchmark, edition: id },
      })
    },
  }),
]
