// Snapshot: one scope at one instant: its resources and its gaps.

import type { Gap } from './gap.ts'
import type { SourcedResource } from './resource.ts'

/** What a snapshot speaks of. */
export interface Scope {
  /** `files` is a set of manifests, `cluster` the API of one cluster. */
  readonly type: 'files' | 'cluster'
  /** The UID of kube-system for a cluster; the word `files` else. It is the first part of every asset key. */
  readonly id: string
  /** For people: the paths given, or context and server. */
  readonly name: string
  /** The server's version such as `1.34.4`; absent where unknown (files). */
  readonly kubernetesVersion?: string
  readonly provider?: 'eks' | 'gke' | 'aks' | 'openshift'
  readonly distribution?: string
}

export interface Snapshot {
  readonly scope: Scope
  readonly collector: { readonly name: string; readonly version: string }
  /** ISO 8601 instant at which collection ended. */
  readonly takenAt: string
  readonly resources: readonly SourcedResource[]
  readonly gaps: readonly Gap[]
}
