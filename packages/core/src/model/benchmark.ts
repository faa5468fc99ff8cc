// Benchmark: a published standard's edition as data: its controls and the rules that answer them.

import type { Severity } from './severity.ts'

/** Who could decide a control, where no rule does. */
export type Undecided =
  /** No collector of this product reads it yet, or none was part of this scan. */
  | { readonly notCollected: 'node' | 'control-plane' | 'cloud'; readonly why: string }
  /** Only a person can attest it. */
  | { readonly manual: string }
  /** On the edition's platform the provider runs what it speaks of, or nothing of the kind is there. */
  | { readonly notApplicable: 'provider-managed' | 'absent'; readonly why: string }

export interface RuleBinding {
  readonly rule: string
  /** Parameters that this control asks for, over those of the profile. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /**
   * A parameter that only the house can give, such as the registries it approves. While it stands at its default the rule is left out
   * and the control is what `undecided` says; once a profile sets it, the rule answers instead of that.
   */
  readonly needs?: string
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
  /** Beside rules: what of the control they leave open. */
  readonly undecided?: Undecided
  /** The requirement behind it, by which the same control of other editions and benchmarks is found: `rbac.wildcards`. */
  readonly requirement?: string
  /** What it speaks of, where a provider may run that; then it is not applicable, reason provider-managed. */
  readonly part?: 'control-plane' | 'node'
}

export interface Edition {
  /** Family, such as `pss-baseline`. */
  readonly benchmark: string
  /** Edition, such as `1.34`. */
  readonly edition: string
  readonly title: string
  /** Where the facts come from: URL or document and date. */
  readonly source: string
  /** The distributions (as in `Scope`) that it is written for; on others it is not applicable. Absent: all. */
  readonly distributions?: readonly string[]
  /** The Kubernetes versions that it was written for, as it says itself: a hint which edition to take, not a bar. */
  readonly kubernetes?: { readonly min: string; readonly max: string }
  readonly sections: readonly { readonly id: string; readonly title: string }[]
  readonly controls: readonly Control[]
}
