// Problem: turns what was thrown into the answer that a client gets (RFC 9457), telling nothing of our insides.

import type { z } from 'zod'
import { Fault, type FaultCode, type FaultPlace, faultCodes } from '../services/fault.ts'

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: FaultCode
  readonly detail: string
  /** The request's id, by which the log has it. */
  readonly instance: string
  readonly places?: readonly FaultPlace[]
  readonly object?: string
}

export const problemType = 'application/problem+json; charset=utf-8'

export function problemOf(fault: Fault, requestId: string): Problem {
  const { status, title } = faultCodes[fault.code]
  return {
    type: `urn:plimsoll:problem:${fault.code}`,
    title,
    status,
    code: fault.code,
    detail: fault.message,
    instance: `urn:plimsoll:request:${requestId}`,
    ...(fault.places.length > 0 && { places: fault.places }),
    ...(fault.object !== undefined && { object: fault.object }),
  }
}

/** What was thrown, as a fault of the table; anything that is not expected is `internal`, and its cause is for the log only. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  const { code = '', message = '', statusCode } = thrown as Partial<Thrown>
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Fault('too-large', 'The body is larger than the limit.')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new Fault('unsupported-media-type', 'Send application/json.')
  if (code === diskFull)
    return new Fault('unavailable', "The database's disk is full: nothing was taken over.", {
      cause: thrown,
      retryAfter: 60,
    })
  if (isDatabaseAway(code, message))
    return new Fault('unavailable', 'The database cannot be reached.', { cause: thrown, retryAfter: 5 })
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Fault('invalid-request', (thrown as Error).message)
  return new Fault('internal', 'The server failed; its log has the cause under this request.', {
    cause: thrown,
  })
}

interface Thrown {
  readonly code: string
  readonly message: string
  readonly statusCode: number
}

/** SQLSTATE of a write for which there was no room. */
const diskFull = '53100'

/**
 * Connection lost or refused, database starting or stopping, no connections left (SQLSTATE classes 08, 57P and 53300). What the driver
 * itself says of connections that broke, or that were not to be had in time, has no code.
 */
const isDatabaseAway = (code: string, message: string) =>
  /^(?:ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|08\w{3}|57P0[1-5]|53300)$/.test(code) ||
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/.test(
    message,
  )

/** Every wrong place of what was sent, each with its JSON pointer (`/query/limit`). */
export function invalidRequest(
  wrong: readonly { readonly part: string; readonly error: z.ZodError }[],
): Fault {
  const places = wrong.flatMap(({ part, error }) =>
    error.issues.map(issue => ({
      path: `/${[part, ...issue.path].map(step => String(step).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`,
      message: issue.message,
    })),
  )
  const [first] = places
  return new Fault(
    'invalid-request',
    places.length === 1
      ? `${first?.path}: ${first?.message}`
      : `${places.length} places are not well formed.`,
    { places },
  )
}
