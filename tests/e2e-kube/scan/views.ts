/** Compares what a scan says that saw less with what one says that saw all: it must never claim more. */
import type { JsonReport, JsonResult } from '../../../packages/core/src/contract/report.ts'

/** The kinds of Kubernetes that no server of today serves: nobody can be denied them. */
export const retiredKinds: ReadonlySet<string> = new Set(['PodSecurityPolicy'])

/** The rules that say of this cluster, however much of it is seen, that it does not show what they ask for: agents that are not known. */
export const openByNature: readonly string[] = ['aws-ingress-tls', 'log-collector', 'runtime-detection']

type Subject = Pick<JsonResult, 'rule' | 'parameters' | 'resource' | 'discriminator'>

/** What a result is about: rule, parameters, resource, discriminator. Two scans' scopes may differ in their id, not in their names. */
function keyOf(report: JsonReport, result: Subject): string {
  const { rule, parameters, resource, discriminator } = result
  return JSON.stringify([rule, parameters ?? null, localKey(report, resource), discriminator ?? null])
}

/** The key of a resource without the scope's id: `Deployment/shop/front`. */
export function localKey({ scope }: JsonReport, key: string | null): string | null {
  return key?.startsWith(`${scope.id}/`) ? key.slice(scope.id.length + 1) : key
}

/** The results of a report by outcome and what they are about, so that two reports can be compared. */
export function verdictsOf(report: JsonReport): string[] {
  return report.results.map(result => `${result.outcome} ${keyOf(report, result)}`).sort()
}

/**
 * All that a partial view claims and the full view does not bear out, in words: passes and failures that it has alone, findings and passes
 * that vanished without a word, controls and scores that got better or worse for what was not seen.
 */
export function dishonesties(full: JsonReport, partial: JsonReport): string[] {
  return [...resultFaults(full, partial), ...controlFaults(full, partial), ...scoreFaults(full, partial)]
}

function* resultFaults(full: JsonReport, partial: JsonReport): Generator<string> {
  const inFull = new Map(full.results.map(result => [keyOf(full, result), result.outcome]))
  const inPartial = new Map(partial.results.map(result => [keyOf(partial, result), result.outcome]))
  for (const [key, outcome] of inPartial)
    if (outcome !== 'not-evaluated' && inFull.get(key) !== outcome)
      yield `${key}: ${outcome}, where the full view says ${inFull.get(key) ?? 'nothing'}`

  // What cannot be said of a resource, or of any of a rule's subjects.
  const open = new Set(
    partial.results
      .filter(({ outcome }) => outcome === 'not-evaluated')
      .map(result => subjectOf(partial, result, result.resource)),
  )
  for (const result of full.results) {
    const key = keyOf(full, result)
    if (inPartial.get(key) === result.outcome) continue
    const isOpen = [result.resource, null].some(resource => open.has(subjectOf(full, result, resource)))
    if (!isOpen) yield `${key}: ${result.outcome} in the full view, gone without a word`
  }
}

function subjectOf(report: JsonReport, { rule, parameters }: JsonResult, resource: string | null): string {
  return keyOf(report, parameters ? { rule, parameters, resource } : { rule, resource })
}

function* controlFaults(full: JsonReport, partial: JsonReport): Generator<string> {
  const nameOf = ({ benchmark, edition, control }: JsonReport['controls'][number]) =>
    `${benchmark}@${edition}/${control}`
  const inFull = new Map(full.controls.map(control => [nameOf(control), control]))
  for (const control of partial.controls) {
    const name = nameOf(control)
    const whole = inFull.get(name)
    if (!whole) yield `${name}: the full view does not have it`
    else if (control.outcome !== 'not-evaluated' && control.outcome !== whole.outcome)
      yield `${name}: ${control.outcome}, where the full view says ${whole.outcome}`
    else if (control.passed > whole.passed || control.failed > whole.failed)
      yield `${name}: ${control.passed} passed and ${control.failed} failed, of ${whole.passed} and ${whole.failed}`
  }
  if (partial.controls.length !== full.controls.length)
    yield `${partial.controls.length} controls of ${full.controls.length}`
}

function* scoreFaults(full: JsonReport, partial: JsonReport): Generator<string> {
  for (const whole of full.score) {
    const name = `score of ${whole.benchmark}@${whole.edition}`
    const part = partial.score.find(
      ({ benchmark, edition }) => benchmark === whole.benchmark && edition === whole.edition,
    )
    if (!part) yield `${name}: missing`
    else if (part.value !== null && (whole.value === null || part.value > whole.value))
      yield `${name}: ${part.value}, where the full view says ${whole.value}`
    else if (part.low !== null && part.high !== null && whole.value !== null)
      if (part.low > whole.value || part.high < whole.value)
        yield `${name}: ${part.low} to ${part.high} leaves out the full view's ${whole.value}`
  }
}
