// Past: the instant that a request asks about, where what was so then is still known.

import { Fault } from '../fault.ts'
import { instantOf, type Reading } from './reading.ts'

const day = 86_400_000

/** Milliseconds after which a scope that was not heard of counts as stale when the past is told. */
export const staleAfter = day

/**
 * The instant; undefined for now. Throws `gone` for one that is further back than what was so then is kept: `history` is what resources and
 * findings were, `rollups` what controls and scores came to.
 */
export function pastOf(
  { now, retention }: Reading,
  text: string | undefined,
  kept: 'history' | 'rollups' = 'history',
): Date | undefined {
  const at = instantOf(text)
  if (at === undefined) return undefined
  const days = kept === 'history' ? retention.historyDays : retention.rollupDays
  const since = new Date(now().getTime() - days * day)
  if (at < since)
    throw new Fault(
      'gone',
      `What was so is known since ${since.toISOString()}: it is kept for ${days} days. Ask for a later instant.`,
      { places: [{ path: 'at', message: `is before ${since.toISOString()}` }] },
    )
  return at
}
