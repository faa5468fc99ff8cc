// Benchmark: a published standard's edition as data: its controls and the rules that answer them.

import type { Severity } from './severity.ts'

/** Who could decide a control, where no rule does. */
export type Undecided =
  /** No collector of this product reads it yet, or none was part of this scan. */
  | { readonly notCollected: 'node' | 'control-plane' | 'cloud' | 'kubernetes-api'; readonly why: string }
  /** Only a person can attest it. */
  | { readonly manual: string }

export interface RuleBinding {
  readonly rule: string
  /** Parameters that this control asks for, over those of the profile. */
  readonly parameters?: Readonly<Record<string, unknown>>
}

export interface Control {
  readonly id: string
  readonly section: string
  readonly title: string
  /** The benchmark's own label. */
  readonly automated: boolean
  readonly level?: 1 | 2
  readonly severity: Severity
  /** What a person does to meet it, where the rules' own remediation does not say it all. */
  readonly remediation?: string
  /** The rules that answer it; empty where none does, and then `undecided` says why. */
  readonly rules: readonly RuleBinding[]
  readonly undecided?: Undecided
}

export interface Edition {
  /** Family, such as `pss-baseline`. */
  readonly benchmark: string
  /** Edition, such as `1.34`. */
  readonly edition: string
  readonly title: string
  /** Where the facts come from: URL or document and date. */
  readonly source: string
  readonly sections: readonly { readonly id: string; readonly title: string }[]
  readonly controls: readonly Control[]
}
