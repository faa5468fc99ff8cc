// Screen inventory: every resource with its state from its own side, by kind and by the part of a cluster that it belongs to.

import { useNavigate, useSearch } from '@tanstack/react-router'
import { atPart } from '../../data/as-of.ts'
import { useCount, useList } from '../../data/read.ts'
import { readScope, scopePart, scopeTerm } from '../../data/scope.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { OutcomeChoice } from '../../parts/outcome-counts.tsx'
import { PageHead } from '../../parts/panel.tsx'
import { QueryBar } from '../../parts/query-bar.tsx'
import { Empty, Read } from '../../parts/states.tsx'
import { VirtualTable } from '../../parts/virtual-table.tsx'
import { counted } from '../../parts/words.ts'
import { columns } from './columns.tsx'
import { ComponentFacets } from './component-facets.tsx'
import styles from './inventory.module.css'
import { questionOf } from './questions.ts'
import { type InventorySearch, type ResourceState, resourceStates } from './search.ts'

/** A query that no resource answers: for a group of which the other choices leave no kind. */
const nothing = 'failed < 0'

export function InventoryScreen() {
  const search = useSearch({ from: '/shell/inventory' })
  const navigate = useNavigate({ from: '/inventory' })
  const change = (values: InventorySearch) => void navigate({ search: before => ({ ...before, ...values }) })
  const { q, group, kind, state, at, sort = 'worst', order = sort === 'worst' ? 'desc' : 'asc' } = search
  const scoped = readScope(search.scope)
  const asked = { q, scope: scoped.type === 'cluster' ? scopeTerm(scoped) : undefined }
  const { account, zone } = scopePart(scoped)
  const part = { ...(account && { account }), ...(zone && { zone }), ...atPart(at) }
  const kinds = useCount('countResourceKinds', { q: questionOf({ ...asked, state }), ...part })
  const groupKinds = (kinds.data?.items ?? [])
    .filter(({ component }) => component === group)
    .map(one => one.kind)
  const chosenKinds = kind === undefined ? groupKinds : [kind]
  const isAsked = group === undefined || groupKinds.length > 0
  const list = useList('listResources', {
    q: isAsked ? questionOf({ ...asked, kinds: chosenKinds, state }) : nothing,
    sort,
    order,
    limit: 100,
    ...part,
  })
  const total = (kinds.data?.items ?? [])
    .filter(one => chosenKinds.length === 0 || chosenKinds.includes(one.kind))
    .reduce((sum, { resources }) => sum + resources, 0)
  const open = ({ cluster, key }: (typeof list.items)[number]) =>
    void navigate({ to: '/inventory/$cluster/$key', params: { cluster: cluster.id, key }, search: {} })
  return (
    <div className={styles.screen}>
      <PageHead title="Inventory" beside={kinds.data && counted(total, 'resource')}>
        <AsOf day={at} onChoose={day => change({ at: day })} />
        <a
          href={`/api/v1/resources/export?${new URLSearchParams({ q: questionOf({ ...asked, kinds: chosenKinds, state }), format: 'csv', ...part })}`}
          download="resources.csv"
        >
          Export CSV
        </a>
      </PageHead>
      <div>
        <QueryBar
          list="resources"
          value={q ?? ''}
          onAsk={query => change({ q: query || undefined })}
          placeholder="failed > 0 AND namespace : payments"
        />
      </div>
      <States
        asked={{ ...asked, kinds: chosenKinds }}
        part={part}
        chosen={state}
        onChoose={value => change({ state: value })}
      />
      <div className={styles.panes}>
        <Read query={kinds}>
          {({ items }) => <ComponentFacets kinds={items} group={group} kind={kind} onChoose={change} />}
        </Read>
        <div className={styles.table}>
          <VirtualTable
            label="Resources"
            list={list}
            columns={columns}
            keyOf={({ cluster, key }) => `${cluster.id} ${key}`}
            onOpen={open}
            sort={{ by: sort, order }}
            onSort={by => {
              const chosen = by === 'key' ? 'key' : 'worst'
              change({ sort: chosen, order: sort === chosen && order === 'desc' ? 'asc' : 'desc' })
            }}
            total={total}
            empty={
              <Empty title="No resource is like this">
                {q || kind || group || state
                  ? 'Ask for less, or choose another kind or state.'
                  : 'Once a collector has sent a snapshot, its resources stand here.'}
              </Empty>
            }
          />
        </div>
      </div>
    </div>
  )
}

interface StatesProps {
  readonly asked: Parameters<typeof questionOf>[0]
  readonly part: Readonly<Record<string, string>>
  readonly chosen: ResourceState | undefined
  readonly onChoose: (state: ResourceState | undefined) => void
}

/** How many resources are in each state, of all that the other choices leave. */
function States({ asked, part, chosen, onChoose }: StatesProps) {
  const read = (state: ResourceState) => ({ q: questionOf({ ...asked, state }), ...part })
  const counts = {
    fail: useCount('countResourceKinds', read('fail')),
    'not-evaluated': useCount('countResourceKinds', read('not-evaluated')),
    excepted: useCount('countResourceKinds', read('excepted')),
    pass: useCount('countResourceKinds', read('pass')),
  }
  return (
    <div className={styles.states}>
      <OutcomeChoice
        label="Resources by state"
        choices={resourceStates.flatMap(outcome => {
          const { data } = counts[outcome]
          return data
            ? [{ outcome, count: data.items.reduce((sum, { resources }) => sum + resources, 0) }]
            : []
        })}
        chosen={chosen}
        onChoose={onChoose}
      />
    </div>
  )
}
