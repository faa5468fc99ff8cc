// Heartbeat: tells the server how the agent stands, and hears within a second or two when somebody asks for a scan.

import { canonicalJson } from '@plimsoll/core'
import type { IngestHeard, IngestReport } from '@plimsoll/core/contract'
import type { World } from '../collector.ts'
import { ServerFailure } from '../upload/server-client.ts'
import type { Log } from './log.ts'
import type { ServerLink } from './server-link.ts'

export interface HeartbeatOptions {
  readonly link: Pick<ServerLink, 'call'>
  readonly world: World
  readonly log: Log
  readonly report: () => Omit<IngestReport, 'heard' | 'wait'>
  /** A person asked for a scan. */
  readonly onScanAsked: () => void
}

/** Seconds that the server holds a request: shorter than what proxies on the way usually allow. */
const wait = 25
/** Milliseconds. News of how we stand waits no longer; it is not told more often either. */
const lookForNewsEvery = 2_000
const againAfterFailure = 15_000
/** A server from before there were heartbeats is asked again after it may have been replaced. */
const againWhereUnknown = 600_000

/** Runs until the signal aborts. Rejects with its reason, or with TokenRefused. */
export async function keepInTouch(options: HeartbeatOptions, signal: AbortSignal): Promise<never> {
  const { link, world, log, report, onScanAsked } = options
  let heard: string | undefined
  for (;;) {
    signal.throwIfAborted()
    const own = report()
    const told = canonicalJson(own)
    // A request that is held is given up where there is something new to tell.
    const interrupted = new AbortController()
    const both = AbortSignal.any([signal, interrupted.signal])
    const watch = setInterval(() => {
      if (canonicalJson(report()) !== told) interrupted.abort()
    }, lookForNewsEvery)
    const body = { ...own, wait, ...(heard !== undefined && { heard }) } satisfies IngestReport
    try {
      const answer = (await link.call(
        { method: 'POST', path: '/ingest/heartbeat', json: body },
        both,
      )) as IngestHeard
      if (answer.scanAskedAt === undefined) continue
      heard = answer.scanAskedAt
      log.info('a scan was asked for', { askedAt: heard })
      onScanAsked()
    } catch (error) {
      signal.throwIfAborted()
      if (interrupted.signal.aborted) continue
      if (!(error instanceof ServerFailure)) throw error
      const pause =
        error.status === 404 ? againWhereUnknown : Math.max(error.retryAfter ?? 0, againAfterFailure)
      await world.sleep(pause * (0.75 + world.random() / 2), signal)
    } finally {
      clearInterval(watch)
    }
  }
}
