// Ports of assessment: what it is told from outside: the rules, and what a cluster is judged by.

import type { Edition, Profile, Rule, RuleException } from '@plimsoll/core'
import type { Client } from '../../store/schema.ts'

/** The catalogue that this server judges by; only main files load it. */
export interface RulePack {
  readonly rules: readonly Rule[]
  readonly editions: readonly Edition[]
  /** Another text for other rules, editions or another engine: then every cluster is judged anew. */
  readonly version: string
}

/** What the house decided for one cluster. */
export interface ClusterBasis {
  readonly profile: Profile
  readonly exceptions: readonly RuleException[]
  /** Equal for equal exceptions. */
  readonly digest: string
}

/** Reads what the house decided for a cluster, inside the transaction that assesses it. */
export type BasisOf = (db: Client, clusterId: string) => Promise<ClusterBasis>
