// Schema of access: the tables of migration 3, as kysely sees them.

import type { Generated } from 'kysely'
import type { Big, Instant, Json, OptionalInstant } from './columns.ts'
import type { ZoneTerm } from './permitted.ts'

export type RoleName = 'viewer' | 'editor' | 'approver' | 'admin'

export interface AccessTables {
  person: {
    person_id: string
    login: string
    name: string
    email: string | null
    role: RoleName
    password_hash: string | null
    must_change_password: boolean
    oidc_issuer: string | null
    oidc_subject: string | null
    is_active: Generated<boolean>
    failed_logins: Generated<number>
    locked_until: OptionalInstant
    created_at: Instant
    last_login_at: OptionalInstant
    version: Generated<number>
  }
  session: {
    hash: Buffer
    person_id: string
    created_at: Instant
    touched_at: Instant
    expires_at: Instant
    address: string
    agent: string
  }
  oidc_login: { state_hash: Buffer; nonce: string; verifier: string; return_to: string; created_at: Instant }
  zone: {
    zone_id: string
    name: string
    description: string
    terms: Json<readonly ZoneTerm[]>
    created_at: Instant
    updated_at: Instant
    version: Generated<number>
  }
  team: {
    team_id: string
    name: string
    description: string
    oidc_group: string | null
    created_at: Instant
    updated_at: Instant
    version: Generated<number>
  }
  team_member: { team_id: string; person_id: string; by_oidc: Generated<boolean> }
  team_zone: { team_id: string; zone_id: string }
  api_token: {
    token_id: string
    hash: Buffer
    person_id: string
    name: string
    role: RoleName
    team_id: string | null
    created_at: Instant
    expires_at: Instant
    last_used_at: OptionalInstant
    revoked_at: OptionalInstant
  }
  enrolment: {
    enrolment_id: string
    hash: Buffer
    previous_hash: Buffer | null
    previous_until: OptionalInstant
    name: string
    cluster_id: string | null
    environment: string
    labels: Json<Readonly<Record<string, string>>>
    options: Json<Readonly<Record<string, unknown>>>
    created_by: string
    created_at: Instant
    expires_at: Instant
    first_contact_at: OptionalInstant
    last_contact_at: OptionalInstant
    token_used_at: OptionalInstant
    revoked_at: OptionalInstant
  }
  audit_entry: {
    number: Big
    at: Instant
    actor_type: string
    actor_id: string
    actor_name: string
    action: string
    target_type: string
    target_id: string
    address: string
    detail: Json<Readonly<Record<string, unknown>>>
    previous_hash: Buffer
    hash: Buffer
  }
  audit_head: { only_row: Generated<boolean>; number: Big; hash: Buffer }
}
