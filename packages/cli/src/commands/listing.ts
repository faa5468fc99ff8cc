// Listing: how commands that list things write them: aligned columns for people, JSON for machines.

import { columns, padTo, visible, wrap } from '@plimsoll/core'
import type { Sink } from '../terminal/sink.ts'
import { writeChunks } from '../terminal/sink.ts'

/** Rows in columns, two blanks apart; the last column is wrapped into the width that is left. */
export function* columnLines(
  rows: readonly (readonly string[])[],
  width: number,
  paint: (text: string, column: number, row: number) => string = text => text,
): Generator<string> {
  const shown = rows.map(row => row.map(visible))
  const last = Math.max(0, ...shown.map(row => row.length)) - 1
  const widths = Array.from({ length: last }, (_, i) =>
    Math.max(0, ...shown.map(row => columns(row[i] ?? ''))),
  )
  const indent = widths.reduce((sum, one) => sum + one + 2, 0)
  const room = Math.max(24, width - indent)
  for (const [r, row] of shown.entries()) {
    const start = widths.map((one, i) => {
      const text = row[i] ?? ''
      return paint(text, i, r) + padTo('', one - columns(text) + 2)
    })
    const [first = '', ...others] = wrap(row[last] ?? '', room)
    yield `${start.join('')}${paint(first, last, r)}`.trimEnd()
    for (const line of others) yield ' '.repeat(indent) + paint(line, last, r)
  }
}

/** A title and a paragraph below it, indented. */
export function* paragraph(
  title: string,
  text: string,
  width: number,
  strong: (text: string) => string,
): Generator<string> {
  yield strong(title)
  for (const line of wrap(visible(text), Math.max(24, Math.min(width, 100) - 2))) yield `  ${line}`
  yield ''
}

export async function writeLines(sink: Sink, lines: Iterable<string>): Promise<void> {
  await writeChunks(sink, withEnds(lines))
  await sink.finish()
}

export async function writeJson(sink: Sink, value: unknown): Promise<void> {
  await writeLines(sink, [JSON.stringify(value, null, 2)])
}

function* withEnds(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`
}

/** At most so many words of a list, and how many more there are. */
export function someOf(words: readonly string[], most: number): string {
  const shown = words.slice(0, most).join(', ')
  return words.length > most ? `${shown} and ${words.length - most} more` : shown
}
