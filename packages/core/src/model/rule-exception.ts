// RuleException: an approved, reasoned, dated acceptance of failures.

import type { ResourceEntry } from './assessment.ts'
import type { Evidence } from './result.ts'
import type { Severity } from './severity.ts'

/** A failure as exceptions see it. */
export interface AcceptableFailure {
  readonly rule: { readonly id: string; readonly aliases?: readonly string[] }
  readonly severity: Severity
  readonly asset: ResourceEntry
  readonly labels: Readonly<Record<string, string>>
  readonly discriminator: string | undefined
  readonly evidence: readonly Evidence[]
}

/** The reasons that an exception may give. */
export const exceptionReasons = [
  'risk-owned',
  'risk-transferred',
  'risk-avoided',
  'risk-mitigated',
  'not-relevant',
  'false-positive',
] as const
export type ExceptionReason = (typeof exceptionReasons)[number]

/** Each field given must match; globs (`*`, `?`) are allowed in all but labels' keys. */
export interface ExceptionScope {
  readonly kinds?: readonly string[]
  readonly namespaces?: readonly string[]
  readonly names?: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
  /** Container name or other discriminator of the finding. */
  readonly discriminators?: readonly string[]
}

/** One finding as it was when it was accepted. */
export interface AcceptedFinding {
  readonly rule: string
  /** `<kind>/<namespace>/<name>`: the asset's key without its scope. */
  readonly resource: string
  readonly discriminator?: string
  /** The mark of its evidence (`evidenceMark`); with other evidence it is another thing than was accepted. */
  readonly evidence: string
}

export interface RuleException {
  /** Given, or derived from its place in the file. */
  readonly id: string
  readonly rules: readonly string[]
  readonly scope: ExceptionScope
  /** Beside rules and scope: what a query asks for must hold too. */
  readonly query?: string
  /** Where given, it covers these findings alone, and each only while its evidence is what it was. */
  readonly findings?: readonly AcceptedFinding[]
  /** Of which part of a fleet it may speak; for whoever applies it to a cluster. */
  readonly holdsFor?: (failure: AcceptableFailure) => boolean
  /** Equal where `holdsFor` answers alike; beside `query`, for what else it depends on. */
  readonly holdsForKey?: string
  readonly owner: string
  readonly reason: ExceptionReason
  readonly comment?: string
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string
}
