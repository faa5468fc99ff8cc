// Verdict vector: what each plan came to on one asset, a byte a plan, shared between the assets that have the same.

import type { Result } from '../../model/result.ts'
import { parametersKey } from '../fixed.ts'
import type { Plan } from '../plan.ts'
import { status } from '../status.ts'

/** One byte a plan; never changed once made, since assets share it. */
export type Vector = Readonly<Uint8Array>

export interface Vectors {
  /** The one vector with these bytes. */
  shared(bytes: Uint8Array): Vector
}

export function sharedVectors(): Vectors {
  /** By a number mixed of their bytes. */
  const known = new Map<number, Vector[]>()
  return {
    shared(bytes) {
      const mark = markOf(bytes)
      let alike = known.get(mark)
      if (!alike) {
        alike = []
        known.set(mark, alike)
      }
      const found = alike.find(vector => isEqual(vector, bytes))
      if (found) return found
      const made = bytes.slice()
      alike.push(made)
      return made
    },
  }
}

function markOf(bytes: Uint8Array): number {
  let mark = bytes.length
  for (let i = 0; i < bytes.length; i++) mark = (Math.imul(mark, 31) + (bytes[i] as number)) | 0
  return mark
}

function isEqual(a: Vector, b: Vector): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Finds the index of the plan that a result is of. */
export function planFinder(plans: readonly Plan[]): (result: Pick<Result, 'rule' | 'parameters'>) => number {
  const byRule = new Map<string, number[]>()
  plans.forEach(({ id }, index) => {
    const known = byRule.get(id)
    if (known) known.push(index)
    else byRule.set(id, [index])
  })
  const byParameters = plans.map(({ reported }) => parametersKey(reported))
  return ({ rule, parameters }) => {
    const own = byRule.get(rule)
    if (!own) throw new Error(`no plan is of the rule ${rule}`)
    if (own.length === 1) return own[0] as number
    const key = parametersKey(parameters)
    const found = own.find(index => byParameters[index] === key)
    if (found === undefined) throw new Error(`no plan is of the rule ${rule} with these parameters`)
    return found
  }
}

const statusOf = {
  pass: status.pass,
  'not-applicable': status.notApplicable,
  'not-evaluated': status.notEvaluated,
  error: status.error,
  fail: status.fail,
  // No rule gives it: it is a control's.
  manual: status.none,
} as const

/** Enters a result: of several of one plan, what decides. */
export function enter(bytes: Uint8Array, plan: number, { outcome, exception }: Result): void {
  const own = outcome === 'fail' && exception ? status.excepted : statusOf[outcome]
  if (own > (bytes[plan] as number)) bytes[plan] = own
}
