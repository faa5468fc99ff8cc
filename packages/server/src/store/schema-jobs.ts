// Schema of jobs: the tables of migration 5, as kysely sees them.

import type { Generated } from 'kysely'
import type { BigWithDefault, Instant, JsonWithDefault, OptionalInstant } from './columns.ts'

export interface JobTables {
  job: {
    queue: string
    key: string
    payload: JsonWithDefault<unknown>
    state: Generated<'waiting' | 'running' | 'dead'>
    run_at: Instant
    wanted: BigWithDefault
    attempts: Generated<number>
    lease: string | null
    leased_until: OptionalInstant
    taken: string | null
    created_at: Instant
    failed_at: OptionalInstant
    error: string | null
  }
  schedule: {
    name: string
    queue: string
    every: string
    next_at: Instant
  }
}
