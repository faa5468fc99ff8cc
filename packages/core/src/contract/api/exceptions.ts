// Exceptions: what the API takes and gives of accepted risks.

import { z } from 'zod'
import { exceptionReasons } from '../../model/rule-exception.ts'
import { part } from './lists.ts'

const instant = z.iso.datetime()
const day = z.iso.date()
const id = z.string().min(1).max(200)
const globs = z.array(z.string().min(1).max(300)).min(1).max(200)

export const exceptionReason = z.enum(exceptionReasons).meta({ id: 'ExceptionReason' })

export const exceptionScope = z.strictObject({
  kinds: globs.optional(),
  namespaces: globs.optional(),
  names: globs.optional(),
  labels: z.record(z.string().min(1).max(317), z.string().max(63)).optional(),
  discriminators: globs.optional(),
})

export const acceptedFinding = z.strictObject({
  rule: z.string().min(1).max(200),
  resource: z.string().min(1).max(1000),
  discriminator: z.string().max(500).optional(),
  evidence: z.string().regex(/^[0-9a-f]{16}$/),
})

/** What it covers; all that is given must hold. */
const cover = {
  rules: globs.optional(),
  scope: exceptionScope.optional(),
  query: z.string().min(1).max(4000).optional(),
  findings: z.array(acceptedFinding).min(1).max(1000).optional(),
}
const acceptance = {
  owner: z.string().trim().min(1).max(200),
  reason: exceptionReason,
  comment: z.string().max(4000).default(''),
  expires: day,
}

/** Which findings: those named, or the open failures that a query asks for, of the part of the fleet that is named. */
const chosen = {
  findings: z
    .array(z.strictObject({ cluster: id, finding: z.string().min(1).max(64) }))
    .min(1)
    .max(1000)
    .optional(),
  query: z.string().max(10_000).optional(),
  ...part,
}

export const exceptionCover = z.strictObject(cover)
export const newException = z.strictObject({ id: id.optional(), ...cover, ...acceptance })
export const suppression = z.strictObject(acceptance)
export const suppressionChosen = z.strictObject(chosen)
export const bulkSuppression = z.strictObject({ ...chosen, ...acceptance })

export const exception = z
  .object({
    id,
    state: z.enum(['requested', 'approved', 'expired', 'rejected', 'revoked']),
    rules: z.array(z.string()),
    scope: exceptionScope,
    query: z.string().nullable(),
    findings: z.array(acceptedFinding).nullable(),
    owner: z.string(),
    reason: exceptionReason,
    comment: z.string(),
    expires: day,
    requestedBy: z.string(),
    requestedAt: instant,
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    decisionComment: z.string().nullable(),
    /** Open findings that it covers now, of those that the caller sees. */
    covered: z.int(),
    /** True where it is in force, all clusters were judged since, and it covers nothing that the caller sees. */
    isDead: z.boolean(),
    /** Why its query can no longer be read, where it cannot: it then covers nothing. */
    fault: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Exception' })

export const exceptionMade = z.object({ id, state: z.enum(['requested', 'approved']) })
export const suppressed = z
  .object({
    findings: z.int(),
    /** One for each cluster. */
    exceptions: z.array(exceptionMade.extend({ cluster: z.string(), findings: z.int() })),
  })
  .meta({ id: 'Suppressed' })
export const exceptionChange = z.strictObject({
  owner: acceptance.owner.optional(),
  comment: z.string().max(4000).optional(),
  expires: day.optional(),
})
export const exceptionDecision = z.strictObject({ comment: z.string().max(4000).optional() })
export const exceptionPreview = z
  .object({
    /** Open findings that it would hide. */
    covered: z.int(),
    bySeverity: z.object({ critical: z.int(), high: z.int(), medium: z.int(), low: z.int() }),
    clusters: z.int(),
    /** Of all open findings that the caller sees. */
    open: z.int(),
    first: z.array(
      z.object({
        cluster: z.string(),
        clusterName: z.string(),
        id: z.string(),
        rule: z.string(),
        resource: z.string(),
        discriminator: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ExceptionPreview' })
export const exceptionId = z.strictObject({ id })
export const findingId = z.strictObject({ cluster: id, finding: z.string().min(1).max(64) })
export const importReport = z.object({ made: z.array(exceptionMade), known: z.array(id) })
