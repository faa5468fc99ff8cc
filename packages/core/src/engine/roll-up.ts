// Roll-up: what each control of a benchmark came to over all its subjects.

import type { ControlResult } from '../model/assessment.ts'
import type { Edition } from '../model/benchmark.ts'
import type { Outcome } from '../model/outcome.ts'
import type { PlannedControl } from './plan-set.ts'
import { status } from './status.ts'
import type { Tally } from './tally.ts'

/** A control's result and what its score needs to know beyond it. */
export interface RolledControl {
  readonly result: ControlResult
  /**
   * `scored`: decided by its subjects. `undecidable`: nothing in this scan could decide it, or not all of it.
   * `unscored`: a person decides it, or the profile leaves it out.
   */
  readonly part: 'scored' | 'undecidable' | 'unscored'
}

/** The controls of each edition, rolled up, in their order. */
export function rollUpEditions(
  controls: readonly PlannedControl[],
  tallies: ReadonlyMap<PlannedControl, Tally>,
): Map<Edition, RolledControl[]> {
  const rolled = new Map<Edition, RolledControl[]>()
  for (const planned of controls) {
    const own = rolled.get(planned.edition) ?? []
    own.push(rollUp(planned, tallies.get(planned) as Tally))
    rolled.set(planned.edition, own)
  }
  return rolled
}

/** Rolls up one control; `tally` counts the subjects of its plans. */
function rollUp(planned: PlannedControl, tally: Tally): RolledControl {
  const count = (of: number) => tally.subjects[of] ?? 0
  const { edition, control } = planned
  const { outcome, reason, part } = decide(planned, tally)
  return {
    part,
    result: {
      benchmark: edition.benchmark,
      edition: edition.edition,
      control,
      outcome,
      ...(reason !== undefined && { reason }),
      passed: count(status.pass),
      failed: count(status.fail),
      excepted: count(status.excepted),
      notEvaluated: count(status.notEvaluated) + count(status.error),
      notApplicable: count(status.notApplicable),
      unbounded: tally.unbounded !== undefined,
    },
  }
}

interface Decision {
  readonly outcome: Outcome
  readonly reason?: string
  readonly part: RolledControl['part']
}

function decide(planned: PlannedControl, tally: Tally): Decision {
  const { leftOut, isAwaited } = planned
  const count = (of: number) => tally.subjects[of] ?? 0
  if (leftOut !== undefined) return { outcome: 'not-applicable', reason: leftOut, part: 'unscored' }

  const { part, ...open } = openPart(planned)
  if (count(status.fail) > 0) return { outcome: 'fail', part }
  const unseen = tally.reason ?? tally.unbounded?.detail
  const withReason = unseen === undefined ? {} : { reason: unseen }
  if (count(status.error) > 0) return { outcome: 'error', ...withReason, part }
  if (count(status.notEvaluated) > 0 || tally.unbounded)
    return { outcome: 'not-evaluated', ...withReason, part }
  if (open.outcome) return { ...open, outcome: open.outcome, part }
  if (count(status.excepted) > 0)
    return { outcome: 'fail', reason: 'every failure is covered by an exception', part }
  if (count(status.pass) > 0) return { outcome: 'pass', part }
  if (count(status.notApplicable) > 0)
    return { outcome: 'not-applicable', reason: 'its rules do not apply to any subject', part }
  return isAwaited
    ? {
        outcome: 'not-evaluated',
        reason: 'nothing that was read shows what it speaks of',
        part: 'undecidable',
      }
    : { outcome: 'not-applicable', reason: 'no subject', part }
}

/** What a control comes to where its rules, if any, find no fault, because they are not all that it asks for. */
function openPart({ undecided, plans, missing }: PlannedControl): Partial<Decision> & Pick<Decision, 'part'> {
  if (missing !== undefined) return { outcome: 'not-evaluated', reason: missing, part: 'undecidable' }
  if (!undecided)
    return plans.length > 0
      ? { part: 'scored' }
      : { outcome: 'not-evaluated', reason: 'no rule answers it', part: 'undecidable' }
  if ('manual' in undecided)
    return { outcome: 'manual', reason: undecided.manual, part: plans.length > 0 ? 'scored' : 'unscored' }
  if ('notCollected' in undecided)
    return { outcome: 'not-evaluated', reason: undecided.why, part: 'undecidable' }
  // Beside rules, what does not apply is no part of what it asks for.
  if (plans.length > 0) return { part: 'scored' }
  const { notApplicable, why } = undecided
  const reason = notApplicable === 'provider-managed' ? `provider-managed: ${why}` : why
  return { outcome: 'not-applicable', reason, part: 'unscored' }
}
