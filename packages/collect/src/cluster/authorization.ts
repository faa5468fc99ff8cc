// Authorization: what a way of logging in comes to.

import type { Environment } from '../collector.ts'

/** The value of the Authorization header, and a certificate where a plugin issued one; or what kept them from being had. */
export type Authorization =
  | { readonly header?: string; readonly certificate?: string; readonly key?: string }
  | { readonly problem: string }

/** What a way of logging in may use of the outside world. */
export interface CredentialContext {
  readonly environment: Environment
  readonly now: () => Date
  readonly signal?: AbortSignal | undefined
}
