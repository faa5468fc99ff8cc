// Status: how the agent stands, in one place: for readiness, for the server's page of the cluster, and for Events.

import type { Gap } from '@plimsoll/core'
import type { IngestReport } from '@plimsoll/core/contract'
import type { KindFollower } from './kind-follower.ts'
import { permissionProblem } from './permissions.ts'

export type Reason = IngestReport['reasons'][number]

/** What keeps an agent from seeing and telling everything; each with what a person can do. */
export function reasonsOf(about: {
  readonly gaps: readonly Gap[]
  readonly followers: readonly Pick<KindFollower, 'mayNotWatch' | 'entry' | 'state'>[]
  readonly problems: Readonly<Partial<Record<'lease' | 'sending' | 'identity' | 'spool', string>>>
}): readonly Reason[] {
  const { gaps, followers, problems } = about
  const reasons: Reason[] = Object.entries(problems).map(([code, detail]) => ({ code, detail: detail ?? '' }))
  for (const { kind, reason, detail } of gaps) {
    // What was switched off is no fault.
    if (reason === 'not-collected' || reasons.length >= mostReasons) continue
    reasons.push({ code: reason, detail: kind === undefined ? detail : `${kind}: ${detail}` })
  }
  for (const { mayNotWatch, state, entry } of followers)
    if (mayNotWatch && state === 'polling' && reasons.length < mostReasons)
      reasons.push({ code: 'watch-forbidden', detail: permissionProblem(entry) })
  return reasons
}

const mostReasons = 100
