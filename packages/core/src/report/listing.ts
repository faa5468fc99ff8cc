// Listing: the results that a report lists, resource by resource, and the lines of their evidence.

import type { Assessment, ResourceEntry } from '../model/assessment.ts'
import type { Result } from '../model/result.ts'
import { isAtLeast } from '../model/severity.ts'
import type { Locate, ReportOptions } from './options.ts'

/** What a report lists about one resource, or, without an entry, about what could not be listed. */
export interface ResourceResults {
  readonly entry: ResourceEntry | undefined
  readonly results: readonly Result[]
}

/** Results about what could not be listed are no resource's; as there may be many, they come in portions. */
const portion = 1000

/** Judges on, and yields the results that the options let through, those of one resource together as the engine gives them. */
export function* resultsByResource(
  assessment: Assessment,
  options: Pick<ReportOptions, 'only' | 'severity'>,
): Generator<ResourceResults, void, undefined> {
  const entries = new Map(assessment.resources.map(entry => [entry.key, entry]))
  let key: string | null | undefined
  let results: Result[] = []
  const group = (): ResourceResults => ({ entry: key == null ? undefined : entries.get(key), results })
  for (const result of assessment.results()) {
    if (!isListed(result, options)) continue
    const isFull = key === null && results.length >= portion
    if ((result.resource !== key || isFull) && results.length > 0) {
      yield group()
      results = []
    }
    key = result.resource
    results.push(result)
  }
  if (results.length > 0) yield group()
}

/** True when the filter of outcomes and severities lets a result through. */
export function isListed(
  result: Result,
  { only, severity }: Pick<ReportOptions, 'only' | 'severity'>,
): boolean {
  return (
    (only === undefined || only.has(result.outcome)) &&
    (severity === undefined || isAtLeast(result.severity, severity))
  )
}

/**
 * The results with the lines of their failures' evidence filled in, where the source is at hand. A failure seen in another object
 * than the asset itself (its reason says in which) has none: its paths lead elsewhere.
 */
export function withLines(
  entry: ResourceEntry | undefined,
  results: readonly Result[],
  locate: Locate | undefined,
): readonly Result[] {
  if (!entry || !locate) return results
  const paths = new Set<string>()
  const isPlaced = ({ outcome, reason }: Result) => outcome === 'fail' && reason === undefined
  for (const result of results)
    if (isPlaced(result))
      for (const { path, line } of result.evidence) if (line === undefined) paths.add(path)
  if (paths.size === 0) return results
  const wanted = [...paths]
  const found = locate(entry, wanted)
  const places = new Map(wanted.map((path, i) => [path, found[i]]))
  return results.map(result =>
    isPlaced(result) ? { ...result, evidence: result.evidence.map(one => placed(one)) } : result,
  )

  function placed(evidence: Result['evidence'][number]): Result['evidence'][number] {
    const place = evidence.line === undefined ? places.get(evidence.path) : undefined
    if (!place) return evidence
    return { ...evidence, line: place.line, ...(place.column !== undefined && { column: place.column }) }
  }
}
