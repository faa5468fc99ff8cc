// Trend: the score of all that a caller sees, at instants: each adds up what was tallied of the clusters that were there then.

import { type Edition, omit, type RolledControl, scoreOf, unpackControls } from '@plimsoll/core'
import type { Permitted } from '../../store/permitted.ts'
import { sightStamp, type TallySpan, talliesThrough } from '../../store/trend.ts'
import type { Reading } from './reading.ts'

export interface TrendPoint {
  readonly at: Date
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  /** Of how many clusters it is the score. */
  readonly clusters: number
}

export interface TrendAsked {
  readonly permitted: Permitted
  readonly clusterId: string | undefined
}

export type Trend = (
  edition: Edition,
  asked: TrendAsked,
  instants: readonly Date[],
) => Promise<readonly TrendPoint[]>

/** Points kept: a month of days for some editions and views of the fleet. */
const most = 8192

/**
 * The merged score at each of the instants, as `mergeControls` and `scoreOf` give it for one; instants at which nothing was judged by the
 * edition are left out, and so are those of which a tally is of other controls than the edition has now. What is past does not change, so
 * a point is worked out once, for as long as clusters stay where they are.
 */
export function trendOf({ db, now }: Reading): Trend {
  const kept = new Map<string, TrendPoint | undefined>()
  return async (edition, asked, instants) => {
    const { clusterId } = asked
    const id = { benchmark: edition.benchmark, edition: edition.edition }
    // Each instant is asked about by itself, whenever the rest of the answer is of.
    const permitted: Permitted = asked.permitted.all ? asked.permitted : omit(asked.permitted, 'at')
    const stamp = await sightStamp(db)
    const keyOf = (at: Date) => JSON.stringify([id, permitted, clusterId, stamp, at])
    const lacking = instants.filter(at => !kept.has(keyOf(at)))
    const fresh = pointsOf(edition, lacking, await talliesThrough(db, permitted, id, lacking, clusterId))
    const all = instants.flatMap(at => (kept.has(keyOf(at)) ? kept.get(keyOf(at)) : fresh.get(at)) ?? [])
    const closed = now().getTime() - settled
    for (const [at, point] of fresh) if (at.getTime() < closed) kept.set(keyOf(at), point)
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break
      kept.delete(oldest)
    }
    return all
  }
}

/** Milliseconds after which no transaction under way can still write of an instant. */
const settled = 3_600_000

interface Sum {
  passed: number
  failed: number
  notEvaluated: number
  unbounded: boolean
  part: RolledControl['part']
}

function pointsOf(
  edition: Edition,
  instants: readonly Date[],
  spans: readonly TallySpan[],
): Map<Date, TrendPoint | undefined> {
  const sums = instants.map(() => edition.controls.map(nothing))
  const clusters = instants.map(() => new Set<string>())
  const isUnlike = instants.map(() => false)
  for (const { cluster_id, counts, held } of spans) {
    const isOwn = counts.length === edition.controls.length
    const controls = isOwn ? unpackControls(edition, counts) : []
    for (const index of held) {
      if (!isOwn) isUnlike[index] = true
      clusters[index]?.add(cluster_id)
      for (const [place, control] of controls.entries()) add(sums[index]?.[place] as Sum, control)
    }
  }
  return new Map(
    instants.map((at, index) => {
      const own = clusters[index] as Set<string>
      if (own.size === 0 || isUnlike[index]) return [at, undefined]
      const controls = (sums[index] as Sum[]).map((sum, place) => rolled(edition, place, sum))
      const { value, low, high } = scoreOf(edition.benchmark, edition.edition, controls)
      return [at, { at, value, low, high, clusters: own.size }]
    }),
  )
}

const nothing = (): Sum => ({ passed: 0, failed: 0, notEvaluated: 0, unbounded: false, part: 'unscored' })

/** As `mergeControls` adds up two scopes, without what a score does not ask for. */
function add(sum: Sum, { result, part }: RolledControl): void {
  sum.passed += result.passed
  sum.failed += result.failed
  sum.notEvaluated += result.notEvaluated
  sum.unbounded ||= result.unbounded
  if (part === 'undecidable' || sum.part === 'unscored') sum.part = part
}

const rolled = (edition: Edition, place: number, { part, ...counts }: Sum): RolledControl => ({
  part,
  result: {
    benchmark: edition.benchmark,
    edition: edition.edition,
    control: edition.controls[place] as Edition['controls'][number],
    outcome: 'not-evaluated',
    excepted: 0,
    notApplicable: 0,
    ...counts,
  },
})
