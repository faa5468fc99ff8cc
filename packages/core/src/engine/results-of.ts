// Results: a verdict written as results, one for each discriminator among its violations.

import type { Evidence, Result } from '../model/result.ts'
import type { Violation } from '../model/rule.ts'
import type { Plan } from './plan.ts'
import type { Verdict } from './rule-verdict.ts'

const noEvidence: readonly Evidence[] = []

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** The result of a verdict that is no failure. `resource` is the asset's key, null for what could not be listed. */
export function resultOf(plan: Plan, verdict: Verdict, resource: string | null): Result {
  const result: Writable<Result> = {
    rule: plan.id,
    severity: plan.severity,
    outcome: verdict.outcome,
    resource,
    evidence: noEvidence,
  }
  if (verdict.reason !== undefined) result.reason = verdict.reason
  if (plan.reported) result.parameters = plan.reported
  if (verdict.gap) result.gap = verdict.gap
  return result
}

/** The result of a pass: most results are one, so it is made in one stroke. */
export function passOf(plan: Plan, resource: string): Result {
  const { id: rule, severity, reported: parameters } = plan
  return parameters
    ? { rule, severity, outcome: 'pass', resource, evidence: noEvidence, parameters }
    : { rule, severity, outcome: 'pass', resource, evidence: noEvidence }
}

/** The results of a failure, in the order in which their discriminators first appear; `reason` is where it was read. */
export function failuresOf(plan: Plan, verdict: Verdict, resource: string, reason?: string): Result[] {
  const { violations } = verdict
  if (violations.length === 1) return [failureOf(plan, verdict, violations, resource, reason)]
  // Most rules find one thing in each container at most: no groups are made of these.
  if (areApart(violations))
    return violations.map(violation => failureOf(plan, verdict, [violation], resource, reason))
  const groups = new Map<string | undefined, Violation[]>()
  for (const violation of violations) {
    const group = groups.get(violation.discriminator)
    if (group) group.push(violation)
    else groups.set(violation.discriminator, [violation])
  }
  const results: Result[] = []
  for (const group of groups.values()) results.push(failureOf(plan, verdict, group, resource, reason))
  return results
}

/** True where a few violations each have a discriminator of their own; of many it is not asked, since each pair is looked at. */
function areApart(violations: readonly Violation[]): boolean {
  if (violations.length > 8) return false
  for (let i = 1; i < violations.length; i++) {
    const own = violations[i]?.discriminator
    for (let j = 0; j < i; j++) if (violations[j]?.discriminator === own) return false
  }
  return true
}

/** What was found and where. An array that is pushed to keeps room for many, so one is made of the right length. */
const evidenceOf = ({ path, actual, expected }: Violation): Evidence => ({ path, actual, expected })

function failureOf(
  plan: Plan,
  verdict: Verdict,
  violations: readonly Violation[],
  resource: string,
  reason: string | undefined,
): Result {
  const only = violations.length === 1 ? violations[0] : undefined
  const evidence = only ? [evidenceOf(only)] : violations.map(evidenceOf)
  const result: Writable<Result> = {
    rule: plan.id,
    severity: plan.severity,
    outcome: 'fail',
    resource,
    evidence,
  }
  const discriminator = violations[0]?.discriminator
  if (discriminator !== undefined) result.discriminator = discriminator
  if (reason !== undefined) result.reason = reason
  if (plan.reported) result.parameters = plan.reported
  if (verdict.admission) result.admission = verdict.admission
  return result
}
