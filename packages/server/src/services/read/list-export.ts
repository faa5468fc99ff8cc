// List export: a whole list as NDJSON or CSV, page by page, so that memory does not grow with it.

import { Readable } from 'node:stream'

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
  yield `${columns.join(',')}\r\n`
  for await (const items of pages)
    yield items.map(item => `${columns.map(path => csvCell(valueAt(item, path))).join(',')}\r\n`).join('')
}

const valueAt = (item: Item, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Item | null | undefined)?.[key], item)

/** A cell as RFC 4180 has it; what a spreadsheet would run as a formula begins with an apostrophe. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = /^[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
