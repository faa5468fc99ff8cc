// Route: one endpoint as a value: who may call it, what it takes and gives, and the deed behind it.

import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Caller, Collector, Role } from '../services/caller.ts'

/** What one may need to call an endpoint. Permission is asked for before anything is looked up. */
export type Access = 'public' | 'collector' | { readonly role: Role }

type CallerOf<A extends Access> = A extends 'public' ? undefined : A extends 'collector' ? Collector : Caller

/** An answer that is not JSON of the response schema: a stream with its type, an empty answer, other headers. */
export class Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer | Readable | undefined
  constructor(
    status: number,
    headers: Readonly<Record<string, string>> = {},
    body?: string | Buffer | Readable,
  ) {
    this.status = status
    this.headers = headers
    this.body = body
  }
}

export interface RouteInput<P, Q, B, A extends Access> {
  readonly params: P
  readonly query: Q
  /** The parsed body; the raw stream where the route takes `stream`. */
  readonly body: B
  readonly caller: CallerOf<A>
  /** Request headers, lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The peer's address. */
  readonly address: string
  /** Aborted when the client goes away or the server stops. */
  readonly signal: AbortSignal
}

export interface Route<P = unknown, Q = unknown, B = unknown, A extends Access = Access> {
  /** OpenAPI operationId, such as `listFindings`. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api/v1, with parameters as `{name}`. */
  readonly path: string
  readonly tag: string
  /** One sentence: what it does or returns. */
  readonly summary: string
  readonly access: A
  readonly params?: z.ZodType<P>
  readonly query?: z.ZodType<Q>
  /** A schema of the JSON body, or `stream` for a body that is read as it comes (ingest, import). */
  readonly body?: z.ZodType<B> | 'stream'
  /** The schema of a 200 answer; documented, and held by the tests, not checked for each answer. */
  readonly response?: z.ZodType
  /** Further media types it can answer with (NDJSON and CSV exports, event streams). */
  readonly produces?: readonly string[]
  /** True for changes: each call is written to the audit log by its service. */
  readonly handle: (input: RouteInput<P, Q, B, A>) => Promise<unknown>
}

/** Types a route by its schemas. */
export function defineRoute<P = undefined, Q = undefined, B = undefined, const A extends Access = Access>(
  route: Route<P, Q, B, A>,
): Route {
  return route as unknown as Route
}
