// RuleException: an approved, reasoned, dated acceptance of failures.

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

export interface RuleException {
  /** Given, or derived from its place in the file. */
  readonly id: string
  readonly rules: readonly string[]
  readonly scope: ExceptionScope
  readonly owner: string
  readonly reason: ExceptionReason
  readonly comment?: string
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string
}
