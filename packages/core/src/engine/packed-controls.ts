// Packed controls: what the controls of an edition came to in a scope, as a store keeps it, and the sum of such scopes.

import type { Edition } from '../model/benchmark.ts'
import { type Outcome, outcomes } from '../model/outcome.ts'
import type { RolledControl } from './roll-up.ts'

/** How a control counts for a score; its place here is its number. */
const parts = ['scored', 'undecidable', 'unscored'] as const satisfies readonly RolledControl['part'][]

/**
 * One control: subjects passed, failed, excepted, not evaluated, not applicable; 1 where gaps hide an unknown number more; the outcome
 * (its place in `outcomes`); the part (its place in scored, undecidable, unscored); the reason, where there is one. 0 stands for a control
 * that says nothing of the scope: no subject, not applicable.
 */
export type PackedControl = 0 | readonly (number | string)[]

const silentReason = 'no subject in this namespace'

/** In the edition's order. */
export function packControls(controls: readonly RolledControl[]): PackedControl[] {
  return controls.map(({ result, part }) => {
    const { passed, failed, excepted, notEvaluated, notApplicable, unbounded, outcome, reason } = result
    if (reason === silentReason) return 0
    const packed = [
      passed,
      failed,
      excepted,
      notEvaluated,
      notApplicable,
      Number(unbounded),
      outcomes.indexOf(outcome),
      parts.indexOf(part),
    ]
    return reason === undefined ? packed : [...packed, reason]
  })
}

/** The controls of an edition as they were packed. Throws where they are of another edition. */
export function unpackControls(edition: Edition, packed: readonly PackedControl[]): RolledControl[] {
  if (packed.length !== edition.controls.length)
    throw new Error(
      `${edition.benchmark}@${edition.edition} has ${edition.controls.length} controls, not ${packed.length}`,
    )
  return edition.controls.map((control, index) => {
    const own = packed[index] || [0, 0, 0, 0, 0, 0, outcomes.indexOf('not-applicable'), 2, silentReason]
    const [passed, failed, excepted, notEvaluated, notApplicable, unbounded, outcome, part] = own as number[]
    const reason = own[8]
    return {
      part: parts[part as number] ?? 'unscored',
      result: {
        benchmark: edition.benchmark,
        edition: edition.edition,
        control,
        outcome: outcomes[outcome as number] ?? 'error',
        ...(typeof reason === 'string' && { reason }),
        passed: passed as number,
        failed: failed as number,
        excepted: excepted as number,
        notEvaluated: notEvaluated as number,
        notApplicable: notApplicable as number,
        unbounded: unbounded === 1,
      },
    }
  })
}

/** From what says most about a set of scopes to what says least. */
const strongest: readonly Outcome[] = ['fail', 'error', 'not-evaluated', 'manual', 'pass', 'not-applicable']

/**
 * What the controls of one edition came to in several scopes that share no subject, such as the clusters of a fleet or the namespaces of
 * a zone: subjects add up; of the outcomes the one that says most stands, with its first reason; what a part of them leaves undecided the
 * whole leaves undecided. Undefined for no scope at all. `scoreOf` gives the score of the sum, interval included.
 */
export function mergeControls(scopes: readonly (readonly RolledControl[])[]): RolledControl[] | undefined {
  const [first, ...others] = scopes
  return first?.map((control, index) =>
    others.reduce((sum, scope) => mergeTwo(sum, scope[index] as RolledControl), control),
  )
}

function mergeTwo(a: RolledControl, b: RolledControl): RolledControl {
  const [x, y] = [a.result, b.result]
  const isFirst = rankOf(a) <= rankOf(b)
  const { reason: _, ...strong } = isFirst ? x : y
  const reason = isFirst ? x.reason : y.reason
  return {
    part: a.part === 'undecidable' || b.part === 'undecidable' ? 'undecidable' : partOf(a, b),
    result: {
      ...strong,
      ...(reason !== undefined && { reason }),
      passed: x.passed + y.passed,
      failed: x.failed + y.failed,
      excepted: x.excepted + y.excepted,
      notEvaluated: x.notEvaluated + y.notEvaluated,
      notApplicable: x.notApplicable + y.notApplicable,
      unbounded: x.unbounded || y.unbounded,
    },
  }
}

const partOf = (a: RolledControl, b: RolledControl) =>
  a.part === 'scored' || b.part === 'scored' ? 'scored' : 'unscored'

/** A failure that exceptions cover says less than what could not be judged; one that a person attests has no subjects. */
function rankOf({ result }: RolledControl): number {
  if (result.outcome === 'fail' && result.failed === 0 && result.excepted > 0)
    return strongest.indexOf('manual') + 0.5
  return strongest.indexOf(result.outcome)
}
