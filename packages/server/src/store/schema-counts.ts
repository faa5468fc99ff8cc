// Schema of counts: the tables of migration 6, as kysely sees them.

import type { Instant } from './columns.ts'

export interface CountTables {
  finding_count: {
    cluster_id: string
    state: string
    outcome: string
    severity: number
    rule: string
    kind: string
    count: number
  }
  namespace_count: {
    cluster_id: string
    namespace: string
    state: string
    outcome: string
    severity: number
    count: number
  }
  root_count: {
    cluster_id: string
    root_kind: string
    root_key: string
    failed: number
    critical: number
    high: number
    medium: number
    low: number
    resources: number
    rules: number
  }
  secret: { name: string; value: Buffer; created_at: Instant }
}
