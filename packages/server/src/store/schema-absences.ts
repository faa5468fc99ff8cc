// Schema of absences: the tables of migration 7, as kysely sees them.

import type { Instant } from './columns.ts'

interface Interval {
  cluster_id: string
  valid_from: Instant
  valid_to: Instant
}

export interface AbsenceTables {
  asset_absence: Interval & { asset_key: string }
  cluster_absence: Interval
  sample_fleet: {
    only_row: boolean
    state: 'loading' | 'shown' | 'removed'
    lease: string
    leased_until: Instant
    snapshots: number
    done: number
  }
}
