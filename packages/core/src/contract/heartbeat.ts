// Heartbeat: what a collector that runs on and on tells of itself, and what it is asked for in return.

import { z } from 'zod'
import { ingestScope } from './ingest.ts'

const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^\P{C}*$/u, 'no control characters')

/** How a collector stands. */
export const ingestReport = z.object({
  scope: ingestScope,
  collector: z.object({ name: line(100).min(1), version: line(100).min(1), id: line(200).min(1) }),
  /** `starting`: not all was looked at yet; `partial`: something cannot be seen, `reasons` say what; `stopped`: it ended in order. */
  state: z.enum(['starting', 'connected', 'partial', 'stopped']),
  /** What keeps it from seeing all, each with what a person can do. */
  reasons: z.array(z.object({ code: line(60), detail: line(2000) })).max(100),
  /** What the API server lets it read. */
  permissions: z
    .array(
      z.object({
        kind: line(200),
        group: line(200),
        resource: line(200),
        allowed: z.enum(['yes', 'no', 'unknown']),
      }),
    )
    .max(500),
  /** The newest request for a scan that it has heard of. */
  heard: z.iso.datetime().optional(),
  /** Seconds that it waits for an answer, if there is nothing to say yet. */
  wait: z.int().min(0).max(55),
})
export type IngestReport = z.infer<typeof ingestReport>

export const ingestHeard = z.object({
  /** A person asks for a scan since then: look at everything, and send it. */
  scanAskedAt: z.string().optional(),
})
export type IngestHeard = z.infer<typeof ingestHeard>
