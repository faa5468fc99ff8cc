// Schema of counts: the tables of migration 6, as kysely sees them.

import type { Instant } from './columns.ts'

interface Counted {
  cluster_id: string
  state: string
  outcome: string
  severity: number
  count: number
}

export interface CountTables {
  finding_rule_count: Counted & { rule: string }
  finding_kind_count: Counted & { kind: string }
  finding_namespace_count: Counted & { namespace: string }
  finding_count_stamp: { cluster_id: string; stamp: string }
  finding_word: { field: string; word: string }
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
