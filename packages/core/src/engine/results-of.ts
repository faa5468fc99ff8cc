// Results: a verdict written as results, one for each discriminator among its violations.

import type { Evidence, Result } from '../model/result.ts'
import type { Violation } from '../model/rule.ts'
import type { Verdict } from './judge.ts'
import type { Plan } from './plan.ts'

const noEvidence: readonly Evidence[] = []

/** A result together with the violations it speaks of. */
export interface GroupedResult {
  readonly result: Result
  readonly violations: readonly Violation[]
}

/** The result of a verdict that is no failure. `resource` is the asset's key, null for what could not be listed. */
export function resultOf(plan: Plan, verdict: Verdict, resource: string | null): Result {
  const { rule, reported } = plan
  const { outcome, reason, gap } = verdict
  if (outcome === 'pass' && !reported)
    return { rule: rule.id, severity: rule.severity, outcome, resource, evidence: noEvidence }
  return {
    rule: rule.id,
    severity: rule.severity,
    outcome,
    resource,
    ...(reason !== undefined && { reason }),
    ...(reported && { parameters: reported }),
    ...(gap && { gap }),
    evidence: noEvidence,
  }
}

/** The results of a failure, in the order in which their discriminators first appear. */
export function failuresOf(plan: Plan, verdict: Verdict, resource: string, reason?: string): GroupedResult[] {
  return groupByDiscriminator(verdict.violations).map(violations => {
    const discriminator = violations[0]?.discriminator
    return {
      violations,
      result: {
        rule: plan.rule.id,
        severity: plan.rule.severity,
        outcome: 'fail',
        resource,
        ...(discriminator !== undefined && { discriminator }),
        ...(reason !== undefined && { reason }),
        ...(plan.reported && { parameters: plan.reported }),
        evidence: violations.map(({ path, actual, expected }) => ({ path, actual, expected })),
        ...(verdict.admission && { admission: verdict.admission }),
      },
    }
  })
}

function groupByDiscriminator(violations: readonly Violation[]): Violation[][] {
  if (violations.length === 1) return [[...violations]]
  const groups = new Map<string | undefined, Violation[]>()
  for (const violation of violations) {
    const group = groups.get(violation.discriminator)
    if (group) group.push(violation)
    else groups.set(violation.discriminator, [violation])
  }
  return [...groups.values()]
}
