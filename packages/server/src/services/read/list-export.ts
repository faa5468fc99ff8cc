// List export: a whole list as NDJSON or CSV, page by page, so that memory does not grow with it.

import { Readable } from 'node:stream'
import { csvLine } from '@plimsoll/core'

type Item = Readonly<Record<string, unknown>>
export type ExportFormat = 'ndjson' | 'csv'

const types = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
}

export const exportTypes = ['application/x-ndjson', 'text/csv'] as const

export const exportHeaders = (name: string, format: ExportFormat): Record<string, string> => ({
  'content-type': types[format],
  'content-disposition': `attachment; filename="plimsoll-${name}.${format}"`,
})

/** `pages` gives the items page by page; `columns` are the paths of a CSV's cells inside an item. */
export function exportStream(
  pages: AsyncIterable<readonly Item[]>,
  format: ExportFormat,
  columns: readonly string[],
): Readable {
  return Readable.from(format === 'csv' ? csv(pages, columns) : ndjson(pages))
}

async function* ndjson(pages: AsyncIterable<readonly Item[]>): AsyncGenerator<string> {
  for await (const items of pages) yield items.map(item => `${JSON.stringify(item)}\n`).join('')
}

async function* csv(
  pages: AsyncIterable<readonly Item[]>,
  columns: readonly string[],
): AsyncGenerator<string> {
  yield csvLine(columns)
  for await (const items of pages)
    yield items.map(item => csvLine(columns.map(path => cellOf(valueAt(item, path))))).join('')
}

const valueAt = (item: Item, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Item | null | undefined)?.[key], item)

/** What is nothing is an empty cell; lists and maps are JSON. */
function cellOf(value: unknown): string | number {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'string') return value
  return JSON.stringify(value)
}
