// Tallies: the statements of what benchmarks' controls and scores come to in a cluster and its namespaces, now and at any instant.

import type { PackedControl } from '@plimsoll/core'
import { sql } from 'kysely'
import { insertRecords } from './records.ts'
import type { Client } from './schema.ts'

export interface TallyRow {
  /** '' the cluster, `namespace/<name>`. */
  readonly scope_key: string
  readonly benchmark: string
  readonly edition: string
  readonly counts: readonly PackedControl[]
}

export interface ScoreRow {
  readonly scope_key: string
  readonly benchmark: string
  readonly edition: string
  /** '' the whole edition. */
  readonly section: string
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly evaluated: number
  readonly not_evaluated: number
}

export interface ScoreMoveRow {
  readonly benchmark: string
  readonly edition: string
  readonly before: number | null
  readonly after: number | null
  readonly parts: Readonly<Record<string, number>>
}

const tallyKey = ({ scope_key, benchmark, edition }: TallyRow) => `${benchmark} ${edition} ${scope_key}`
const scoreKey = (row: ScoreRow) => `${row.benchmark} ${row.edition} ${row.section} ${row.scope_key}`

/**
 * Makes what some scopes come to current from an instant on: rows that are as before stay, others end and begin, and those of these scopes
 * that are not given end.
 */
export async function keepPosture(
  db: Client,
  clusterId: string,
  at: string,
  scopes: readonly string[],
  tallies: readonly TallyRow[],
  scores: readonly ScoreRow[],
): Promise<void> {
  const known = await sql<TallyRow>`select scope_key, benchmark, edition, counts from tally
    where cluster_id = ${clusterId} and scope_key = any(${scopes}) and valid_to = 'infinity'`.execute(db)
  await exchange(db, 'tally', clusterId, at, known.rows, tallies, tallyKey)
  const scored = await sql<ScoreRow>`
    select scope_key, benchmark, edition, section, value, low, high, evaluated, not_evaluated from score
    where cluster_id = ${clusterId} and scope_key = any(${scopes}) and valid_to = 'infinity'`.execute(db)
  await exchange(db, 'score', clusterId, at, scored.rows, scores, scoreKey)
}

async function exchange<T extends TallyRow | ScoreRow>(
  db: Client,
  table: 'tally' | 'score',
  clusterId: string,
  at: string,
  known: readonly T[],
  wanted: readonly T[],
  keyOf: (row: T) => string,
): Promise<void> {
  const before = new Map(known.map(row => [keyOf(row), row]))
  const fresh: T[] = []
  const ended: T[] = []
  for (const row of wanted) {
    const old = before.get(keyOf(row))
    before.delete(keyOf(row))
    if (old && isSame(old, row)) continue
    if (old) ended.push(old)
    fresh.push(row)
  }
  ended.push(...before.values())
  if (ended.length > 0) {
    const section = table === 'score' ? sql`and t.section = e.section` : sql``
    await sql`update ${sql.table(table)} t set valid_to = ${at}
      from json_to_recordset(${JSON.stringify(ended.map(keysOf))}::json)
        as e(scope_key text, benchmark text, edition text, section text)
      where t.cluster_id = ${clusterId} and t.scope_key = e.scope_key and t.benchmark = e.benchmark
        and t.edition = e.edition ${section} and t.valid_to = 'infinity'`.execute(db)
  }
  await insertRecords(
    db,
    table,
    fresh.map(row => ({ cluster_id: clusterId, ...(row as object), valid_from: at })),
  )
}

const keysOf = (row: TallyRow | ScoreRow) => ({
  scope_key: row.scope_key,
  benchmark: row.benchmark,
  edition: row.edition,
  ...('section' in row && { section: row.section }),
})

/** Rows have their fields in one order here and there. */
const isSame = (a: TallyRow | ScoreRow, b: TallyRow | ScoreRow) =>
  Object.keys(b).every(
    name => JSON.stringify(a[name as keyof typeof a]) === JSON.stringify(b[name as keyof typeof b]),
  )

export const addMoves = (
  db: Client,
  clusterId: string,
  at: string,
  moves: readonly ScoreMoveRow[],
): Promise<void> =>
  insertRecords(
    db,
    'score_move',
    moves.map(move => ({ cluster_id: clusterId, at, ...move })),
  )

/** What scopes of a cluster came to at an instant (a text for microseconds); now, where none is given. */
export async function talliesAt(
  db: Client,
  clusterId: string,
  at: Date | string | undefined,
): Promise<readonly TallyRow[]> {
  const { rows } = await sql<TallyRow>`select scope_key, benchmark, edition, counts from tally
    where cluster_id = ${clusterId} and ${heldAt(at)} order by scope_key, benchmark, edition`.execute(db)
  return rows
}

/** What whole clusters came to under an edition, each at its own instant; by the places of those that are asked about. */
export async function talliesHeld(
  db: Client,
  { benchmark, edition }: { readonly benchmark: string; readonly edition: string },
  asked: readonly { readonly cluster_id: string; readonly at: Date }[],
): Promise<ReadonlyMap<number, readonly PackedControl[]>> {
  const { rows } = await sql<{ place: number; counts: readonly PackedControl[] }>`
    select (asked.place - 1)::int as place, tally.counts
    from unnest(${asked.map(one => one.cluster_id)}::text[], ${asked.map(one => one.at.toISOString())}::timestamptz[])
      with ordinality as asked(cluster_id, at, place)
    join tally on tally.cluster_id = asked.cluster_id and tally.scope_key = '' and tally.benchmark = ${benchmark}
      and tally.edition = ${edition} and tally.valid_from <= asked.at and tally.valid_to > asked.at`.execute(
    db,
  )
  return new Map(rows.map(({ place, counts }) => [place, counts]))
}

/** The scores of a cluster and its namespaces at an instant (a text for microseconds); now, where none is given. */
export async function scoresAt(
  db: Client,
  clusterId: string,
  at: Date | string | undefined,
): Promise<readonly ScoreRow[]> {
  const { rows } = await sql<ScoreRow>`
    select scope_key, benchmark, edition, section, value, low, high, evaluated, not_evaluated from score
    where cluster_id = ${clusterId} and ${heldAt(at)} order by scope_key, benchmark, edition, section`.execute(
    db,
  )
  return rows
}

const heldAt = (at: Date | string | undefined) =>
  at === undefined
    ? sql`valid_to = 'infinity'`
    : sql`valid_from <= ${at}::timestamptz and valid_to > ${at}::timestamptz`
