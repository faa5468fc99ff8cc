// Overview: the fleet, or one cluster of it, at a glance: score, trend, ranking, changes, most effective fixes, coverage.

import { clusterListFields, findingFields } from '@plimsoll/core'
import { rootsAsked } from '../../store/finding-groups.ts'
import { changesSince, clusterPage, clusterSorts, collectorRows, scoreMoves } from '../../store/fleet.ts'
import { collectorsAsOf } from '../../store/fleet-as-of.ts'
import type { Permitted } from '../../store/permitted.ts'
import type { EditionId } from '../../store/posture.ts'
import { clusterListColumns, findingColumns } from '../../store/query-columns.ts'
import { tallyOf } from './accounts.ts'
import { attestedScores } from './attested.ts'
import type { FindingCounts } from './count-findings.ts'
import { staleAfter } from './past.ts'
import {
  type EditionPosture,
  outcomesOf,
  type Posture,
  type PostureAsked,
  scoreFor,
  sectionsOf,
} from './posture.ts'
import { orderOf, type Reading, readQuery } from './reading.ts'
import type { Trend, TrendPoint } from './trend.ts'
import { rootView, scoreView } from './views.ts'
import { type Move, wordMoves } from './word-moves.ts'

const day = 86_400_000
const trendDays = 30
const rankedShown = 50
const movesShown = 20
const rootsShown = 10
const mostClusters = 10_000

export interface OverviewAsked extends PostureAsked {
  readonly permitted: Permitted
  readonly edition: EditionId | undefined
  readonly since: Date | undefined
}

/** What is worked out for more than the overview. */
export interface OverviewParts {
  readonly posture: Posture
  readonly trend: Trend
  readonly findingCounts: FindingCounts
}

/** The edition of most clusters; of equals one that says how a cluster should be set up, before catalogues of threats. */
export function shownFirst<T extends EditionId & { readonly clusters: number }>(
  editions: readonly T[],
): T | undefined {
  const rank = ({ benchmark }: EditionId) =>
    benchmark.startsWith('cis-') ? 0 : benchmark === 'nsa-cisa' ? 1 : 2
  return editions.toSorted((a, b) => b.clusters - a.clusters || rank(a) - rank(b))[0]
}

export async function overviewOf(
  reading: Reading,
  { posture, trend, findingCounts }: OverviewParts,
  asked: OverviewAsked,
) {
  const { db } = reading
  const { permitted, clusterId, at } = asked
  const now = at ?? reading.now()
  const since = asked.since ?? new Date(now.getTime() - day)
  const editions = await posture.editions(asked)
  const edition = asked.edition ?? shownFirst(editions)
  const text = clusterId === undefined ? '' : `cluster : ${JSON.stringify(clusterId)}`
  const findings = { ...(await readQuery(reading, text, findingFields, findingColumns)), at }
  const ofClusters = clusterId === undefined ? '' : `id : ${JSON.stringify(clusterId)}`
  const { condition: clusterCondition } = await readQuery(
    reading,
    ofClusters,
    clusterListFields,
    clusterListColumns,
  )

  const whole = edition && editionOf(reading, edition)
  const asOf = at && { at, staleAfter, ...(clusterId !== undefined && { clusterId }) }
  const [own, scores, points, judged, attested, counts, fleet, changes, roots, collectors] =
    await Promise.all([
      edition && posture.of(asked, edition, editions),
      edition
        ? attestedScores(reading, permitted, at, {
            edition,
            ...(clusterId !== undefined && { clusterIds: [clusterId] }),
          })
        : [],
      whole ? trend(whole, asked, midnightsBefore(now)) : [],
      edition ? scoreMoves(db, permitted, edition, since, clusterId, movesShown) : [],
      whole ? wordMoves(db, whole, { permitted, clusterId, since, until: now }, movesShown) : [],
      findingCounts.all(permitted, findings),
      clusterPage(
        db,
        permitted,
        clusterCondition,
        orderOf(clusterSorts.name, 'asc'),
        undefined,
        mostClusters,
        asOf,
      ),
      changesSince(db, permitted, since, clusterId),
      rootsAsked(db, permitted, findings, rootsShown),
      asOf ? collectorsAsOf(db, permitted, undefined, asOf) : collectorRows(db, permitted),
    ])

  const names = new Map(fleet.rows.map(row => [row.cluster_id, row.name]))
  const refOf = (id: string) => ({ id, name: names.get(id) ?? id })
  const mine = collectors.filter(row => names.has(row.cluster_id))
  return {
    at: now.toISOString(),
    since: since.toISOString(),
    edition: edition ? { benchmark: edition.benchmark, edition: edition.edition } : null,
    editions: editions.map(({ benchmark, edition: id, clusters }) => ({ benchmark, edition: id, clusters })),
    score: own ? scoreFor(own) : null,
    sections: own
      ? sectionsOf(own).map(({ id, title, score, controls }) => ({
          id,
          title,
          ...score,
          passed: sum(controls.map(one => one.result.passed)),
          failed: sum(controls.map(one => one.result.failed)),
        }))
      : [],
    counts,
    controls: own ? outcomesOf(own) : null,
    clusters: {
      total: fleet.rows.length,
      byStatus: tallyOf(fleet.rows.map(row => row.status)),
      ranked: scores
        .map(row => ({ ...refOf(row.cluster_id), score: scoreView(row) }))
        .sort((a, b) => rank(a.score) - rank(b.score) || (a.name < b.name ? -1 : 1))
        .slice(0, rankedShown),
    },
    trend: [...points, ...(own ? [pointOf(own, now)] : [])].map(point => ({
      ...point,
      at: point.at.toISOString(),
    })),
    changes,
    moves: [...judged.map((move): Move => ({ ...move, evaluated: null })), ...attested]
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, movesShown)
      .map(({ cluster_id, at: when, ...move }) => ({
        cluster: refOf(cluster_id),
        at: when.toISOString(),
        ...move,
      })),
    roots: roots.map(rootView),
    coverage: {
      gaps: Object.entries(tallyOf(mine.flatMap(row => row.gaps.map(gap => gap.reason))))
        .map(([reason, count]) => ({ reason, count }))
        .sort((a, b) => b.count - a.count),
      stale: mine.flatMap(row =>
        row.stale_since
          ? [{ ...refOf(row.cluster_id), scope: row.scope, since: row.stale_since.toISOString() }]
          : [],
      ),
    },
  }
}

const editionOf = ({ editions }: Reading, id: EditionId) =>
  editions.find(one => one.benchmark === id.benchmark && one.edition === id.edition)

/** The ends of the days before. */
function midnightsBefore(now: Date): Date[] {
  const midnight = Math.floor(now.getTime() / day) * day
  return Array.from({ length: trendDays }, (_, index) => new Date(midnight - (trendDays - 1 - index) * day))
}

/** The end of the trend is what the score is made of: it is not added up a second time. */
function pointOf(own: EditionPosture, at: Date): TrendPoint {
  const { value, low, high } = scoreFor(own)
  return { at, value, low, high, clusters: own.clusters }
}

/** The worst that it may be decides; without any it stands last. */
const rank = ({ value, low }: { readonly value: number | null; readonly low: number | null }) =>
  value ?? low ?? Number.POSITIVE_INFINITY

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
