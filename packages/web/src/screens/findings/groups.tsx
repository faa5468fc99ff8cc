// Groups of findings: as a table of up to three fields, those with most failures first; opening one shows its findings.

import type { FindingGroups } from '@plimsoll/core/contract/client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../data/client.ts'
import { type List, useListOf } from '../../data/read.ts'
import type { ScopePart } from '../../data/scope.ts'
import { SeverityBadge } from '../../parts/badges.tsx'
import { Bar, SeverityCounts } from '../../parts/bars.tsx'
import { Empty } from '../../parts/states.tsx'
import { type Column, VirtualTable } from '../../parts/virtual-table.tsx'
import { wholeNumber } from '../../parts/words.ts'
import styles from './findings.module.css'
import { fieldWords, type GroupField, valueWord } from './words.ts'

export type Group = FindingGroups['items'][number]

interface Asked extends ScopePart {
  readonly q: string
  readonly at?: string | undefined
}

const pageSize = 100

function useGroups(
  asked: Asked,
  by: readonly GroupField[],
): { readonly list: List<Group>; readonly isOverlapping: boolean } {
  const query = { ...asked, by: by.join(','), limit: pageSize }
  const read = useInfiniteQuery({
    queryKey: ['groupFindings', 'pages', query],
    queryFn: ({ pageParam }) => api.groupFindings({ ...query, offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (last.hasMore ? all.length * pageSize : undefined),
    placeholderData: keepPreviousData,
  })
  return { list: useListOf<Group>(read), isOverlapping: read.data?.pages[0]?.isOverlapping ?? false }
}

const number = (id: string, title: string, width: string, of: (group: Group) => number): Column<Group> => ({
  id,
  title,
  width,
  align: 'right',
  cell: group => <span className={of(group) === 0 ? styles.faint : undefined}>{wholeNumber(of(group))}</span>,
})

interface GroupTableProps {
  readonly asked: Asked
  readonly by: readonly GroupField[]
  readonly onOpen: (group: Group) => void
}

export function GroupTable({ asked, by, onOpen }: GroupTableProps) {
  const { list, isOverlapping } = useGroups(asked, by)
  const most = list.items[0]?.failed ?? 0
  const columns: readonly Column<Group>[] = [
    ...by.map((field, index) => ({
      id: field,
      title: fieldWords[field],
      width: field === 'severity' ? '100px' : index === 0 ? 'minmax(220px, 3fr)' : 'minmax(170px, 2fr)',
      cell: (group: Group) => <GroupKey group={group} field={field} />,
    })),
    {
      id: 'failed',
      title: 'Failed',
      width: '76px',
      align: 'right',
      cell: ({ failed }) => <strong>{wholeNumber(failed)}</strong>,
    },
    {
      id: 'bar',
      title: 'Relative',
      width: 'minmax(60px, 130px)',
      cell: ({ failed }) => (
        <Bar value={failed} most={most} label={`${failed} of ${most} in the largest group`} />
      ),
    },
    {
      id: 'severities',
      title: 'By severity',
      width: '230px',
      cell: group => <SeverityCounts counts={group} />,
    },
    number('unknown', 'Not evaluated', '104px', group => group.notEvaluated),
    number('excepted', 'Excepted', '78px', group => group.excepted),
    number('resolved', 'Resolved', '78px', group => group.resolved),
  ]
  return (
    <div className={styles.grouped}>
      {isOverlapping && (
        <p className={styles.overlap}>
          A finding counts in every section, of the benchmarks that its cluster is judged by, where its rule
          answers a control: these groups add up to more than there is.
        </p>
      )}
      <VirtualTable
        label="Groups of findings"
        list={list}
        columns={columns}
        keyOf={group => JSON.stringify(group.keys.map(({ value }) => value))}
        onOpen={onOpen}
        empty={<Empty title="No finding matches">There is nothing to group; ask for less.</Empty>}
      />
    </div>
  )
}

function GroupKey({ group, field }: { readonly group: Group; readonly field: GroupField }) {
  const key = group.keys.find(one => one.field === field)
  if (!key) return null
  if (field === 'severity' && key.value) return <SeverityBadge severity={key.value as 'high'} />
  const word = valueWord(field, key.value, key.label)
  if ((field === 'resource' || field === 'root') && key.value) {
    const [kind, namespace, ...name] = key.value.split('/')
    return (
      <span title={key.value}>
        {[namespace, name.join('/')].filter(Boolean).join('/')} <span className={styles.faint}>{kind}</span>
      </span>
    )
  }
  return <span title={word}>{word}</span>
}
