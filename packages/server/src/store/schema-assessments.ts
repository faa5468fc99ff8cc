// Schema of assessments: the tables of migration 2, as kysely sees them.

import type { Generated } from 'kysely'
import type { Big, Instant, Json, JsonWithDefault, OptionalInstant, Until } from './columns.ts'

export type FindingState = 'open' | 'excepted' | 'resolved'
export type FindingOutcome = 'fail' | 'not-evaluated' | 'error' | 'manual'

export interface AssessmentTables {
  assessment: {
    cluster_id: string
    revision: Big
    basis: string
    assessed_at: Instant
    gaps: JsonWithDefault<unknown>
    counts: JsonWithDefault<unknown>
    is_sound: Generated<boolean>
    /** `[rule, parameters or null]` for each byte of the assets' verdicts. */
    plans: JsonWithDefault<readonly (readonly [string, Readonly<Record<string, unknown>> | null])[]>
    /** `[benchmark, edition]` of each that it judges by. */
    editions: JsonWithDefault<readonly (readonly [string, string])[]>
    stale_since: OptionalInstant
  }
  asset: {
    cluster_id: string
    asset_key: string
    api_version: string
    kind: string
    namespace: string
    name: string
    labels: JsonWithDefault<Readonly<Record<string, string>>>
    root_kind: string
    root_key: string
    /** One byte per plan of the assessment's basis. */
    verdicts: Buffer
    critical: Generated<number>
    high: Generated<number>
    medium: Generated<number>
    low: Generated<number>
    excepted: Generated<number>
    passed: Generated<number>
    not_evaluated: Generated<number>
    first_seen: Instant
    gone_at: Until
  }
  finding: {
    cluster_id: string
    finding_id: string
    rule: string
    asset_key: string
    discriminator: string | null
    parameters: Json<unknown> | null
    /** 4 critical, 3 high, 2 medium, 1 low. */
    severity: number
    outcome: FindingOutcome
    state: FindingState
    api_version: string
    kind: string
    namespace: string
    name: string
    labels: JsonWithDefault<Readonly<Record<string, string>>>
    root_kind: string
    root_key: string
    reason: string | null
    evidence: JsonWithDefault<unknown>
    evidence_digest: string
    exception_id: string | null
    first_seen: Instant
    opened_at: Instant
    changed_at: Instant
    resolved_at: OptionalInstant
    resolution: string | null
    reopened: Generated<number>
    triage: Generated<string>
    assignee: string | null
  }
  finding_interval: {
    cluster_id: string
    finding_id: string
    valid_from: Instant
    valid_to: Until
    rule: string
    asset_key: string
    discriminator: string | null
    outcome: FindingOutcome
    state: FindingState
    severity: number
    reason: string | null
    evidence: Json<unknown>
    exception_id: string | null
  }
  /** A view: what each finding was and is, less the times in which it was resolved. */
  finding_state: {
    cluster_id: string
    finding_id: string
    valid_from: Instant
    valid_to: Until
    rule: string
    asset_key: string
    discriminator: string | null
    outcome: FindingOutcome
    state: FindingState
    severity: number
    reason: string | null
    evidence: Json<unknown>
    exception_id: string | null
  }
  rule_count: {
    cluster_id: string
    namespace: string
    rule: string
    severity: number
    open: number
    excepted: number
    not_evaluated: number
  }
  tally: {
    cluster_id: string
    /** '' the cluster, 'namespace/<name>', 'zone/<id>'. */
    scope_key: string
    benchmark: string
    edition: string
    valid_from: Instant
    valid_to: Until
    counts: Json<unknown>
  }
  score: {
    cluster_id: string
    scope_key: string
    benchmark: string
    edition: string
    /** '' is the whole edition. */
    section: string
    valid_from: Instant
    valid_to: Until
    value: number | null
    low: number | null
    high: number | null
    evaluated: number
    not_evaluated: number
  }
  score_move: {
    cluster_id: string
    at: Instant
    benchmark: string
    edition: string
    before: number | null
    after: number | null
    parts: Json<unknown>
  }
}
