// Questions: the terms of the query language that stand for the choices of the inventory.

import type { ResourceKinds } from '@plimsoll/core/contract/client'
import { allOfQueries } from '../../data/scope.ts'
import type { ResourceState } from './search.ts'

/** Each resource is in one of `fail`, `not-evaluated` and `pass`; what is excepted may be in any. */
export const stateTerms: Readonly<Record<ResourceState, string>> = {
  fail: 'failed > 0',
  'not-evaluated': 'failed = 0 AND not-evaluated > 0',
  excepted: 'excepted > 0',
  pass: 'failed = 0 AND not-evaluated = 0 AND passed > 0',
}

interface Choices {
  readonly q?: string | undefined
  readonly kinds?: readonly string[] | undefined
  readonly state?: ResourceState | undefined
}

type Kind = ResourceKinds['items'][number]

/** How many resources of a kind are in a state, or in all; null where that is not kept for the instant. */
export function countOf(kind: Kind, state: ResourceState | undefined): number | null {
  switch (state) {
    case undefined:
      return kind.resources
    case 'fail':
      return kind.failing
    case 'not-evaluated':
      return kind.notEvaluated
    case 'excepted':
      return kind.excepted
    case 'pass':
      return kind.passing
  }
}

/** Of several kinds; undefined where it is not kept of one. */
export function sumOf(kinds: readonly Kind[], state: ResourceState | undefined): number | undefined {
  let sum = 0
  for (const kind of kinds) {
    const count = countOf(kind, state)
    if (count === null) return undefined
    sum += count
  }
  return sum
}

/** All choices as one query; kinds that are none ask for nothing of a kind. */
export const questionOf = ({ q, kinds, state }: Choices): string =>
  allOfQueries(
    q,
    kinds && kinds.length > 0 ? `kind : (${kinds.map(kind => JSON.stringify(kind)).join(' or ')})` : '',
    state && stateTerms[state],
  )
