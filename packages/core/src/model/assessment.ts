// Assessment: a snapshot judged by rules: the resources, the results as they come, and what they add up to.

import type { Control, Edition } from './benchmark.ts'
import type { Gap } from './gap.ts'
import type { Operation } from './json-patch.ts'
import type { Outcome } from './outcome.ts'
import type { Source } from './resource.ts'
import type { Result } from './result.ts'
import type { Severity } from './severity.ts'
import type { Scope } from './snapshot.ts'

/** A resource as reports list it. */
export interface ResourceEntry {
  /** Asset key `<scope>/<kind>/<namespace>/<name>` (namespace empty for cluster-wide kinds); later ones of one key end in `#2`, `#3`. */
  readonly key: string
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly source: Source
}

/** What a control of a benchmark came to over all subjects. */
export interface ControlResult {
  readonly benchmark: string
  readonly edition: string
  readonly control: Control
  readonly outcome: Outcome
  /** Why, where the outcome is not pass or fail. */
  readonly reason?: string
  /** Subjects (not findings) that passed, failed, were excepted, or could not be judged. */
  readonly passed: number
  readonly failed: number
  readonly excepted: number
  readonly notEvaluated: number
  readonly notApplicable: number
  /** True where gaps hide an unknown number of subjects. */
  readonly unbounded: boolean
}

/** The posture score of the scope under one edition; null where nothing it speaks of, or not all of it, was looked at. */
export interface Score {
  readonly benchmark: string
  readonly edition: string
  /** 0 to 100, one decimal. */
  readonly value: number | null
  /** All that was not evaluated counted as failed … */
  readonly low: number | null
  /** … and as passed. */
  readonly high: number | null
  /** Controls evaluated and not evaluated. */
  readonly evaluated: number
  readonly notEvaluated: number
}

/** What is wrong or idle among the exceptions given. */
export interface ExceptionNote {
  readonly id: string
  readonly state: 'unused' | 'expired' | 'over-broad'
  readonly message: string
}

export interface Summary {
  readonly controls: readonly ControlResult[]
  readonly scores: readonly Score[]
  readonly gaps: readonly Gap[]
  /** Results by outcome; failures that are excepted are counted under `excepted` instead of `fail`. */
  readonly counts: Readonly<Record<Outcome | 'excepted', number>>
  /** Failures that no exception covers, by severity; and those of them that the baseline lacks (all, without a baseline). */
  readonly failures: Readonly<Record<Severity, number>>
  readonly newFailures: Readonly<Record<Severity, number>>
  readonly exceptions: readonly ExceptionNote[]
  /** Failures of the baseline that are gone. */
  readonly fixed: readonly {
    readonly rule: string
    readonly resource: string
    readonly discriminator?: string
  }[]
}

/** An assessment under way. */
export interface Assessment {
  readonly tool: { readonly name: string; readonly version: string }
  readonly scope: Scope
  /** ISO 8601. */
  readonly startedAt: string
  readonly resources: readonly ResourceEntry[]
  readonly editions: readonly Edition[]
  /** Judges and yields each result once; memory does not grow with them. */
  results(): Generator<Result, void, undefined>
  /** What the results came to. Only after `results()` is exhausted; throws before. */
  summary(): Summary
  /** The machine-applicable change for a failing result, if its rule knows one: operations on the resource of that key. */
  fixOf(result: Result): readonly Operation[] | undefined
}
