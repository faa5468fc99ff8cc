// Cluster request: which cluster to list and what of it, and what comes of it.

import type { Attempt, Snapshot } from '@plimsoll/core'
import type { Collector, Environment, World } from '../collector.ts'
import type { Progress } from '../progress.ts'

/** Names a cluster the way kubectl does. */
export interface ClusterAddress {
  /** A kubeconfig file; KUBECONFIG, then `~/.kube/config`, then the pod's own service account where absent. */
  readonly kubeconfig?: string
  /** A context of it; the current one where absent. */
  readonly context?: string
}

export interface ClusterRequest extends ClusterAddress {
  /** Kinds to list, as rules name them: `Pod`, `Role`, `PodTemplate` for all kinds that make pods. See `kindsReadBy`. */
  readonly kinds: readonly string[]
  /** Whether Secrets may be listed, as metadata only; else each asked for is a gap. */
  readonly secretsAllowed: boolean
  readonly environment: Environment
  readonly world: World
  readonly collector: Collector
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

export interface ClusterCollection {
  readonly snapshot: Snapshot
  /** What it cost the API server. */
  readonly cost: { readonly requests: number; readonly bytes: number }
}

export interface PreflightRequest extends ClusterAddress {
  /** Rules by the kinds they read; see `kindsReadBy`. */
  readonly rulesByKind: ReadonlyMap<string, readonly string[]>
  readonly environment: Environment
  readonly world: World
  readonly collector: Collector
  readonly signal?: AbortSignal
}

/** One permission that a collection needs, and what its absence costs. */
export interface PermissionCheck {
  readonly permission: {
    readonly verb: 'get' | 'list'
    /** API group; empty for the core group. */
    readonly group: string
    readonly resource: string
    readonly name?: string
  }
  readonly kind: string
  /** `unknown` where the API server would not say. */
  readonly allowed: 'yes' | 'no' | 'unknown'
  /** Ids of rules that cannot be evaluated without it, in order. */
  readonly rulesLost: readonly string[]
}

export type CollectCluster = (request: ClusterRequest) => Promise<Attempt<ClusterCollection>>

export type Preflight = (request: PreflightRequest) => Promise<Attempt<readonly PermissionCheck[]>>
