// Describe: how values, resources, fixes, scores and gaps are put into words, the same in every report for people.

import type { ControlResult, ResourceEntry, Score } from '../model/assessment.ts'
import type { Gap } from '../model/gap.ts'
import type { Evidence, Result } from '../model/result.ts'
import { visible } from './text.ts'

/** A value in one line: text in quotes, what is not there as `not set`. Long ones are cut at about `limit` characters. */
export function describeValue(value: unknown, limit = 60): string {
  if (value === undefined) return 'not set'
  const text = visible(JSON.stringify(abridged(value, limit)) ?? typeof value)
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text
}

// A value of megabytes is not turned into text to show sixty characters of it.
function abridged(value: unknown, limit: number): unknown {
  if (typeof value === 'string') return value.length > limit ? value.slice(0, limit) : value
  return value
}

/** `Deployment shop/web`, `Node a`. */
export function describeResource(entry: Pick<ResourceEntry, 'kind' | 'namespace' | 'name'>): string {
  const { kind, namespace, name } = entry
  return visible(`${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`)
}

/** `shop.yaml:41`; for what a chart made, the template that it came from. Empty for a live object. */
export function describeSource({ source }: Pick<ResourceEntry, 'source'>): string {
  if (source.template !== undefined) return visible(source.template)
  if (source.line === undefined) return source.file.includes('://') ? '' : visible(source.file)
  return `${visible(source.file === '-' ? 'stdin' : source.file)}:${source.line}`
}

/** `path = actual → expected`. */
export function describeEvidence({ path, actual, expected }: Evidence, limit?: number): string {
  return `${visible(path)} ${describeActual(actual, limit)} → ${visible(expected)}`
}

/** `= true`, or `is not set`. */
export function describeActual(actual: unknown, limit?: number): string {
  return actual === undefined ? 'is not set' : `= ${describeValue(actual, limit)}`
}

/** The parameters by which results of one rule are told apart: `version 1.25`; empty where there are none. */
export function describeParameters({ parameters }: Pick<Result, 'parameters'>): string {
  return Object.entries(parameters ?? {})
    .map(
      ([name, value]) =>
        `${visible(name)} ${typeof value === 'string' ? visible(value) : describeValue(value)}`,
    )
    .join(', ')
}

/** `71.4`, `71.4 (52.0 to 80.1)`, `no score (40.0 to 66.7)`, `no score`. */
export function describeScore({ value, low, high }: Pick<Score, 'value' | 'low' | 'high'>): string {
  const range = low === null || high === null ? '' : `${low.toFixed(1)} to ${high.toFixed(1)}`
  if (value === null) return range === '' ? 'no score' : `no score (${range})`
  return low === value && high === value ? value.toFixed(1) : `${value.toFixed(1)}${range && ` (${range})`}`
}

/** `chart/web:3:1  unparsable` with its kind: where a gap is and what it hides. */
export function describeGapPlace(gap: Gap): string {
  const place = [gap.scope, gap.line, gap.line === undefined ? undefined : gap.column].filter(
    part => part !== undefined,
  )
  const hides = gap.kind === undefined ? '' : ` (${gap.kind}${gap.namespace ? ` in ${gap.namespace}` : ''})`
  return visible(`${place.join(':')}${hides}`)
}

/** What a gap's detail says, without the place where that stands before it: reports put the place first. */
export function describeGapDetail({ scope, line, column, detail }: Gap): string {
  const place = [scope, line, column].filter(part => part !== undefined).join(':')
  for (const start of [`${place}: `, `${scope}: `])
    if (detail.startsWith(start)) return visible(detail.slice(start.length))
  return visible(detail)
}

/** What the controls of one edition came to. */
export interface EditionSummary {
  readonly id: string
  readonly title: string
  readonly score: Score | undefined
  readonly controls: readonly ControlResult[]
  readonly passed: number
  readonly failed: readonly ControlResult[]
  readonly notEvaluated: readonly ControlResult[]
  readonly manual: number
  readonly notApplicable: number
}

/** The editions of an assessment in order, each with its controls counted; errors count as not evaluated. */
export function summarizeEditions(
  editions: readonly { readonly benchmark: string; readonly edition: string; readonly title: string }[],
  controls: readonly ControlResult[],
  scores: readonly Score[],
): EditionSummary[] {
  return editions.map(({ benchmark, edition, title }) => {
    const isOwn = (one: { readonly benchmark: string; readonly edition: string }) =>
      one.benchmark === benchmark && one.edition === edition
    const own = controls.filter(isOwn)
    const count = (outcome: string) => own.filter(control => control.outcome === outcome).length
    return {
      id: `${benchmark}@${edition}`,
      title,
      score: scores.find(isOwn),
      controls: own,
      passed: count('pass'),
      failed: own.filter(control => control.outcome === 'fail'),
      notEvaluated: own.filter(({ outcome }) => outcome === 'not-evaluated' || outcome === 'error'),
      manual: count('manual'),
      notApplicable: count('not-applicable'),
    }
  })
}
