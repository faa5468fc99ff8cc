// Backoff: how long to wait before asking again.

import type { World } from '../collector.ts'
import type { ApiFailure } from './api-failure.ts'

const firstDelay = 250
const longestDelay = 8_000
/** A server that asks for more is obeyed no further: the scan ends with a gap instead. */
const longestObeyed = 30_000

/**
 * Milliseconds to wait after the given number of failed attempts (1 for the first): as long as the server asks for and
 * a little more, else anything up to a bound that doubles, so that many clients do not come back at once.
 */
export function delayAfter(attempts: number, failure: ApiFailure, world: World): number {
  const asked = failure.type === 'status' ? failure.retryAfter : undefined
  if (asked !== undefined) return Math.min(asked, longestObeyed) + world.random() * firstDelay
  return world.random() * Math.min(longestDelay, firstDelay * 2 ** attempts)
}
