// Fault: an expected failure of a deed, as a value with a code of one table; doors turn it into their own form.

/** The table of codes: the HTTP status of each and what it means. docs/api.md lists them. */
export const faultCodes = {
  'invalid-request': { status: 400, title: 'The request is not well formed' },
  'invalid-query': { status: 400, title: 'The query cannot be read' },
  'invalid-cursor': { status: 400, title: 'The cursor is not one of this list' },
  unauthenticated: { status: 401, title: 'Who asks is not known' },
  forbidden: { status: 403, title: 'The role does not allow this' },
  'not-found': { status: 404, title: 'There is no such thing, or it may not be seen' },
  conflict: { status: 409, title: 'It changed in between, or exists already' },
  gone: { status: 410, title: 'It is no longer there' },
  'too-large': { status: 413, title: 'The body is larger than the limit' },
  'unsupported-media-type': { status: 415, title: 'The body has a type that is not read' },
  unprocessable: { status: 422, title: 'The content is well formed and not acceptable' },
  'incomplete-upload': { status: 400, title: 'What was sent does not end as it should; send it again' },
  'stale-sequence': { status: 409, title: 'A newer snapshot of this scope is here already' },
  'sequence-conflict': { status: 409, title: 'Another snapshot of this scope has this sequence' },
  'base-mismatch': {
    status: 409,
    title: 'The delta does not start from the newest snapshot; send a full one',
  },
  'hash-mismatch': { status: 422, title: 'An object is not what it was named as' },
  'object-refused': { status: 422, title: 'An object has a form that is never accepted' },
  'secret-value': { status: 422, title: 'A value of a Secret was sent, which is never accepted' },
  'precondition-failed': { status: 412, title: 'The version named in If-Match is not the current one' },
  'too-many-requests': { status: 429, title: 'Too many requests; try again later' },
  internal: { status: 500, title: 'The server failed; the log says why' },
  unavailable: { status: 503, title: 'The server cannot answer now; try again later' },
} as const satisfies Record<string, { status: number; title: string }>

export type FaultCode = keyof typeof faultCodes

/** Where in the input something is wrong: a JSON pointer, a query offset, a line. */
export interface FaultPlace {
  readonly path?: string
  readonly offset?: number
  readonly length?: number
  readonly message: string
}

/** Thrown by services for expected failures and caught by doors; anything else that is thrown is a fault of ours (`internal`). */
export class Fault extends Error {
  readonly code: FaultCode
  readonly places: readonly FaultPlace[]
  /** Seconds after which a retry makes sense. */
  readonly retryAfter: number | undefined
  /** SHA-256, in hex, of the object of a snapshot that it is about. */
  readonly object: string | undefined
  constructor(
    code: FaultCode,
    detail: string,
    more: {
      readonly places?: readonly FaultPlace[]
      readonly retryAfter?: number
      readonly object?: string
      readonly cause?: unknown
    } = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'Fault'
    this.code = code
    this.places = more.places ?? []
    this.retryAfter = more.retryAfter
    this.object = more.object
  }
}
