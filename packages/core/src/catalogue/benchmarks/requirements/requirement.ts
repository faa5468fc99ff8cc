// Requirement: one thing that benchmarks ask for, in our words, whatever numbers they give it.

import type { Severity } from '../../../model/severity.ts'

export interface Requirement {
  /** What is true when it is met. */
  readonly title: string
  readonly severity: Severity
  /** What a person does to meet it, in a sentence or two. */
  readonly remediation: string
}

/** Requirements by key: the slug that a control has in all benchmarks and editions; what follows a colon tells apart what they expect. */
export type Requirements = Readonly<Record<string, Requirement>>

const of =
  (severity: Severity) =>
  (title: string, remediation: string): Requirement => ({ title, severity, remediation })

/** Takes the node or the cluster at once. */
export const critical = of('critical')
/** Breaks isolation, or gives a strong foothold. */
export const high = of('high')
/** Hardening that matters. */
export const medium = of('medium')
/** Hygiene. */
export const low = of('low')
