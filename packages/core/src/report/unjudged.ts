// Unjudged: gathers the results that could not be judged, by reason, so that every report can tell what is missing and what it costs.

import type { Gap } from '../model/gap.ts'
import type { Result } from '../model/result.ts'

/** Results that could not be judged for one reason; of errors, those of one rule. */
export interface Unjudged {
  readonly outcome: 'not-evaluated' | 'error'
  readonly reason: string
  readonly rules: ReadonlySet<string>
  readonly results: number
  /** Key of the first resource concerned; undefined where it is about what could not be listed. */
  readonly example: string | undefined
}

export interface UnjudgedWatch {
  /** Takes note of a result, whatever its outcome. */
  note(result: Result): void
  /** In the order in which the reasons were met. */
  list(): readonly Unjudged[]
}

export function watchUnjudged(): UnjudgedWatch {
  const found = new Map<string, Unjudged & { rules: Set<string>; results: number }>()
  return {
    note({ outcome, rule, reason = 'no reason is known', resource }) {
      if (outcome !== 'not-evaluated' && outcome !== 'error') return
      const key = JSON.stringify(outcome === 'error' ? [outcome, reason, rule] : [outcome, reason])
      const known = found.get(key)
      if (!known)
        found.set(key, {
          outcome,
          reason,
          rules: new Set([rule]),
          results: 1,
          example: resource ?? undefined,
        })
      else {
        known.results++
        known.rules.add(rule)
      }
    },
    list: () => [...found.values()],
  }
}

/** True where a gap is what kept the results from being judged: the engine ends their reason with its words. */
export function isBecauseOf(one: Unjudged, gap: Gap): boolean {
  return one.outcome === 'not-evaluated' && one.reason.endsWith(gap.detail)
}
