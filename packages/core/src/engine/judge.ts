// Judge: one rule's verdict on one subject.

import type { Gap } from '../model/gap.ts'
import type { Outcome } from '../model/outcome.ts'
import type { PodTemplate } from '../model/pod-template.ts'
import type { Resource } from '../model/resource.ts'
import type { AdmissionDenial } from '../model/result.ts'
import type { Violation } from '../model/rule.ts'
import type { Plan } from './plan.ts'

export interface Verdict {
  readonly outcome: Outcome
  readonly reason?: string
  readonly gap?: Gap
  /** Empty unless the outcome is `fail`. */
  readonly violations: readonly Violation[]
  readonly admission?: AdmissionDenial
}

const noViolations: readonly Violation[] = []
const passed: Verdict = { outcome: 'pass', violations: noViolations }

/** A verdict that says why nothing was judged. */
export function unjudged(outcome: 'not-applicable' | 'error', reason: string): Verdict {
  return { outcome, reason, violations: noViolations }
}

/** The verdict on a subject of which a gap hides something. */
export function hiddenBy(gap: Gap, reason = gap.detail): Verdict {
  return { outcome: 'not-evaluated', reason, gap, violations: noViolations }
}

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
  plan.lookup.begin()
  if (plan.notApplicable) return plan.notApplicable
  if (os !== undefined && plan.os !== undefined && os !== plan.os)
    return unjudged('not-applicable', `the pod is declared for ${os}, the rule is for ${plan.os}`)
  let violations: Violation[] | undefined
  try {
    for (const violation of plan.rule.violations(subject, plan.context)) {
      if (isIgnored?.(violation.path)) continue
      if (violations) violations.push(violation)
      else violations = [violation]
    }
    const gap = plan.lookup.gap()
    if (gap) return hiddenBy(gap)
    if (!violations) return passed
    const { admission } = plan.rule
    if (!admission) return { outcome: 'fail', violations }
    const denial = admission.denial(subject, violations, plan.context.parameters)
    return denial
      ? { outcome: 'fail', violations, admission: { check: admission.check, ...denial } }
      : { outcome: 'fail', violations }
  } catch (thrown) {
    return unjudged('error', `the rule failed: ${describeThrown(thrown)}`)
  }
}

/** What was thrown, in one short line. */
function describeThrown(thrown: unknown): string {
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  const line = text.split('\n', 1)[0] ?? ''
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}
