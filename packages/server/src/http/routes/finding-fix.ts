// Finding fix routes: the patch that would mend one failure.

import { findingsApi as api } from '@plimsoll/core/contract'
import { Fault } from '../../services/fault.ts'
import { fixOfFinding } from '../../services/read/fix-finding.ts'
import type { Reading } from '../../services/read/reading.ts'
import { findFinding } from '../../store/findings.ts'
import { defineRoute, type Route } from '../route.ts'

export const findingFixRoutes = (reading: Reading): Route[] => [
  defineRoute({
    id: 'getFindingFix',
    method: 'GET',
    path: '/findings/{cluster}/{id}/fix',
    tag: 'findings',
    summary:
      'Gives the JSON patch that would mend a finding in its object as it is now, or why there is none.',
    access: { role: 'viewer' },
    params: api.oneParams,
    response: api.fix,
    handle: async ({ params: { cluster, id }, caller: { permitted } }) => {
      const row = await findFinding(reading.db, permitted, cluster, id, undefined)
      if (!row) throw new Fault('not-found', 'There is no such finding.')
      const { operations, reason } = await fixOfFinding(reading, permitted, row)
      return { operations: operations?.map(one => ({ value: null, ...one })) ?? null, reason }
    },
  }),
]
