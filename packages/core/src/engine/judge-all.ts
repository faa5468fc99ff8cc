// Judge all: every asset by every plan that speaks of it, and what gaps hide of each plan's subjects.

import type { Gap } from '../model/gap.ts'
import type { Result } from '../model/result.ts'
import { type JudgeEachInput, judgeEach } from './judge-each.ts'
import { resultOf } from './results-of.ts'
import { hiddenBy } from './rule-verdict.ts'
import { mayHideSubjects } from './subjects.ts'
import type { Totals } from './totals.ts'

export interface JudgeAllInput extends Omit<JudgeEachInput, 'isBrief'> {
  readonly gaps: readonly Gap[]
  readonly totals: Totals
  readonly onDone: () => void
}

/** Yields the results of one asset after the other, and at the end those about what could not be listed. */
export function* judgeAll(input: JudgeAllInput): Generator<Result, void, undefined> {
  const { plans, totals } = input
  for (const { results } of judgeEach({ ...input, isBrief: false }))
    for (const result of results) {
      totals.count(result)
      yield result
    }

  for (const [index, plan] of plans.entries()) {
    if (plan.foregone?.outcome === 'not-applicable') continue
    for (const gap of input.gaps) {
      if (!mayHideSubjects(gap, plan.rule)) continue
      for (const tally of input.tallies) if (tally.plans.includes(index)) tally.unbounded ??= gap
      const result = resultOf(plan, hiddenBy(gap), null)
      totals.count(result)
      yield result
    }
  }
  input.onDone()
}
