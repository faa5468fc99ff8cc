// Schema of decisions: the tables of migration 4, as kysely sees them.

import type { AcceptedFinding, ExceptionReason, ExceptionScope } from '@plimsoll/core'
import type { ColumnType, Generated } from 'kysely'
import type { Instant, Json, JsonWithDefault, OptionalInstant } from './columns.ts'
import type { ZoneTerm } from './permitted.ts'

/** A day, `YYYY-MM-DD`: read as text by whoever selects it so. */
type Day = ColumnType<string, string, string>

export interface DecisionTables {
  exception: {
    exception_id: string
    state: 'requested' | 'approved' | 'rejected' | 'revoked'
    rules: Json<readonly string[]>
    scope: Json<ExceptionScope>
    query: string | null
    findings: ColumnType<readonly AcceptedFinding[] | null, string | null, string | null>
    reach: ColumnType<readonly ZoneTerm[] | null, string | null, string | null>
    owner: string
    reason: ExceptionReason
    comment: string
    expires: Day
    requested_by: string
    requested_by_name: string
    requested_at: Instant
    decided_by: string | null
    decided_by_name: string | null
    decided_at: OptionalInstant
    decision_comment: string | null
    version: Generated<number>
  }
  finding_note: {
    cluster_id: string
    note_id: string
    finding_id: string
    at: Instant
    author_id: string
    author_name: string
    type: 'comment' | 'triage' | 'assignment'
    body: string
  }
  attestation: {
    cluster_id: string
    attestation_id: string
    benchmark: string
    edition: string
    control: string
    outcome: 'pass' | 'fail' | 'not-applicable'
    statement: string
    evidence: Generated<string>
    attested_by: string
    attested_by_name: string
    attested_at: Instant
    expires: Day
    revoked_at: OptionalInstant
    revoked_by_name: string | null
  }
  profile: {
    profile_id: string
    name: string
    description: Generated<string>
    body: Json<Readonly<Record<string, unknown>>>
    is_default: Generated<boolean>
    zones: JsonWithDefault<readonly string[]>
    clusters: JsonWithDefault<readonly string[]>
    created_at: Instant
    updated_at: Instant
    version: Generated<number>
  }
  saved_view: {
    view_id: string
    person_id: string
    list: string
    name: string
    state: Json<unknown>
    is_shared: Generated<boolean>
    created_at: Instant
    updated_at: Instant
  }
}
