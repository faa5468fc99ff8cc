// Finding words: each text that stands in a searched column of any finding, once for the whole fleet, so that looking for a text reads
// some thousand words and not a million findings.

import type { FreeText, QueryValue } from '@plimsoll/core'
import { sql, type Transaction } from 'kysely'
import type { Client, Schema } from './schema.ts'

/** The columns of findings that are searched. */
export const wordFields = ['kind', 'namespace', 'name', 'rule'] as const
export type WordField = (typeof wordFields)[number]

/** By free text, or pattern of a comparison: the words that it means, by field. What means too many is not there. */
export type AskedWords = ReadonlyMap<FreeText | QueryValue, ReadonlyMap<WordField, readonly string[]>>

export interface FindingWord {
  readonly field: WordField
  readonly word: string
}

/** Rows of one statement. */
const batch = 5000

/**
 * Keeps words of findings. Call it last in the transaction that wrote these: two that bring the same new word wait for each other, in the
 * order of the words, so that neither waits for ever.
 */
export async function keepWords(db: Client, words: readonly FindingWord[]): Promise<void> {
  const sorted = words.toSorted((a, b) => compare(a.field, b.field) || compare(a.word, b.word))
  for (let from = 0; from < sorted.length; from += batch)
    await sql`insert into finding_word (field, word)
      select w.field, w.word from json_to_recordset(${JSON.stringify(sorted.slice(from, from + batch))}::json)
        as w(field text, word text)
      on conflict do nothing`.execute(db)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The words of a field that are like a pattern; `inAnyCase`: of the letters A to Z. Undefined where they are more than `most`. */
export async function wordsLike(
  db: Client,
  fields: readonly WordField[],
  pattern: string,
  { inAnyCase, most }: { readonly inAnyCase: boolean; readonly most: number },
): Promise<readonly FindingWord[] | undefined> {
  const own = inAnyCase ? sql`lower(word collate "C")` : sql`word`
  const { rows } = await sql<FindingWord>`
    select field, word from finding_word where field = any(${[...fields]}::text[]) and ${own} like ${pattern}
    limit ${most + 1}`.execute(db)
  return rows.length > most ? undefined : rows
}

/** All words of a field, for one of few. */
export async function wordsOf(db: Client, field: Exclude<WordField, 'name'>): Promise<readonly string[]> {
  const { rows } = await sql<{ word: string }>`select word from finding_word where field = ${field}`.execute(
    db,
  )
  return rows.map(row => row.word)
}

/**
 * Forgets names that no finding has any more; gives how many went. It waits for those who are writing findings, and they for it, so that
 * no name goes that one of them has just brought back.
 */
export async function sweepWords(trx: Transaction<Schema>): Promise<number> {
  await sql`lock table finding_word in share row exclusive mode`.execute(trx)
  let gone = 0
  let after = ''
  for (;;) {
    const { rows } = await sql<{ word: string }>`
      select word from finding_word where field = 'name' and word > ${after} order by word limit ${batch}`.execute(
      trx,
    )
    const words = rows.map(row => row.word)
    if (words.length > 0) {
      const held = await sql<{ name: string }>`
        select distinct name from finding where name = any(${words}::text[])`.execute(trx)
      const still = new Set(held.rows.map(row => row.name))
      const unused = words.filter(word => !still.has(word))
      if (unused.length > 0)
        await sql`delete from finding_word where field = 'name' and word = any(${unused}::text[])`.execute(
          trx,
        )
      gone += unused.length
    }
    const last = words.at(-1)
    if (last === undefined || words.length < batch) return gone
    after = last
  }
}
