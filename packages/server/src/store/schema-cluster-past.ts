// Schema of what clusters were: the tables of migration 10, as kysely sees them.

import type { Instant, Json } from './columns.ts'

/** What is known of a cluster. */
export interface ClusterFactColumns {
  name: string
  account: string
  provider: string
  region: string
  distribution: string
  kubernetes_version: string
  environment: string
  labels: Json<Readonly<Record<string, string>>>
}

interface Interval extends ClusterFactColumns {
  cluster_id: string
  valid_from: Instant
  valid_to: Instant
}

export interface ClusterPastTables {
  cluster_past: Interval
  /** A view: what each cluster is, and was. */
  cluster_state: Interval
}
