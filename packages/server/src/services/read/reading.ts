// Reading: what deeds that read need, and how they read a query of a list.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import {
  type Asked,
  type Edition,
  type FieldCatalogue,
  type KnownWords,
  parseQuery,
  type Query,
  type Rule,
} from '@plimsoll/core'
import type { RawBuilder, SqlBool } from 'kysely'
import { type AskedClusters, askClusters } from '../../store/ask-clusters.ts'
import { askWords } from '../../store/ask-words.ts'
import { compileQuery, type QueryColumns } from '../../store/compile-query.ts'
import type { Order, Position, SortColumn } from '../../store/keyset.ts'
import { getSecret } from '../../store/secrets.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'
import { defaultRetention, type RetentionPolicy } from '../retention.ts'

export interface Reading extends Deps {
  readonly rules: ReadonlyMap<string, Rule>
  readonly editions: readonly Edition[]
  readonly known: KnownWords
  /** Signs cursors; the same on all replicas. */
  readonly cursorKey: () => Promise<Buffer>
  /** For how long the past can be asked about. */
  readonly retention: RetentionPolicy
}

/** Makes the catalogue ready for reading, once. */
export function readingOf(
  deps: Deps,
  pack: { readonly rules: readonly Rule[]; readonly editions: readonly Edition[] },
  known: KnownWords,
  cursorKey: () => Promise<Buffer>,
  retention: RetentionPolicy = defaultRetention,
): Reading {
  return {
    db: deps.db,
    now: deps.now,
    randomBytes: deps.randomBytes,
    rules: new Map(pack.rules.map(rule => [rule.id, rule])),
    editions: pack.editions,
    known,
    cursorKey,
    retention,
  }
}

/** The key that signs cursors, made once for an installation and read once by each process. */
export function keptCursorKey({ db, now, randomBytes }: Deps): () => Promise<Buffer> {
  let key: Buffer | undefined
  return async () => {
    key ??= await getSecret(db, 'cursor', randomBytes(32), now())
    return key
  }
}

export interface ReadQuery {
  readonly query: Query
  readonly condition: RawBuilder<SqlBool>
  /** What the query was read with. */
  readonly asked: Asked
  /** The clusters that it means. */
  readonly clusters: AskedClusters
}

/** Reads a query and compiles it; throws `invalid-query` with the place. `at`: the instant that durations are counted from, and as of which clusters are asked. */
export async function readQuery(
  reading: Pick<Reading, 'db' | 'known' | 'now'>,
  text: string,
  catalogue: FieldCatalogue,
  columns: QueryColumns,
  at?: Date,
): Promise<ReadQuery> {
  const parsed = parseQuery(text, catalogue, reading.known)
  if (!parsed.ok) {
    const { start, end, message } = parsed.problem
    throw new Fault('invalid-query', message, {
      places: [{ path: 'q', offset: start, length: end - start, message }],
    })
  }
  const asked = { catalogue, known: reading.known, now: (at ?? reading.now()).getTime() }
  const { query } = parsed
  const [clusters, words] = await Promise.all([
    askClusters(reading.db, query, asked, at),
    askWords(reading.db, query, columns),
  ])
  return { query, condition: compileQuery(query, columns, asked, clusters, words), asked, clusters }
}

export const instantOf = (text: string | undefined): Date | undefined =>
  text === undefined ? undefined : new Date(text)

/** What a page belongs to: another list, order or query has other cursors. */
export interface PageOf {
  readonly list: string
  readonly sort: string
  readonly order: Order
  /** All else that decides which rows there are. */
  readonly filter: readonly (string | undefined)[]
}

export const orderOf = (columns: readonly SortColumn[], direction: 'asc' | 'desc'): Order => ({
  columns,
  direction,
})

/** The cursor of a position: opaque, and signed, so that what comes back is what was given. */
export async function cursorOf(reading: Reading, page: PageOf, position: Position): Promise<string> {
  const body = Buffer.from(JSON.stringify([digestOf(page), position]))
  return `${body.toString('base64url')}.${sign(await reading.cursorKey(), body).toString('base64url')}`
}

/** The position that a cursor names; throws `invalid-cursor` for one that was not given for this very page. */
export async function positionAt(
  reading: Reading,
  page: PageOf,
  cursor: string | undefined,
): Promise<Position | undefined> {
  if (cursor === undefined) return undefined
  const [text = '', mark = ''] = cursor.split('.')
  const body = Buffer.from(text, 'base64url')
  const given = Buffer.from(mark, 'base64url')
  const own = sign(await reading.cursorKey(), body)
  if (given.length !== own.length || !timingSafeEqual(given, own))
    throw new Fault('invalid-cursor', 'the cursor was not given by this server')
  const [digest, position] = JSON.parse(body.toString()) as [string, string[]]
  if (digest !== digestOf(page))
    throw new Fault('invalid-cursor', 'the cursor belongs to another query or order')
  return position
}

const sign = (key: Buffer, body: Buffer) => createHmac('sha256', key).update(body).digest().subarray(0, 18)

const digestOf = ({ list, sort, order, filter }: PageOf) =>
  createHash('sha256')
    .update(JSON.stringify([list, sort, order.direction, filter]))
    .digest('base64url')
    .slice(0, 16)
