// Overview routes: the fleet, or one cluster of it, at a glance.

import { omit } from '@plimsoll/core'
import { overviewApi as api } from '@plimsoll/core/contract'
import { sightWithin } from '../../services/access/sight.ts'
import type { FindingCounts } from '../../services/read/count-findings.ts'
import { overviewOf } from '../../services/read/overview.ts'
import { pastOf } from '../../services/read/past.ts'
import type { Posture } from '../../services/read/posture.ts'
import { instantOf, type Reading } from '../../services/read/reading.ts'
import { trendOf } from '../../services/read/trend.ts'
import { defineRoute, type Route } from '../route.ts'

export function overviewRoutes(reading: Reading, posture: Posture, findingCounts: FindingCounts): Route[] {
  const trend = trendOf(reading)
  return [
    defineRoute({
      id: 'getOverview',
      method: 'GET',
      path: '/overview',
      tag: 'overview',
      summary:
        'Gives the fleet, an account, a zone or a cluster at a glance: score and trend, failures, changes, best fixes, coverage.',
      access: { role: 'viewer' },
      query: api.query,
      response: api.overview,
      handle: async ({ query, caller }) => {
        const { edition, cluster, since, at } = query
        const [benchmark = '', id = ''] = edition?.split('@') ?? []
        const past = pastOf(reading, at)
        return overviewOf(
          reading,
          { posture, trend, findingCounts },
          {
            permitted: await sightWithin(reading, caller, omit(query, 'cluster'), past),
            clusterId: cluster,
            at: past,
            since: instantOf(since),
            edition: edition === undefined ? undefined : { benchmark, edition: id },
          },
        )
      },
    }),
  ]
}
