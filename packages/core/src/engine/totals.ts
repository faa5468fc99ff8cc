// Totals: counts results by outcome and failures by severity, as they pass by.

import type { Summary } from '../model/assessment.ts'
import type { Result } from '../model/result.ts'
import type { Severity } from '../model/severity.ts'

export interface Totals {
  count(result: Result): void
  readonly counts: Summary['counts']
  readonly failures: Summary['failures']
  readonly newFailures: Summary['newFailures']
}

export function countResults(): Totals {
  const counts = {
    pass: 0,
    fail: 0,
    manual: 0,
    'not-applicable': 0,
    'not-evaluated': 0,
    error: 0,
    excepted: 0,
  }
  const failures: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0 }
  const newFailures: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0 }
  return {
    counts,
    failures,
    newFailures,
    count(result) {
      if (result.outcome === 'pass') {
        counts.pass++
        return
      }
      const { outcome, severity, exception, change } = result
      if (outcome === 'fail' && exception) {
        counts.excepted++
        return
      }
      counts[outcome]++
      if (outcome !== 'fail') return
      failures[severity]++
      if (change !== 'unchanged') newFailures[severity]++
    },
  }
}
