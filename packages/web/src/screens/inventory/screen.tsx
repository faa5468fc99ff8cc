// Screen inventory: every resource with its state from its own side, by kind and by the part of a cluster that it belongs to.

import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { atPart } from '../../data/as-of.ts'
import { useCount, useList } from '../../data/read.ts'
import { readScope, scopePart } from '../../data/scope.ts'
import { present } from '../../data/search-params.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { OutcomeChoice } from '../../parts/outcome-counts.tsx'
import { PageHead } from '../../parts/panel.tsx'
import { QueryBar } from '../../parts/query-bar.tsx'
import { Empty, Read } from '../../parts/states.tsx'
import { VirtualTable } from '../../parts/virtual-table.tsx'
import { counted } from '../../parts/words.ts'
import { columnsOf } from './columns.tsx'
import { ComponentFacets } from './component-facets.tsx'
import styles from './inventory.module.css'
import { countOf, questionOf, sumOf } from './questions.ts'
import { type InventorySearch, resourceStates } from './search.ts'

/** A query that no resource answers: for a group of which the other choices leave no kind. */
const nothing = 'failed < 0'

export function InventoryScreen() {
  const search = useSearch({ from: '/shell/inventory' })
  const navigate = useNavigate({ from: '/inventory' })
  const change = (values: InventorySearch) => void navigate({ search: before => ({ ...before, ...values }) })
  const { q, group, kind, state, at, sort = 'worst', order = sort === 'worst' ? 'desc' : 'asc' } = search
  const part = { ...scopePart(readScope(search.scope)), ...atPart(at) }
  const kinds = useCount('countResourceKinds', { q: q ?? '', ...part })
  const all = kinds.data?.items ?? []
  const inState = all.filter(one => countOf(one, state) !== 0)
  const groupKinds = inState.filter(({ component }) => component === group).map(one => one.kind)
  const chosenKinds = kind === undefined ? groupKinds : [kind]
  const isAsked = group === undefined || groupKinds.length > 0
  const list = useList('listResources', {
    q: isAsked ? questionOf({ q, kinds: chosenKinds, state }) : nothing,
    sort,
    order,
    limit: 100,
    ...part,
  })
  const chosen = all.filter(one => chosenKinds.length === 0 || chosenKinds.includes(one.kind))
  const total = sumOf(chosen, state)
  const open = ({ cluster, key }: (typeof list.items)[number]) =>
    void navigate({
      to: '/inventory/$cluster/$key',
      params: { cluster: cluster.id, key },
      search: present({ at }),
    })
  return (
    <div className={styles.screen}>
      <PageHead title="Inventory" beside={kinds.data && total !== undefined && counted(total, 'resource')}>
        <AsOf day={at} onChoose={day => change({ at: day })} />
        <a
          href={`/api/v1/resources/export?${new URLSearchParams({ q: questionOf({ q, kinds: chosenKinds, state }), format: 'csv', ...part })}`}
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
      <div className={styles.states}>
        <OutcomeChoice
          label="Resources by state"
          choices={resourceStates.flatMap(outcome => {
            const count = kinds.data && sumOf(chosen, outcome)
            return count === undefined ? [] : [{ outcome, count }]
          })}
          chosen={state}
          onChoose={value => change({ state: value })}
        />
      </div>
      <div className={styles.panes}>
        <Read query={kinds}>
          {() => (
            <ComponentFacets kinds={inState} state={state} group={group} kind={kind} onChoose={change} />
          )}
        </Read>
        <div className={styles.table}>
          <VirtualTable
            label="Resources"
            list={list}
            columns={columnsOf(at)}
            keyOf={({ cluster, key }) => `${cluster.id} ${key}`}
            onOpen={open}
            sort={{ by: sort, order }}
            onSort={by => {
              const chosen = by === 'key' ? 'key' : 'worst'
              change({ sort: chosen, order: sort === chosen && order === 'desc' ? 'asc' : 'desc' })
            }}
            total={total}
            empty={
              <Empty
                title="No resource is like this"
                action={!(q || kind || group || state) && <Link to="/clusters">See the clusters</Link>}
              >
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
