// Client: sends the operations of the API from the page and turns answers that are problems into failures.

import { apiClient, type Problem, type Send } from '@plimsoll/core/contract/client'

/** What went wrong with a request. Without a problem, nothing that is the server's answer came: the network or a proxy failed. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly status: number
  readonly problem: Problem | undefined
  /** Seconds after which it may be tried again, where the server says so. */
  readonly retryAfter: number | undefined

  constructor(
    status: number,
    problem: Problem | undefined,
    { retryAfter, ...options }: ErrorOptions & { readonly retryAfter?: number | undefined } = {},
  ) {
    super(
      problem?.detail ?? (status === 0 ? 'The server cannot be reached.' : `The server answered ${status}.`),
      options,
    )
    this.status = status
    this.problem = problem
    this.retryAfter = retryAfter
  }

  get code(): Problem['code'] | undefined {
    return this.problem?.code
  }
}

const send: Send = async ({ method, path, body, version }) => {
  const response = await fetch(path, {
    method,
    headers: {
      accept: 'application/json, application/problem+json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new ApiFailure(0, undefined, { cause })
  })
  const text = await response.text()
  if (!response.ok)
    throw new ApiFailure(response.status, problemIn(response, text), {
      retryAfter: Number(response.headers.get('retry-after')) || undefined,
    })
  return text === '' ? undefined : JSON.parse(text)
}

function problemIn(response: Response, text: string): Problem | undefined {
  if (!(response.headers.get('content-type') ?? '').startsWith('application/problem+json')) return undefined
  try {
    return JSON.parse(text) as Problem
  } catch {
    return undefined
  }
}

/** Every operation of the server that serves this page, typed. A failure is thrown as `ApiFailure`. */
export const api = apiClient(send)

/** True where the failure is a session that is missing or has ended. */
export const isSignedOut = (error: unknown): boolean => error instanceof ApiFailure && error.status === 401
