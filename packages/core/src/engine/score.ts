// Score: how much of a benchmark a scope meets, weighted by severity, with the interval left open by what was not seen.

import type { Score } from '../model/assessment.ts'
import { severityWeight } from '../model/severity.ts'
import type { RolledControl } from './roll-up.ts'

/**
 * The score of one edition: the share passed/(passed+failed) of each control's subjects, weighted 10, 7, 4 or 1 by severity, as a mean
 * of 100. Excepted failures are in no denominator.
 *
 * The value is null wherever something that a control's rules need was not seen, so that a gap never raises it. Controls that nothing in
 * the scan could decide stay out of it; of those decided in part, the part counts. `low` and `high` count all that was not seen as failed
 * and as passed, be it a known number of subjects, an unknown one or a whole control. Where no subject passed or failed, all are null.
 *
 * Rounding keeps the order low ≤ value ≤ high: all three add the same controls in the same order, each step of floating-point
 * arithmetic is monotone, and so is rounding. 100 and 0 are kept for what is wholly met and wholly failed.
 */
export function scoreOf(benchmark: string, edition: string, controls: readonly RolledControl[]): Score {
  let value = 0
  let valueWeight = 0
  let low = 0
  let high = 0
  let weight = 0
  let isWhole = true
  for (const { result, part } of controls) {
    if (part === 'unscored') continue
    const own = severityWeight[result.control.severity]
    const { passed, failed, notEvaluated, unbounded } = result
    const judged = passed + failed
    const known = judged + notEvaluated
    const isOpen = unbounded || part === 'undecidable'
    if (notEvaluated > 0 || unbounded) isWhole = false
    if (judged > 0) {
      value += own * (passed / judged)
      valueWeight += own
    }
    if (known === 0 && !isOpen) continue
    low += own * (isOpen ? 0 : passed / known)
    high += own * (isOpen ? 1 : (passed + notEvaluated) / known)
    weight += own
  }
  const isJudged = valueWeight > 0
  const isEvaluated = ({ result }: RolledControl) => result.outcome === 'pass' || result.outcome === 'fail'
  const isOpen = ({ result }: RolledControl) =>
    result.outcome === 'not-evaluated' || result.outcome === 'error'
  return {
    benchmark,
    edition,
    value: isJudged && isWhole ? percent(value, valueWeight) : null,
    low: isJudged ? percent(low, weight) : null,
    high: isJudged ? percent(high, weight) : null,
    evaluated: controls.filter(isEvaluated).length,
    notEvaluated: controls.filter(isOpen).length,
  }
}

/** `part` of `whole` as 0 to 100 with one decimal; what is not wholly met never shows as 100, nor what is partly met as 0. */
function percent(part: number, whole: number): number {
  const rounded = Math.round((part / whole) * 1000) / 10
  if (part < whole && rounded > 99.9) return 99.9
  if (part > 0 && rounded < 0.1) return 0.1
  return rounded
}
