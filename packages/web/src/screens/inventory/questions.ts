// Questions: the terms of the query language that stand for the choices of the inventory.

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
  readonly scope?: string | undefined
  readonly kinds?: readonly string[] | undefined
  readonly state?: ResourceState | undefined
}

/** All choices as one query; kinds that are none ask for nothing of a kind. */
export const questionOf = ({ q, scope, kinds, state }: Choices): string =>
  allOfQueries(
    q,
    scope,
    kinds && kinds.length > 0 ? `kind : (${kinds.map(kind => JSON.stringify(kind)).join(' or ')})` : '',
    state && stateTerms[state],
  )
