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

function decide({ control, leftOut, missing }: PlannedControl, tally: Tally): Decision {
  const count = (of: number) => tally.subjects[of] ?? 0
  if (leftOut !== undefined)
    return { outcome: 'not-applicable', reason: `left out by the profile: ${leftOut}`, part: 'unscored' }

  const { undecided } = control
  const isManual = undecided !== undefined && 'manual' in undecided
  const open =
    missing ??
    (undecided ? ('manual' in undecided ? undecided.manual : undecided.why) : undefined) ??
    (control.rules.length === 0 ? 'no rule answers it' : undefined)
  const part = open === undefined ? 'scored' : isManual && missing === undefined ? 'unscored' : 'undecidable'

  if (count(status.fail) > 0) return { outcome: 'fail', part }
  const unseen = tally.reason ?? tally.unbounded?.detail
  const withReason = unseen === undefined ? {} : { reason: unseen }
  if (count(status.error) > 0) return { outcome: 'error', ...withReason, part }
  if (count(status.notEvaluated) > 0 || tally.unbounded)
    return { outcome: 'not-evaluated', ...withReason, part }
  if (open !== undefined)
    return { outcome: part === 'unscored' ? 'manual' : 'not-evaluated', reason: open, part }
  if (count(status.excepted) > 0)
    return { outcome: 'fail', reason: 'every failure is covered by an exception', part }
  if (count(status.pass) > 0) return { outcome: 'pass', part }
  const reason = count(status.notApplicable) > 0 ? 'its rules do not apply to any subject' : 'no subject'
  return { outcome: 'not-applicable', reason, part }
}
