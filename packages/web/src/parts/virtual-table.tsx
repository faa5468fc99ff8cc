// Virtual table: a list of any length as a dense table: only what is seen is drawn, more is read when its end comes near, keys move through it.

import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { List } from '../data/read.ts'
import { useKeys } from './keyboard.tsx'
import { Empty, Failure, Loading } from './states.tsx'
import styles from './virtual-table.module.css'

export interface Column<I> {
  readonly id: string
  readonly title: ReactNode
  /** A track of CSS grid: `120px`, `minmax(160px, 2fr)`. */
  readonly width: string
  readonly align?: 'right'
  /** Where it can be sorted by: what `onSort` is told. */
  readonly sort?: string
  readonly cell: (item: I) => ReactNode
}

interface VirtualTableProps<I> {
  /** What it lists, for readers of the screen, and the title of its keys. */
  readonly label: string
  readonly list: List<I>
  readonly columns: readonly Column<I>[]
  readonly keyOf: (item: I) => string
  readonly onOpen?: (item: I) => void
  /** The key of what is open beside the table. */
  readonly openKey?: string | undefined
  /** Where rows can be chosen: told by `x`. */
  readonly onMark?: (item: I) => void
  readonly sort?: { readonly by: string; readonly order: 'asc' | 'desc' } | undefined
  readonly onSort?: (by: string) => void
  /** The whole number of rows, where it is known. */
  readonly total?: number | undefined
  /** What stands there where nothing is listed. */
  readonly empty: ReactNode
}

const rowHeight = 30
/** Rows from the end at which more is read. */
const ahead = 30

/** Fills the height that it is given. `j` and `k` move, Enter opens, `x` marks. */
export function VirtualTable<I>(props: VirtualTableProps<I>) {
  const { label, list, columns, keyOf, onOpen, openKey, onMark, sort, onSort, total, empty } = props
  const { items, hasMore, loadMore, isLoadingMore, failure } = list
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(-1)
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const shown = rows.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isLoadingMore && !failure && last >= items.length - ahead) loadMore()
  })
  const move = (to: number) => {
    const next = Math.max(0, Math.min(items.length - 1, to))
    const item = items[next]
    if (item === undefined) return
    setActive(next)
    rows.scrollToIndex(next)
    // Beside an open one, moving opens the next.
    if (openKey !== undefined) onOpen?.(item)
  }
  const at = openKey === undefined ? active : items.findIndex(item => keyOf(item) === openKey)
  useKeys(label, [
    { keys: 'j', says: 'Next row', run: () => move(at + 1) },
    { keys: 'k', says: 'Previous row', run: () => move(at - 1) },
    ...(onOpen
      ? [
          { keys: 'Enter', says: 'Open the row', run: () => items[at] !== undefined && onOpen(items[at]) },
          { keys: 'o', run: () => items[at] !== undefined && onOpen(items[at]) },
        ]
      : []),
    ...(onMark
      ? [{ keys: 'x', says: 'Choose the row', run: () => items[at] !== undefined && onMark(items[at]) }]
      : []),
  ])
  // Every row is a grid of its own: all get the same least width, so that their tracks agree.
  const template = {
    gridTemplateColumns: columns.map(({ width }) => width).join(' '),
    minWidth: columns.reduce((sum, { width }) => sum + leastWidth(width), 16),
  }
  if (list.isLoading && !failure) return <Loading rows={14} />
  if (failure && items.length === 0) return <Failure error={failure} retry={list.retry} />
  if (items.length === 0) return typeof empty === 'string' ? <Empty title={empty} /> : empty
  return (
    <div
      ref={scroller}
      className={styles.table}
      role="table"
      aria-label={label}
      aria-rowcount={total ?? (hasMore ? -1 : items.length)}
      aria-busy={list.isStale}
      tabIndex={0}
      onKeyDown={event => {
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          event.preventDefault()
          move(at + (event.key === 'ArrowDown' ? 1 : -1))
        }
      }}
    >
      <div className={styles.head} role="row" style={template}>
        {columns.map(column => (
          <Heading key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div
        className={styles.body}
        role="rowgroup"
        style={{ height: rows.getTotalSize() }}
        onPointerOver={tellWhole}
      >
        {shown.map(({ index, start }) => {
          const item = items[index]
          if (item === undefined) return null
          const key = keyOf(item)
          return (
            <div
              key={key}
              role="row"
              aria-rowindex={index + 2}
              aria-current={index === at || undefined}
              data-open={key === openKey || undefined}
              className={styles.row}
              style={{ ...template, transform: `translateY(${start}px)` }}
              onClick={event => {
                if ((event.target as HTMLElement).closest('a, button, input, label')) return
                setActive(index)
                onOpen?.(item)
              }}
            >
              {columns.map(({ id, align, cell }) => (
                <div key={id} role="cell" className={styles.cell} data-align={align}>
                  {cell(item)}
                </div>
              ))}
            </div>
          )
        })}
      </div>
      {failure && (
        <div role="row">
          <div role="cell">
            <Failure error={failure} retry={list.retry} />
          </div>
        </div>
      )}
    </div>
  )
}

/** What a cell has no room for is told whole on hover, where nothing in it says more of itself. */
function tellWhole({ target }: PointerEvent) {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role="cell"]') : null
  if (!cell || cell.querySelector('[title]')) return
  if (cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent
  else cell.removeAttribute('title')
}

/** Pixels that a track takes at least. */
const leastWidth = (track: string) => Number(/(\d+)px/.exec(track)?.[1] ?? 80)

interface HeadingProps<I> {
  readonly column: Column<I>
  readonly sort: VirtualTableProps<I>['sort']
  readonly onSort: VirtualTableProps<I>['onSort']
}

function Heading<I>({ column: { title, sort: by, align }, sort, onSort }: HeadingProps<I>) {
  const order = by !== undefined && sort?.by === by ? sort.order : undefined
  const Arrow = order === 'asc' ? IconArrowUp : IconArrowDown
  return (
    <div
      role="columnheader"
      className={styles.cell}
      data-align={align}
      aria-sort={order === undefined ? undefined : order === 'asc' ? 'ascending' : 'descending'}
    >
      {by !== undefined && onSort ? (
        <button type="button" onClick={() => onSort(by)}>
          {title}
          {order && <Arrow size={12} aria-hidden="true" />}
        </button>
      ) : (
        title
      )}
    </div>
  )
}
