// Judge: one rule's verdict on one subject.

import { hiddenFields, redactionGap } from '../kube/credentials/hidden-fields.ts'
import type { PodTemplate } from '../model/pod-template.ts'
import type { Resource } from '../model/resource.ts'
import type { AdmissionDenial } from '../model/result.ts'
import type { Violation } from '../model/rule.ts'
import { haveCommon } from '../model/shape.ts'
import type { Plan } from './plan.ts'
import { hiddenBy, passed, silent, unevaluated, unjudged, type Verdict } from './rule-verdict.ts'
import { status } from './status.ts'

/**
 * Judges a subject by a rule; nothing is allocated for a pass. Violations whose path is ignored do not count. What the rule looked
 * up stays in the plan's lookup until the next call.
 */
export function judge(
  plan: Plan,
  subject: PodTemplate | Resource,
  os?: string,
  isIgnored?: (path: string) => boolean,
): Verdict {
  if (plan.looksUp) plan.lookup.begin()
  try {
    if (plan.concerns?.(subject) === false) return silent
  } catch (thrown) {
    return failedOn(thrown)
  }
  if (plan.foregone) return plan.foregone
  if (os !== undefined && plan.os !== undefined && os !== plan.os)
    return unjudged('not-applicable', `the pod is declared for ${os}, the rule is for ${plan.os}`)
  let violations: Violation[] | undefined
  try {
    if (!plan.faultFields || haveCommon(plan.faultFields, (subject as PodTemplate).fields)) {
      const found = plan.violations(subject, plan.context)
      if (!Array.isArray(found) || found.length > 0) violations = collect(found, isIgnored)
    }
    const unseen = violations ? undefined : plan.unseen?.(subject, plan.context)
    const gap = plan.looksUp ? plan.lookup.gap() : undefined
    if (gap) return hiddenBy(gap)
    if (unseen !== undefined) return unevaluated(unseen)
    const resource = plan.judgesPods ? (subject as PodTemplate).resource : (subject as Resource)
    if (resource.redacted !== undefined && !plan.rule.redacts) {
      const seen = violations?.filter(({ path }) => !isHidden(path, resource))
      const redaction = seen?.length ? undefined : redactionGap(resource)
      if (redaction) return hiddenBy(redaction)
      violations = seen
    }
    if (!violations) return passed
    const admission = plan.rule.admission && denialOf(plan, subject, violations)
    return { outcome: 'fail', status: status.fail, violations, admission }
  } catch (thrown) {
    // What no API server could decode is given to rules all the same; what they make of it is not their fault.
    const gap = plan.looksUp ? plan.lookup.gap() : undefined
    return gap ? hiddenBy(gap) : failedOn(thrown)
  }
}

/** What a rule found, without what is ignored; undefined where that is nothing. */
function collect(
  found: Iterable<Violation> & Partial<Iterator<Violation>>,
  isIgnored: ((path: string) => boolean) | undefined,
): Violation[] | undefined {
  let violations: Violation[] | undefined
  // Stepped by hand: most rules find nothing, and this runs for each rule and subject. A generator is its own iterator.
  const steps = found.next ? (found as Iterator<Violation>) : found[Symbol.iterator]()
  for (let step = steps.next(); !step.done; step = steps.next()) {
    const violation = step.value
    if (isIgnored?.(violation.path)) continue
    if (violations) violations.push(violation)
    else violations = [violation]
  }
  return violations
}

/** True where what stands at a path, or a part of it, is a note in place of what was there. */
const isHidden = (path: string, resource: Resource) =>
  hiddenFields(resource).some(
    hidden => hidden === path || hidden.startsWith(`${path}.`) || hidden.startsWith(`${path}[`),
  )

const failedOn = (thrown: unknown) => unjudged('error', `the rule failed: ${describeThrown(thrown)}`)

/** What the Pod Security admission controller would say, where the rule is one of its checks and it would deny. */
function denialOf(
  { rule, context }: Plan,
  subject: PodTemplate | Resource,
  violations: readonly Violation[],
): AdmissionDenial | undefined {
  const denial = rule.admission?.denial(subject, violations, context.parameters)
  return denial && rule.admission
    ? { check: rule.admission.check, reason: denial.reason, detail: middleCut(denial.detail) }
    : undefined
}

/** A detail without its middle where it is long: it names all containers, and each container's finding repeats it. */
function middleCut(detail: string): string {
  if (detail.length <= 1000) return detail
  const begin = detail.slice(0, 700).replace(/[\ud800-\udbff]$/, '')
  return `${begin} … ${detail.slice(-200).replace(/^[\udc00-\udfff]/, '')}`
}

/** What was thrown, in one short line. */
function describeThrown(thrown: unknown): string {
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  const line = text.split('\n', 1)[0] ?? ''
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}
