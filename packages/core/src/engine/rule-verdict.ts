// Rule verdict: what a rule came to on one subject, before it is written as results.

import type { Gap } from '../model/gap.ts'
import type { Outcome } from '../model/outcome.ts'
import type { AdmissionDenial } from '../model/result.ts'
import type { Violation } from '../model/rule.ts'
import { type Status, status } from './status.ts'

export interface Verdict {
  readonly outcome: Outcome
  readonly status: Status
  readonly reason?: string
  readonly gap?: Gap
  /** Empty unless the outcome is `fail`. */
  readonly violations: readonly Violation[]
  readonly admission?: AdmissionDenial | undefined
}

const noViolations: readonly Violation[] = []
/** Nothing was found; the same for all subjects. */
export const passed: Verdict = { outcome: 'pass', status: status.pass, violations: noViolations }
/** Of a subject that the rule does not speak of: its status is `none`, and no result is made of it. */
export const silent: Verdict = { outcome: 'not-applicable', status: status.none, violations: noViolations }

/** A verdict that says why nothing was judged. */
export function unjudged(outcome: 'not-applicable' | 'error', reason: string): Verdict {
  return {
    outcome,
    status: outcome === 'error' ? status.error : status.notApplicable,
    reason,
    violations: noViolations,
  }
}

/** The verdict on a subject of which a gap hides something. */
export function hiddenBy(gap: Gap, reason = gap.detail): Verdict {
  return { outcome: 'not-evaluated', status: status.notEvaluated, reason, gap, violations: noViolations }
}

/** The verdict on a subject that was read, where what decides stands elsewhere. */
export function unevaluated(reason: string): Verdict {
  return { outcome: 'not-evaluated', status: status.notEvaluated, reason, violations: noViolations }
}
