// Screen clusters: all clusters with their state, what they fail and what of them is not known, the worst first.

import type { Cluster } from '@plimsoll/core/contract/client'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useList } from '../../data/read.ts'
import { readScope, scopePart } from '../../data/scope.ts'
import { useMay } from '../../data/session.ts'
import { StatusBadge } from '../../parts/badges.tsx'
import { SeverityCounts } from '../../parts/bars.tsx'
import listPage from '../../parts/list-page.module.css'
import { PageHead } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { QueryBar } from '../../parts/query-bar.tsx'
import { Empty } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { type Column, VirtualTable } from '../../parts/virtual-table.tsx'
import { wholeNumber } from '../../parts/words.ts'

const columns: readonly Column<Cluster>[] = [
  {
    id: 'name',
    title: 'Cluster',
    width: 'minmax(132px, 2fr)',
    sort: 'name',
    cell: ({ id, name }) => (
      <Link to="/clusters/$cluster" params={{ cluster: id }}>
        {name}
      </Link>
    ),
  },
  {
    id: 'status',
    title: 'Collection',
    width: '110px',
    cell: ({ status }) => <StatusBadge status={status} />,
  },
  {
    id: 'provider',
    title: 'Provider',
    width: 'minmax(90px, 1fr)',
    cell: ({ provider }) => provider || 'unknown',
  },
  { id: 'region', title: 'Region', width: 'minmax(110px, 1fr)', cell: ({ region }) => region || 'unknown' },
  {
    id: 'version',
    title: 'Version',
    width: 'minmax(150px, 1fr)',
    cell: ({ version }) => version || 'unknown',
  },
  {
    id: 'resources',
    title: 'Resources',
    width: '86px',
    align: 'right',
    sort: 'resources',
    cell: ({ resources }) => wholeNumber(resources),
  },
  {
    id: 'failed',
    title: 'Failed',
    width: '76px',
    align: 'right',
    sort: 'failed',
    cell: ({ failed, assessedAt }) => (assessedAt === null ? 'not judged' : wholeNumber(failed)),
  },
  {
    id: 'severity',
    title: 'By severity',
    width: '212px',
    sort: 'worst',
    cell: cluster => <SeverityCounts counts={cluster} />,
  },
  {
    id: 'unknown',
    title: 'Not evaluated',
    width: '110px',
    align: 'right',
    cell: ({ notEvaluated }) => wholeNumber(notEvaluated),
  },
  {
    id: 'seen',
    title: 'Last scan',
    width: '96px',
    align: 'right',
    cell: ({ seenAt }) => (seenAt === null ? 'never' : <Time at={seenAt} />),
  },
]

export function ClustersScreen() {
  const { scope, q = '', sort = 'worst', order = 'desc' } = useSearch({ from: '/shell/clusters' })
  const navigate = useNavigate({ from: '/clusters' })
  const mayAdd = useMay('admin')
  const list = useList('listClusters', { q, sort, order, ...scopePart(readScope(scope)) })
  return (
    <div className={listPage.screen}>
      <PageHead title="Clusters">{mayAdd && <Link to="/add-cluster">Add a cluster</Link>}</PageHead>
      <div className={plain.row}>
        <QueryBar
          list="clusters"
          value={q}
          placeholder="provider : eks AND status : partial"
          onAsk={asked => void navigate({ search: before => ({ ...before, q: asked || undefined }) })}
        />
      </div>
      <div className={listPage.list}>
        <VirtualTable
          label="Clusters"
          list={list}
          columns={columns}
          keyOf={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/clusters/$cluster', params: { cluster: id } })}
          sort={{ by: sort, order }}
          onSort={by =>
            void navigate({
              search: before => ({
                ...before,
                sort: (['name', 'failed', 'worst', 'resources'] as const).find(one => one === by),
                order: by === sort && order === 'desc' ? 'asc' : 'desc',
              }),
            })
          }
          empty={
            <Empty
              title={q === '' ? 'No cluster to see' : 'No cluster is as asked'}
              action={q === '' && mayAdd && <Link to="/add-cluster">Add a cluster</Link>}
            >
              {q === ''
                ? 'Clusters stand here once they are enrolled, of those that your zones hold.'
                : 'Take terms away to see more.'}
            </Empty>
          }
        />
      </div>
    </div>
  )
}
