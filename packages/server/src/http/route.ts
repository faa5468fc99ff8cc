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
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body: string | Buffer | Readable | undefined
  constructor(
    status: number,
    headers: Readonly<Record<string, string | string[]>> = {},
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
  /** Of the request, as the answer's `x-request-id` and the log say it. */
  readonly requestId: string
  /**
   * Aborted when the client goes away. When the server stops, event streams are told at once, all others once the time that is given
   * to requests under way is over.
   */
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
  /** The most bytes of a JSON body; 1 MiB where nothing is said. What reads a stream sets its own bounds. */
  readonly bodyLimit?: number
  /** How often one address may call it, where that is less than all else: sign-ins. */
  readonly rate?: { readonly max: number; readonly seconds: number }
  /** True for the few endpoints that a person who still has a one-time password may call. */
  readonly beforePasswordChange?: true
  /** The status of an answer that is no `Answer`: 200, or 204 where nothing is given, where nothing is said. */
  readonly success?: 200 | 201 | 202
  /** The schema of a successful answer; documented, and held by the tests, not checked for each answer. */
  readonly response?: z.ZodType
  /** Further media types it can answer with (NDJSON and CSV exports, event streams). */
  readonly produces?: readonly string[]
  /** Gives what is sent as JSON, nothing (204), or an `Answer`; throws `Fault` for expected failures. */
  readonly handle: (input: RouteInput<P, Q, B, A>) => Promise<unknown>
}

/** Types a route by its schemas. */
export function defineRoute<P = undefined, Q = undefined, B = undefined, const A extends Access = Access>(
  route: Route<P, Q, B, A>,
): Route {
  return route as unknown as Route
}
