// Profile: which rules and controls are on, with which parameters, and why others are off.

export interface RuleSetting {
  readonly enabled?: boolean
  /** Required where `enabled` is false. */
  readonly reason?: string
  readonly parameters?: Readonly<Record<string, unknown>>
}

export interface Profile {
  readonly name: string
  readonly rules: Readonly<Record<string, RuleSetting>>
  /** Controls left out of their benchmark's outcome: `pss-baseline/hostPorts`, with the reason. */
  readonly controls: Readonly<Record<string, { readonly enabled: false; readonly reason: string }>>
}

export const defaultProfile: Profile = { name: 'default', rules: {}, controls: {} }
