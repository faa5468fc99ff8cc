// Collector row: what a collector last said of one scope of a cluster.

import type { Gap } from '@plimsoll/core'

export interface CollectorRow {
  readonly cluster_id: string
  readonly scope: string
  readonly collected_at: Date
  readonly received_at: Date
  readonly collector: Readonly<Record<string, unknown>>
  /** Further facts that it told; null for a past instant. */
  readonly facts: Readonly<Record<string, string>> | null
  readonly gaps: readonly Gap[]
  readonly resources: number
  readonly stale_since: Date | null
}
