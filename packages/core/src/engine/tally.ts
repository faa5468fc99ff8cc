// Tally: counts the subjects of controls by what became of them; controls answered by the same plans share one.

import type { Gap } from '../model/gap.ts'
import type { PlannedControl } from './plan-set.ts'
import { status } from './status.ts'

export interface Tally {
  /** Indexes into the plans. */
  readonly plans: readonly number[]
  /** Subjects by status. */
  readonly subjects: number[]
  /** The first gap that hides an unknown number of subjects. */
  unbounded: Gap | undefined
  /** Why the first subject that could not be judged was not. */
  reason: string | undefined
}

/** A tally for each control, the same one for controls with the same plans. */
export function tallyControls(controls: readonly PlannedControl[]): ReadonlyMap<PlannedControl, Tally> {
  const shared = new Map<string, Tally>()
  const tallies = new Map<PlannedControl, Tally>()
  for (const control of controls) {
    const plans = control.plans.toSorted((a, b) => a - b)
    const key = plans.join()
    let tally = shared.get(key)
    if (!tally) {
      tally = {
        plans,
        subjects: Object.values(status).map(() => 0),
        unbounded: undefined,
        reason: undefined,
      }
      shared.set(key, tally)
    }
    tallies.set(control, tally)
  }
  return tallies
}

/** Counts one subject: of the statuses that the tally's plans gave it, the one that decides. */
export function countSubject(tally: Tally, plans: readonly number[], statuses: Uint8Array): void {
  let decisive = 0
  for (const plan of plans) {
    const own = statuses[plan] as number
    if (own > decisive) decisive = own
  }
  if (decisive !== status.none) tally.subjects[decisive] = (tally.subjects[decisive] as number) + 1
}
