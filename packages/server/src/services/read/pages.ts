// Pages: a list of the store as the API gives it: one page with the cursor of the next, or all of them in turn.

import type { Position } from '../../store/keyset.ts'
import { cursorOf, type PageOf, positionAt, type Reading } from './reading.ts'

interface StoredPage<Row> {
  readonly rows: readonly Row[]
  readonly next: Position | undefined
}

/** Reads a page from a position on. */
export type ReadPage<Row> = (after: Position | undefined) => Promise<StoredPage<Row>>
type View<Row, Item> = (rows: readonly Row[]) => readonly Item[] | Promise<readonly Item[]>

/** The page that a cursor names; throws `invalid-cursor`. */
export async function onePage<Row, Item>(
  reading: Reading,
  page: PageOf,
  cursor: string | undefined,
  read: ReadPage<Row>,
  view: View<Row, Item>,
) {
  const { rows, next } = await read(await positionAt(reading, page, cursor))
  return { items: await view(rows), next: next ? await cursorOf(reading, page, next) : null }
}

/** All pages in turn, until nobody wants them any more. */
export async function* allPages<Row, Item>(
  read: ReadPage<Row>,
  view: View<Row, Item>,
  signal: AbortSignal,
): AsyncGenerator<readonly Item[]> {
  let after: Position | undefined
  do {
    const { rows, next } = await read(after)
    yield await view(rows)
    after = next
  } while (after && !signal.aborted)
}
