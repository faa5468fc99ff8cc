// Screen findings: what fails, as a list that one asks, narrows, groups and works through; one of them open beside it.

import { ActionIcon, Button, Checkbox, Menu, MultiSelect, Popover } from '@mantine/core'
import type { Finding } from '@plimsoll/core/contract/client'
import { IconColumns3, IconDownload, IconFilter } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { instantOf } from '../../data/as-of.ts'
import { useCount, useList } from '../../data/read.ts'
import { readScope, scopePart } from '../../data/scope.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { PageHead } from '../../parts/panel.tsx'
import { QueryBar } from '../../parts/query-bar.tsx'
import { Empty, Partial } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { type Column, VirtualTable } from '../../parts/virtual-table.tsx'
import { counted } from '../../parts/words.ts'
import { Bulk, mostChosen } from './bulk.tsx'
import { allColumns, columnsIn, keepColumns } from './columns.tsx'
import { FindingFacetList } from './facet-list.tsx'
import { FindingFlyout } from './finding-flyout.tsx'
import styles from './findings.module.css'
import { type Group, GroupTable } from './groups.tsx'
import { type FindingsSearch, failingNow, sorts } from './search.ts'
import { Slices, unsliced } from './slices.tsx'
import { hasTerm, queryOf, termsOf } from './terms.ts'
import { Views } from './views.tsx'
import { fieldWords, groupFields, groupFieldsIn, keyOf } from './words.ts'

export function FindingsScreen() {
  const search = useSearch({ from: '/shell/findings' })
  const navigate = useNavigate({ from: '/findings' })
  const scope = readScope(search.scope)
  const query = search.q ?? failingNow
  const { sort = 'severity', order = 'desc', at, finding } = search
  const by = groupFieldsIn(search.by)
  const columns = columnsIn(search.columns, hasTerm(query, 'outcome : fail'))
  const [isFiltering, setFiltering] = useState(false)
  const [chosen, setChosen] = useState<ReadonlyMap<string, Finding>>(new Map())
  const change = (next: FindingsSearch, replace = false) =>
    void navigate({ search: before => ({ ...before, ...next }), replace })
  const ask = (q: string) => {
    setChosen(new Map())
    change({ q, finding: undefined, part: undefined })
  }
  const asked = { q: query, ...scopePart(scope), ...(at !== undefined && { at }) }
  const counts = useCount('countFindings', { ...asked, q: unsliced(query) })
  const total = useCount('countFindings', asked)
  const openGroup = (group: Group) =>
    change({
      q: queryOf([...termsOf(query), ...group.keys.map(({ term }) => term)].filter(Boolean)),
      by: undefined,
    })
  const open = (one: Finding) => change({ finding: keyOf(one) }, finding !== undefined)
  const mark = (one: Finding) =>
    setChosen(before => {
      const after = new Map(before)
      if (!after.delete(keyOf(one)) && after.size < mostChosen) after.set(keyOf(one), one)
      return after
    })
  const exported = `/api/v1/findings/export?${new URLSearchParams({ ...asked, sort, order })}`
  return (
    <div className={styles.screen} data-flyout={finding !== undefined || undefined}>
      <PageHead title="Findings" beside={total.data && counted(total.data.findings, 'finding')}>
        <AsOf
          day={at && new Date(at).toLocaleDateString('sv')}
          onChoose={day => change({ at: instantOf(day), finding: undefined })}
        />
        <Views search={search} onOpen={next => void navigate({ search: { scope: search.scope, ...next } })} />
        <Columns
          shown={columns.map(({ id }) => id)}
          onChange={ids => {
            keepColumns(ids)
            change({ columns: ids.join(',') }, true)
          }}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={30} aria-label="Export" title="Export">
              <IconDownload size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component="a" href={`${exported}&format=csv`} download>
              All that match, as CSV
            </Menu.Item>
            <Menu.Item component="a" href={`${exported}&format=ndjson`} download>
              All that match, as NDJSON
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </PageHead>
      <div className={styles.asking}>
        <ActionIcon
          className={styles.filter}
          variant="default"
          size={32}
          aria-label="Filters"
          aria-expanded={isFiltering}
          onClick={() => setFiltering(!isFiltering)}
        >
          <IconFilter size={15} />
        </ActionIcon>
        <QueryBar list="findings" value={query} onAsk={ask} />
        <MultiSelect
          className={styles.by}
          size="xs"
          aria-label="Group by"
          placeholder={by.length === 0 ? 'Group by' : ''}
          data={groupFields.map(field => ({ value: field, label: fieldWords[field] }))}
          value={by}
          maxValues={3}
          clearable
          onChange={fields => change({ by: fields.join(',') || undefined })}
        />
      </div>
      {at !== undefined && (
        <Partial>
          Findings as they were <Time at={at} isExact />.{' '}
          <button type="button" className={styles.link} onClick={() => change({ at: undefined })}>
            Back to now
          </button>
        </Partial>
      )}
      <Slices query={query} counts={counts.data} onChoose={ask} />
      <div className={styles.main} data-filtering={isFiltering || undefined}>
        <div className={styles.side}>
          <FindingFacetList asked={asked} query={query} onAsk={ask} />
        </div>
        <div className={styles.list}>
          {by.length > 0 ? (
            <GroupTable asked={asked} by={by} onOpen={openGroup} />
          ) : (
            <FindingTable
              asked={{ ...asked, sort, order }}
              total={total.data?.findings}
              columns={columns}
              openKey={finding}
              chosen={chosen}
              onOpen={open}
              onMark={mark}
              onMarkAll={items =>
                setChosen(new Map(items.slice(0, mostChosen).map(one => [keyOf(one), one])))
              }
              onSort={by =>
                change(
                  {
                    sort: sorts.find(one => one === by),
                    order: by === sort && order === 'desc' ? 'asc' : 'desc',
                  },
                  true,
                )
              }
              isNarrow={query !== ''}
            />
          )}
          {chosen.size > 0 && by.length === 0 && (
            <Bulk chosen={[...chosen.values()]} clear={() => setChosen(new Map())} />
          )}
        </div>
      </div>
      {finding !== undefined && (
        <FindingFlyout
          key={finding}
          finding={finding}
          at={at}
          part={search.part}
          onPart={next => change({ part: next }, true)}
          close={() => change({ finding: undefined, part: undefined })}
        />
      )}
    </div>
  )
}

