// Caller: who asks, what they may do, and which part of the fleet they may see.

import type { Permitted } from '../store/permitted.ts'

/** Each holds all that the ones before it hold. */
export const roles = ['viewer', 'editor', 'approver', 'admin'] as const
export type Role = (typeof roles)[number]

export interface Caller {
  readonly type: 'person' | 'token' | 'system'
  /** Id of the person or API token; `system` for the server's own work. */
  readonly id: string
  /** For logs and the audit log. */
  readonly name: string
  readonly role: Role
  readonly permitted: Permitted
  /** Signed in with a one-time password: nothing but changing it is allowed. */
  readonly mustChangePassword?: true
}

/** An enrolled collector: it may ingest for its own cluster, nothing else. */
export interface Collector {
  readonly type: 'collector'
  readonly enrolmentId: string
  /** The cluster that it is bound to; undefined before its first contact. */
  readonly clusterId: string | undefined
  readonly name: string
}

/** True where the role holds all that `needed` holds. */
export const holdsRole = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed)
