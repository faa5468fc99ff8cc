// History retention: the statements that delete history by age and keep what is current, and what held at midnights for long trends.

import { sql } from 'kysely'
import { type CountMove, moveFindingCounts } from './finding-count-moves.ts'
import type { Client } from './schema.ts'

/** Tables of intervals whose history is thinned, and how many rows go at a time. */
const thinned = ['tally', 'score'] as const

/** Deletes intervals of findings that ended before the instant, at most so many; gives how many went. */
export async function deleteEndedFindings(
  db: Client,
  clusterId: string,
  before: Date,
  most: number,
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from finding_interval where cluster_id = ${clusterId} and (finding_id, valid_from) in (
      select finding_id, valid_from from finding_interval
      where cluster_id = ${clusterId} and valid_to < ${before} limit ${most})`.execute(db)
  return Number(numAffectedRows)
}

/**
 * Thins tallies and scores: of those that ended before `fineBefore`, the ones stay that held at a midnight (UTC), so that each day keeps
 * its value; what ended before `before` goes altogether.
 */
export async function thinRollups(
  db: Client,
  clusterId: string,
  { fineBefore, before }: { readonly fineBefore: Date; readonly before: Date },
): Promise<number> {
  let gone = 0n
  for (const table of thinned) {
    // An instant of midnight lies in [from, to): the last moment before `to` is of a later day than the last before `from`.
    const { numAffectedRows = 0n } = await sql`
      delete from ${sql.table(table)} where cluster_id = ${clusterId} and valid_to < ${fineBefore}
        and (valid_to < ${before}
          or date_trunc('day', (valid_to at time zone 'UTC') - interval '1 microsecond')
            = date_trunc('day', (valid_from at time zone 'UTC') - interval '1 microsecond'))`.execute(db)
    gone += numAffectedRows
  }
  return Number(gone)
}

/** Deletes what moved scores before the instant. */
export async function deleteScoreMoves(db: Client, clusterId: string, before: Date): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from score_move where cluster_id = ${clusterId} and at < ${before}`.execute(db)
  return Number(numAffectedRows)
}

interface Swept {
  readonly rule: string
  readonly kind: string
  readonly namespace: string
  readonly outcome: string
  readonly severity: number
  readonly count: number
}

/** Each move once: one statement changes a count once. */
function summed(moves: readonly CountMove[]): readonly CountMove[] {
  const sums = new Map<string, CountMove>()
  for (const { count, ...place } of moves) {
    const key = JSON.stringify(place)
    sums.set(key, { ...place, count: count + (sums.get(key)?.count ?? 0) })
  }
  return [...sums.values()]
}

/**
 * Deletes assets that went, and findings that were resolved, before the instant, with what people said of them; gives how many of the
 * larger number went. Call it under the cluster's lock: counts of findings move with them.
 */
export async function deleteLongGone(
  db: Client,
  clusterId: string,
  before: Date,
  most: number,
): Promise<number> {
  const assets = await sql`
    delete from asset where cluster_id = ${clusterId} and asset_key in (
      select asset_key from asset where cluster_id = ${clusterId} and gone_at < ${before} limit ${most})`.execute(
    db,
  )
  // Of one cluster and one statement: notes go if and only if their finding does.
  const { rows } = await sql<Swept>`
    with gone as (
      delete from finding where cluster_id = ${clusterId} and finding_id in (
        select finding_id from finding
        where cluster_id = ${clusterId} and state = 'resolved' and resolved_at < ${before} limit ${most})
      returning finding_id, rule, kind, namespace, outcome, severity
    ), notes as (
      delete from finding_note where cluster_id = ${clusterId} and finding_id in (select finding_id from gone)
    )
    select rule, kind, namespace, outcome, severity, count(*)::int as count from gone
    group by rule, kind, namespace, outcome, severity`.execute(db)
  const moves = rows.flatMap(({ outcome, severity, count, ...places }) =>
    (['rule', 'kind', 'namespace'] as const).map(field => ({
      field,
      value: places[field],
      state: 'resolved',
      outcome,
      severity,
      count: -count,
    })),
  )
  if (moves.length > 0) await moveFindingCounts(db, clusterId, summed(moves), [])
  const findings = rows.reduce((sum, { count }) => sum + count, 0)
  return Math.max(Number(assets.numAffectedRows ?? 0n), findings)
}
