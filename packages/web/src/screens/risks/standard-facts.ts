// Standard facts: what the list of risks needs to know besides its findings: which controls a rule answers, which clusters are judged, where they run.

import type { Cluster, WholeBenchmark } from '@plimsoll/core/contract/client'
import { useList, useThingIf } from '../../data/read.ts'

export type Control = WholeBenchmark['sections'][number]['controls'][number]

/** Clusters that are looked through, which is also what a query can name. */
const mostClusters = 200

export interface StandardFacts {
  /** Controls of the standard by the rule that answers them. */
  readonly controlsOf: ReadonlyMap<string, readonly Control[]>
  readonly regionOf: ReadonlyMap<string, string>
  /** A term for the clusters that are judged by the standard; empty where all are. */
  readonly judgedTerm: string
  /** True where there are more clusters than could be looked through, so that others may be among those shown. */
  readonly isUnsure: boolean
  readonly isReady: boolean
  readonly failure: Error | null
}

export function useStandardFacts(benchmark: string, edition: string): StandardFacts {
  const clusters = useList('listClusters', { limit: mostClusters, sort: 'name' })
  const whole = useThingIf(benchmark !== '', 'getBenchmark', benchmark, edition)
  const controlsOf = new Map<string, Control[]>()
  for (const control of whole.data?.sections.flatMap(section => section.controls) ?? [])
    for (const { id } of control.rules) controlsOf.set(id, [...(controlsOf.get(id) ?? []), control])
  return {
    controlsOf,
    regionOf: new Map(clusters.items.map(({ id, region }) => [id, region])),
    judgedTerm: clusters.hasMore ? '' : judgedTerm(clusters.items, benchmark, edition),
    isUnsure: clusters.hasMore,
    isReady: !clusters.isLoading && whole.data !== undefined,
    failure: clusters.failure ?? whole.error,
  }
}

/** A rule belongs to standards, whichever its clusters are judged by: so the clusters are named. */
export function judgedTerm(
  clusters: readonly Pick<Cluster, 'id' | 'scores'>[],
  benchmark: string,
  edition: string,
): string {
  const judged = clusters.filter(({ scores }) =>
    scores.some(score => score.benchmark === benchmark && score.edition === edition),
  )
  if (judged.length === clusters.length || judged.length === 0) return ''
  return `cluster : (${judged.map(({ id }) => JSON.stringify(id)).join(' or ')})`
}
