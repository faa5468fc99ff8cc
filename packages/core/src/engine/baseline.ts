// Baseline: an earlier report to compare with, so that what is new, unchanged and fixed can be told apart.

import { type Attempt, refuse, succeed } from '../model/problem.ts'
import type { Result } from '../model/result.ts'
import { isRecord } from '../model/shape.ts'
import { readFields } from './fields.ts'

/** A failure of the baseline. */
export interface BaselineFailure {
  readonly rule: string
  readonly resource: string
  readonly discriminator?: string
  readonly parameters?: Readonly<Record<string, unknown>>
  /** What was found, by fingerprint, and how often. */
  readonly evidence: ReadonlyMap<string, number>
}

/** The failures of an earlier report, by failureKey. */
export type Baseline = ReadonlyMap<string, BaselineFailure>

type Identified = Pick<BaselineFailure, 'rule' | 'resource' | 'discriminator' | 'parameters'>

/** What makes two failures the same finding: rule, asset, discriminator, and the parameters where a benchmark asked for others. */
export function failureKey({ rule, resource, discriminator, parameters }: Identified): string {
  return JSON.stringify([rule, resource, discriminator ?? null, sortedKeys(parameters ?? {})])
}

/**
 * The evidence of a failure without what moves: lines and list positions. Two lists are of one failure unchanged when the later one
 * holds nothing that the earlier lacks.
 */
export function evidenceFingerprints(evidence: readonly unknown[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of evidence) {
    if (!isRecord(item)) continue
    const path = String(item.path).replace(/\[\d+\]/g, '[]')
    const print = JSON.stringify([path, sortedKeys(item.actual ?? null)])
    counts.set(print, (counts.get(print) ?? 0) + 1)
  }
  return counts
}

/** `unchanged` for a failure that the baseline has with all its evidence, else `new`. */
export function compareWith(baseline: Baseline, result: Result): 'new' | 'unchanged' {
  const before =
    result.resource === null ? undefined : baseline.get(failureKey({ ...result, resource: result.resource }))
  if (!before) return 'new'
  for (const [print, count] of evidenceFingerprints(result.evidence))
    if (count > (before.evidence.get(print) ?? 0)) return 'new'
  return 'unchanged'
}

/**
 * The failures of a report written with `-o json`, parsed. Reports of another schema version or of another scope are refused, since
 * everything would seem new and fixed. `scope` is the id of the scope to compare with.
 */
export function parseBaseline(value: unknown, scope: string): Attempt<Baseline> {
  const reader = readFields('invalid-baseline')
  const report = reader.map('', value)
  if (!report) return refuse(...reader.problems)
  if (report.schemaVersion !== 1)
    reader.wrong('schemaVersion', `must be 1; is this a report written with -o json?`)
  const of = isRecord(report.scope) ? report.scope.id : undefined
  if (typeof of !== 'string') reader.wrong('scope.id', 'is required')
  else if (of !== scope) reader.wrong('scope.id', `the report is about ${of}, not about ${scope}`)
  if (!Array.isArray(report.results)) reader.wrong('results', 'must be a list')
  if (reader.problems.length > 0) return refuse(...reader.problems)

  const failures = new Map<string, BaselineFailure>()
  const results = report.results as unknown[]
  results.forEach((result, index) => {
    const failure = readFailure(result)
    if (failure === 'malformed') reader.wrong(`results[${index}]`, 'is not a result as -o json writes them')
    else if (failure) failures.set(failureKey(failure), failure)
  })
  return reader.problems.length > 0 ? refuse(...reader.problems) : succeed(failures)
}

function readFailure(result: unknown): BaselineFailure | undefined | 'malformed' {
  if (!isRecord(result) || typeof result.outcome !== 'string') return 'malformed'
  if (result.outcome !== 'fail') return undefined
  const { rule, resource, discriminator, parameters, evidence } = result
  if (typeof rule !== 'string' || typeof resource !== 'string' || !Array.isArray(evidence)) return 'malformed'
  return {
    rule,
    resource,
    ...(typeof discriminator === 'string' && { discriminator }),
    ...(isRecord(parameters) && { parameters }),
    evidence: evidenceFingerprints(evidence),
  }
}

/** The value with the keys of its maps in order, so that equal values have equal texts. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, sortedKeys(value[key])]),
  )
}