interface FindingTableProps {
  readonly asked: Parameters<typeof useList<'listFindings'>>[1]
  readonly total: number | undefined
  readonly columns: typeof allColumns
  readonly openKey: string | undefined
  readonly chosen: ReadonlyMap<string, Finding>
  readonly onOpen: (finding: Finding) => void
  readonly onMark: (finding: Finding) => void
  readonly onMarkAll: (findings: readonly Finding[]) => void
  readonly onSort: (by: string) => void
  readonly isNarrow: boolean
}

function FindingTable(props: FindingTableProps) {
  const { asked, total, columns, openKey, chosen, onOpen, onMark, onMarkAll, onSort, isNarrow } = props
  const list = useList('listFindings', { ...asked, limit: 100 })
  const isAll = list.items.length > 0 && chosen.size >= Math.min(list.items.length, mostChosen)
  const withMarks = useMemo<readonly Column<Finding>[]>(
    () => [
      {
        id: 'mark',
        width: '34px',
        title: (
          <Checkbox
            size="xs"
            aria-label="Choose all that are loaded"
            checked={isAll}
            indeterminate={chosen.size > 0 && !isAll}
            onChange={() => onMarkAll(isAll ? [] : list.items)}
          />
        ),
        cell: one => (
          <Checkbox
            size="xs"
            aria-label={`Choose ${one.rule.title}, ${one.resource.key || one.cluster.name}`}
            checked={chosen.has(keyOf(one))}
            onChange={() => onMark(one)}
          />
        ),
      },
      ...columns,
    ],
    [columns, chosen, isAll, list.items, onMark, onMarkAll],
  )
  return (
    <VirtualTable
      label="Findings"
      list={list}
      columns={withMarks}
      keyOf={keyOf}
      onOpen={onOpen}
      onMark={onMark}
      openKey={openKey}
      sort={{ by: asked.sort ?? 'severity', order: asked.order ?? 'desc' }}
      onSort={onSort}
      total={total}
      empty={
        <Empty
          title={isNarrow ? 'No finding matches' : 'No finding yet'}
          action={!isNarrow && <Link to="/clusters">See the clusters</Link>}
        >
          {isNarrow
            ? 'Nothing that was looked at is like this. What was not evaluated is counted above, and is no pass.'
            : 'Findings stand here once a cluster has been judged.'}
        </Empty>
      }
    />
  )
}

interface ColumnsProps {
  readonly shown: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
}

const Columns = ({ shown, onChange }: ColumnsProps) => (
  <Popover position="bottom-end" withinPortal={false} trapFocus>
    <Popover.Target>
      <Button variant="default" leftSection={<IconColumns3 size={14} />}>
        Columns
      </Button>
    </Popover.Target>
    <Popover.Dropdown aria-label="Columns">
      <div className={styles.columns}>
        {allColumns.map(({ id, title }) => (
          <Checkbox
            key={id}
            size="xs"
            label={title}
            checked={shown.includes(id)}
            disabled={shown.length === 1 && shown.includes(id)}
            onChange={() =>
              onChange(
                shown.includes(id)
                  ? shown.filter(one => one !== id)
                  : allColumns.map(column => column.id).filter(one => one === id || shown.includes(one)),
              )
            }
          />
        ))}
      </div>
    </Popover.Dropdown>
  </Popover>
)
