// Authenticate: who asks, by the token or the cookie that comes with a request.

import type { Caller, Collector } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { collectorOfToken } from './enrolments.ts'
import { callerOfSession } from './sign-in.ts'
import { callerOfToken } from './tokens.ts'
import { tokenPrefix } from './tokens-text.ts'

export interface Credentials {
  /** The Authorization header. */
  readonly authorization?: string | undefined
  /** The session's cookie. */
  readonly session?: string | undefined
}

/** The caller, or undefined where nobody known asks. A token that is given counts alone: a bad one is not made good by a cookie. */
export async function authenticate(
  deps: Deps,
  { authorization, session }: Credentials,
): Promise<Caller | Collector | undefined> {
  if (authorization !== undefined) {
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? ''
    const prefix = tokenPrefix(token)
    if (prefix === 'plt_') return await callerOfToken(deps, token)
    if (prefix === 'ple_') return await collectorOfToken(deps, token)
    return undefined
  }
  return session === undefined ? undefined : await callerOfSession(deps, session)
}
