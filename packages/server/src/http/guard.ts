// Guard: who asks, and whether they may, before anything of the request is read or looked up.

import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Caller, type Collector, holdsRole } from '../services/caller.ts'
import { Fault } from '../services/fault.ts'
import type { Route } from './route.ts'
import { isForged } from './same-origin.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; undefined on public endpoints. */
    caller: Caller | Collector | undefined
  }
}

/** What of a request tells who asks. */
export interface RequestFacts {
  readonly method: string
  /** Headers, lower case. */
  readonly headers: IncomingHttpHeaders
  readonly address: string
}

/** Gives who asks; undefined where no credential was sent or it is not, or no longer, good. Faults are thrown on. */
export type Authenticate = (facts: RequestFacts) => Promise<Caller | Collector | undefined>

export interface RateLimit {
  readonly max: number
  readonly seconds: number
}

export interface RateLimits {
  /** All requests of one address. */
  readonly address: RateLimit
  /** Requests of one address whose credentials were not good. */
  readonly failures: RateLimit
  /** All requests of one person, token or collector. */
  readonly caller: RateLimit
}

export const defaultRateLimits: RateLimits = {
  address: { max: 3000, seconds: 60 },
  failures: { max: 30, seconds: 60 },
  caller: { max: 1200, seconds: 60 },
}

export interface GuardOptions {
  readonly authenticate: Authenticate
  readonly limits: RateLimits
  readonly publicOrigin: string | undefined
}

/** Gives, for a route, what is run before its body is read. The rate limit's plugin must be loaded. */
export function createGuard(
  app: FastifyInstance,
  { authenticate, limits, publicOrigin }: GuardOptions,
): (route: Route) => (request: FastifyRequest) => Promise<void> {
  const limit = limiter(app)
  const byAddress = limit(limits.address, request => request.ip)
  const byFailures = limit(limits.failures, request => request.ip)
  const byCaller = limit(limits.caller, request => callerKey(request.caller as Caller | Collector))
  return route => {
    const ofRoute = route.rate && limit(route.rate, request => request.ip)
    return async request => {
      await byAddress(request)
      if (isForged(request.method, request.headers, publicOrigin))
        throw new Fault('forbidden', 'A change with a session must come from our own pages.')
      await ofRoute?.(request)
      if (route.access === 'public') return
      await byFailures(request, { increment: false })
      const caller = await authenticate({
        method: request.method,
        headers: request.headers,
        address: request.ip,
      })
      if (!caller) {
        await byFailures(request)
        throw new Fault('unauthenticated', 'Sign in, or send a token that is good.')
      }
      request.caller = caller
      await byCaller(request)
      ensureAllowed(route, caller)
    }
  }
}

function ensureAllowed({ access, beforePasswordChange }: Route, caller: Caller | Collector): void {
  if (access === 'public') return
  if (access === 'collector') {
    if (caller.type !== 'collector') throw new Fault('forbidden', 'Only an enrolled collector may do this.')
    return
  }
  if (caller.type === 'collector') throw new Fault('forbidden', 'A collector may ingest, and nothing else.')
  if (!holdsRole(caller.role, access.role))
    throw new Fault('forbidden', `This needs the role ${access.role}.`)
  // What is the whole house's (accounts, zones, the audit log) speaks of all of the fleet.
  if (access.role === 'admin' && !caller.permitted.all)
    throw new Fault(
      'forbidden',
      'This token sees a part of the fleet; administration needs one that sees all.',
    )
  if (caller.mustChangePassword && !beforePasswordChange)
    throw new Fault('forbidden', 'Change the one-time password first.')
}

export const callerKey = (caller: Caller | Collector): string =>
  caller.type === 'collector' ? `collector:${caller.enrolmentId}` : `${caller.type}:${caller.id}`

type Limiter = (request: FastifyRequest, options?: { increment?: boolean }) => Promise<void>

const limiter =
  (app: FastifyInstance) =>
  ({ max, seconds }: RateLimit, keyGenerator: (request: FastifyRequest) => string): Limiter => {
    const check = app.createRateLimit({ max, timeWindow: seconds * 1000, keyGenerator })
    return async (request, options) => {
      const result = await check(request, options)
      if (!result.isAllowed && result.isExceeded)
        throw new Fault('too-many-requests', `More than ${max} requests in ${seconds} s.`, {
          retryAfter: result.ttlInSeconds,
        })
    }
  }
