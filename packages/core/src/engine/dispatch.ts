// Dispatch: the plans that judge an asset of a kind, and the tallies that count it, worked out once for each kind.

import type { Resource } from '../model/resource.ts'
import type { Plan } from './plan.ts'
import { isSubject } from './subjects.ts'
import type { Tally } from './tally.ts'

export interface Dispatch {
  /** Indexes of the plans, in their order. */
  readonly plans: readonly number[]
  /** The tallies that these plans feed, each with the plans it takes from here. */
  readonly tallies: readonly { readonly tally: Tally; readonly plans: readonly number[] }[]
}

export interface Dispatcher {
  /** For an object and, where `hasPods`, the pod templates of an asset; `object` undefined: only what it made is there. */
  dispatch(object: Resource | undefined, hasPods: boolean): Dispatch
}

export function dispatchPlans(plans: readonly Plan[], tallies: Iterable<Tally>): Dispatcher {
  const distinct = [...new Set(tallies)]
  const known = new Map<string, Dispatch>()
  return {
    dispatch(object, hasPods) {
      const key = `${object?.apiVersion ?? ''} ${object?.kind ?? ''} ${hasPods}`
      const found = known.get(key)
      if (found) return found
      const own: number[] = []
      plans.forEach(({ rule }, index) => {
        const judges =
          rule.subject === 'PodTemplate' ? hasPods : object !== undefined && isSubject(rule, object)
        if (judges) own.push(index)
      })
      const here = new Set(own)
      const made: Dispatch = {
        plans: own,
        tallies: distinct
          .map(tally => ({ tally, plans: tally.plans.filter(plan => here.has(plan)) }))
          .filter(({ plans: fed }) => fed.length > 0),
      }
      known.set(key, made)
      return made
    },
  }
}
