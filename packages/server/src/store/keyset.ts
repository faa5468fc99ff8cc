// Keyset: pages of a list from a row on: stable while rows come and go, as fast on the last page as on the first.

import { type RawBuilder, type SqlBool, sql } from 'kysely'

export interface SortColumn {
  /** A trusted reference, such as `finding.severity`. */
  readonly column: string
  /** The type that its text is read back as. */
  readonly type: 'text' | 'smallint' | 'integer' | 'timestamptz'
}

/** Columns that together name one row; all run in one direction. */
export interface Order {
  readonly columns: readonly SortColumn[]
  readonly direction: 'asc' | 'desc'
}

/** The values of a row's sort columns, as texts: where the next page begins. */
export type Position = readonly string[]

/** True for the rows that come after a position. */
export function isAfter({ columns, direction }: Order, position: Position): RawBuilder<SqlBool> {
  const own = sql.join(columns.map(({ column }) => sql.ref(column)))
  const there = sql.join(
    columns.map(({ type }, index) => sql`${position[index] ?? ''}::text::${sql.raw(type)}`),
  )
  return sql<SqlBool>`(${own}) ${sql.raw(direction === 'asc' ? '>' : '<')} (${there})`
}

export const orderBy = ({ columns, direction }: Order): RawBuilder<unknown> =>
  sql`order by ${sql.join(columns.map(({ column }) => sql`${sql.ref(column)} ${sql.raw(direction)}`))}`

/** The position of a row, as a column `position`. */
export const positionOf = ({ columns }: Order): RawBuilder<string[]> =>
  sql<string[]>`array[${sql.join(columns.map(({ column }) => sql`${sql.ref(column)}::text`))}]`
