// Lists: what all lists of the API take and have in common.

import { z } from 'zod'

export const instant = z.iso.datetime({ offset: true })
export const severity = z.enum(['critical', 'high', 'medium', 'low']).meta({ id: 'Severity' })
export const labels = z.record(z.string(), z.string())
export const clusterRef = z.object({ id: z.string(), name: z.string() }).meta({ id: 'ClusterRef' })

/** A query of the query language; empty asks for all. */
export const q = z.string().max(10_000).default('')
/** As things were at this instant; now, where it is not given. */
export const at = instant.optional()
/** The part of the fleet that is asked about, of what the caller sees: a cluster by its id, an account, and a zone of theirs by its id. */
export const part = {
  cluster: z.string().max(200).optional(),
  account: z.string().max(200).optional(),
  zone: z.uuid().optional(),
}
export const order = z.enum(['asc', 'desc'])

export const pageQuery = z.object({
  q,
  /** From the page before; opaque. */
  cursor: z.string().max(4096).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

export const exportFormat = z.enum(['ndjson', 'csv']).default('ndjson')

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    /** The cursor of the next page; null on the last. */
    next: z.string().nullable(),
  })

export const counts = z
  .object({
    findings: z.number().int(),
    /** Open failures, also by severity. */
    failed: z.number().int(),
    critical: z.number().int(),
    high: z.number().int(),
    medium: z.number().int(),
    low: z.number().int(),
    excepted: z.number().int(),
    notEvaluated: z.number().int(),
    manual: z.number().int(),
    resolved: z.number().int(),
  })
  .meta({ id: 'FindingCounts' })

/** Null where not all that it speaks of was looked at; low and high count what was not seen as failed and as passed. */
export const score = z
  .object({
    value: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    evaluated: z.number().int(),
    notEvaluated: z.number().int(),
  })
  .meta({ id: 'Score' })

export const editionRef = z.object({ benchmark: z.string(), edition: z.string() })
/** `benchmark@edition`. */
export const editionId = z
  .string()
  .max(200)
  .regex(/^[^@\s]+@[^@\s]+$/)

export const gap = z
  .object({
    scope: z.string(),
    kind: z.string().nullable(),
    namespace: z.string().nullable(),
    reason: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'Gap' })
