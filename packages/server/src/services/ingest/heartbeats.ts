// Heartbeats: hears how collectors stand, and holds their requests until somebody asks for a scan, or their patience ends.

import type { IngestHeard, IngestReport } from '@plimsoll/core/contract'
import { askedScans, noteReport } from '../../store/collector-reports.ts'
import type { Collector } from '../caller.ts'
import type { Deps } from '../deps.ts'

export interface Heartbeats {
  /** Notes the report. Answers when a scan is asked for that the collector has not heard of, or with nothing after the time it gives. */
  beat(collector: Collector, report: IngestReport, signal: AbortSignal): Promise<IngestHeard>
}

interface Waiting {
  readonly clusterId: string
  readonly heard: string | undefined
  readonly answer: (heard: IngestHeard) => void
}

/** One look each `every` milliseconds, shared by all collectors that wait at this process. */
export function openHeartbeats({ db, now }: Pick<Deps, 'db' | 'now'>, every = 1000): Heartbeats {
  const waiting = new Set<Waiting>()
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    try {
      const scans = await askedScans(db, [...new Set(Array.from(waiting, ({ clusterId }) => clusterId))])
      for (const { clusterId, askedAt, isAnswered } of scans)
        for (const one of waiting) {
          if (one.clusterId !== clusterId) continue
          const scanAskedAt = askedAt.toISOString()
          // Who has heard of none yet has just come, and has looked at everything since its start.
          const isNews = one.heard === undefined ? !isAnswered : one.heard < scanAskedAt
          if (isNews) one.answer({ scanAskedAt })
        }
    } catch {
      // The database is away; readiness says so, and the next look tells what was asked meanwhile.
    } finally {
      timer = waiting.size > 0 ? setTimeout(() => void look(), every) : undefined
    }
  }

  return {
    async beat({ clusterId }, { scope, collector, state, reasons, permissions, heard, wait }, signal) {
      if (clusterId !== undefined)
        await noteReport(db, clusterId, scope, {
          ...collector,
          state,
          reasons,
          permissions,
          heardAt: now().toISOString(),
        })
      return await new Promise<IngestHeard>(resolve => {
        const end = () => one.answer({})
        const patience = setTimeout(end, wait * 1000)
        const one: Waiting = {
          clusterId: clusterId ?? '',
          heard,
          answer: news => {
            waiting.delete(one)
            clearTimeout(patience)
            signal.removeEventListener('abort', end)
            resolve(news)
          },
        }
        signal.addEventListener('abort', end, { once: true })
        if (signal.aborted) return end()
        waiting.add(one)
        if (!timer) timer = setTimeout(() => void look(), 0)
      })
    },
  }
}
