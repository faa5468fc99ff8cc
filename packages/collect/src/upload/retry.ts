// Retry: tries again what may pass, after waits that grow and differ, so that many collectors do not come back at once.

import type { World } from '../collector.ts'
import { ServerFailure } from './server-client.ts'

const firstWait = 500
const longestWait = 30_000
/** A server that asks for more is obeyed no further. */
const longestObeyed = 120_000

/** Runs a deed until it succeeds, fails for good, or has failed `most` times. Throws its last failure, and the signal's reason. */
export async function retrying<T>(
  world: World,
  most: number,
  deed: (attempt: number) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await deed(attempt)
    } catch (error) {
      if (!(error instanceof ServerFailure) || !error.mayPass || attempt >= most) throw error
      const wait =
        error.retryAfter === undefined
          ? world.random() * Math.min(longestWait, firstWait * 2 ** attempt)
          : Math.min(error.retryAfter, longestObeyed) + world.random() * firstWait
      await world.sleep(wait, signal)
    }
  }
}
