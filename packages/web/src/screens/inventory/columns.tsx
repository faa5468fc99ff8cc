// Columns: what the inventory tells of each resource in a row.

import type { ResourceSummary } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { present } from '../../data/search-params.ts'
import { OutcomeBadge } from '../../parts/badges.tsx'
import { SeverityCounts } from '../../parts/bars.tsx'
import type { Column } from '../../parts/virtual-table.tsx'
import { wholeNumber } from '../../parts/words.ts'

const stateOf = ({ failed, notEvaluated, excepted, passed }: ResourceSummary) =>
  failed > 0
    ? 'fail'
    : notEvaluated === null || notEvaluated > 0
      ? 'not-evaluated'
      : excepted > 0
        ? 'excepted'
        : passed !== null && passed > 0
          ? 'pass'
          : 'none'

/** A count of which that of a past instant may not be kept. */
const count = (value: number | null) =>
  value === null ? <span title="Not kept for that instant">–</span> : wholeNumber(value)

/** `at`: the day whose end is shown. */
export const columnsOf = (at: string | undefined): readonly Column<ResourceSummary>[] => [
  { id: 'state', title: 'State', width: '112px', cell: one => <OutcomeBadge outcome={stateOf(one)} /> },
  {
    id: 'name',
    title: 'Resource',
    width: 'minmax(132px, 2fr)',
    sort: 'key',
    cell: ({ cluster, key, name }) => (
      <Link
        to="/inventory/$cluster/$key"
        params={{ cluster: cluster.id, key }}
        search={present({ at })}
        title={key}
      >
        {name}
      </Link>
    ),
  },
  { id: 'kind', title: 'Kind', width: 'minmax(100px, 1fr)', cell: ({ kind }) => kind },
  { id: 'namespace', title: 'Namespace', width: 'minmax(92px, 1fr)', cell: ({ namespace }) => namespace },
  { id: 'cluster', title: 'Cluster', width: 'minmax(124px, 1fr)', cell: ({ cluster }) => cluster.name },
  {
    id: 'failed',
    title: 'Failed by severity',
    width: '196px',
    sort: 'worst',
    cell: one => <SeverityCounts counts={one} />,
  },
  { id: 'passed', title: 'Passed', width: '62px', align: 'right', cell: ({ passed }) => count(passed) },
  {
    id: 'excepted',
    title: 'Excepted',
    width: '72px',
    align: 'right',
    cell: ({ excepted }) => count(excepted),
  },
  {
    id: 'unknown',
    title: 'Unknown',
    width: '72px',
    align: 'right',
    cell: ({ notEvaluated }) => count(notEvaluated),
  },
]
