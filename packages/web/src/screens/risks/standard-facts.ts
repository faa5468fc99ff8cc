// Standard facts: what the list of risks needs to know of a standard besides its findings: which controls a rule answers.

import type { WholeBenchmark } from '@plimsoll/core/contract/client'
import { useThingIf } from '../../data/read.ts'

export type Control = WholeBenchmark['sections'][number]['controls'][number]

export interface StandardFacts {
  /** Controls of the standard by the rule that answers them. */
  readonly controlsOf: ReadonlyMap<string, readonly Control[]>
  readonly isReady: boolean
  readonly failure: Error | null
}

export function useStandardFacts(benchmark: string, edition: string): StandardFacts {
  const whole = useThingIf(benchmark !== '', 'getBenchmark', benchmark, edition)
  const controlsOf = new Map<string, Control[]>()
  for (const control of whole.data?.sections.flatMap(section => section.controls) ?? [])
    for (const { id } of control.rules) controlsOf.set(id, [...(controlsOf.get(id) ?? []), control])
  return { controlsOf, isReady: whole.data !== undefined, failure: whole.error }
}
