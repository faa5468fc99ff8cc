// Result: one rule's verdict on one subject, with its proof.

import type { Gap } from './gap.ts'
import type { Outcome } from './outcome.ts'
import type { Severity } from './severity.ts'

/** The denial that the Pod Security admission controller would give, in its own words. */
export interface AdmissionDenial {
  /** The admission check's id, such as `hostNamespaces`. */
  readonly check: string
  readonly reason: string
  readonly detail: string
}

/** What was found, where, and what was expected instead. */
export interface Evidence {
  /** Path inside the resource, such as `spec.containers[0].securityContext.privileged`. */
  readonly path: string
  readonly actual: unknown
  readonly expected: string
  /** 1-based line in the source, where it is known. */
  readonly line?: number
  readonly column?: number
}

/** The accepted risk that covers a failing result. */
export interface AppliedException {
  readonly id: string
  readonly owner: string
  readonly reason: string
  readonly expires: string
}

export interface Result {
  readonly rule: string
  readonly severity: Severity
  readonly outcome: Outcome
  /** Key of the resource; null where the verdict is about what could not be listed. */
  readonly resource: string | null
  /** Tells apart several failures of one rule on one asset, such as the container's name. */
  readonly discriminator?: string
  /** Why, where the outcome alone does not say it (not-applicable, not-evaluated, error, manual). */
  readonly reason?: string
  /** The parameters that differ from the profile's, such as the Pod Security version an edition asks for. */
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly gap?: Gap
  readonly evidence: readonly Evidence[]
  readonly admission?: AdmissionDenial
  readonly exception?: AppliedException
  /** Against a baseline: whether this failure was there before, judged by its evidence. */
  readonly change?: 'new' | 'unchanged'
}
