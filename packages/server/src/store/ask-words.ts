// Ask words: which words of findings hold the texts that a query looks for, found before the query runs.
//
// Findings are many and their words few: with the words at hand, PostgreSQL finds the rows by index instead of reading them all.

import { type Comparison, type FreeText, fold, type Query, type QueryValue } from '@plimsoll/core'
import type { QueryColumns } from './compile-query.ts'
import { type AskedWords, type WordField, wordsLike } from './finding-words.ts'
import { likeParts } from './like.ts'
import type { Client } from './schema.ts'

/** Of more words the rows are so many that looking for them in order ends soon. */
const most = 5000

/** Reads the words where the query looks for any in columns that have them, else nothing. */
export async function askWords(db: Client, query: Query, columns: QueryColumns): Promise<AskedWords> {
  const wordOf = (field: string) => {
    const column = columns[field]
    return column?.type === 'text' ? column.words : undefined
  }
  const searched = Object.keys(columns).flatMap(name => wordOf(name) ?? [])
  const found = new Map<FreeText | QueryValue, ReadonlyMap<WordField, readonly string[]>>()
  const ask = async (
    of: FreeText | QueryValue,
    fields: readonly WordField[],
    pattern: string,
    any: boolean,
  ) => {
    if (fields.length === 0) return
    const rows = await wordsLike(db, fields, pattern, { inAnyCase: any, most })
    if (rows)
      found.set(
        of,
        new Map(fields.map(field => [field, rows.filter(row => row.field === field).map(row => row.word)])),
      )
  }
  for (const part of leavesOf(query)) {
    if (part.type === 'free-text') await ask(part, searched, `%${likeParts(part.parts.map(fold))}%`, true)
    else {
      const word = wordOf(part.field)
      for (const value of part.values)
        if (word && value.type === 'pattern') await ask(value, [word], likeParts(value.parts), false)
    }
  }
  return found
}

function leavesOf(query: Query): (FreeText | Comparison)[] {
  switch (query.type) {
    case 'all':
      return []
    case 'not':
      return leavesOf(query.part)
    case 'and':
    case 'or':
      return query.parts.flatMap(leavesOf)
    default:
      return [query]
  }
}
