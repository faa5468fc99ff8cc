// Schema of clusters: the tables of migration 1, as kysely sees them.

import type { ColumnType, Generated } from 'kysely'
import type { ClusterWords } from './cluster-words.ts'
import type {
  Big,
  BigWithDefault,
  Instant,
  Json,
  JsonWithDefault,
  OptionalInstant,
  OptionalJson,
  Since,
  Until,
} from './columns.ts'

export interface ClusterTables {
  cluster: {
    cluster_id: string
    name: string
    account: Generated<string>
    provider: Generated<string>
    region: Generated<string>
    distribution: Generated<string>
    kubernetes_version: Generated<string>
    environment: Generated<string>
    labels: JsonWithDefault<Readonly<Record<string, string>>>
    is_sample: Generated<boolean>
    revision: BigWithDefault
    revised_at: Since
    created_at: Instant
    removed_at: OptionalInstant
    scan_asked_at: OptionalInstant
    scan_asked_by: string | null
    facts_since: Since
    words: JsonWithDefault<ClusterWords>
  }
  collector_scope: {
    cluster_id: string
    scope: string
    sequence: Big
    digest: Buffer
    revision: Big
    collected_at: Instant
    received_at: Instant
    collector: Json<unknown>
    facts: JsonWithDefault<unknown>
    gaps: JsonWithDefault<unknown>
    resources: number
    stale_since: OptionalInstant
  }
  snapshot: {
    cluster_id: string
    scope: string
    sequence: Big
    digest: Buffer
    revision: Big
    collected_at: Instant
    received_at: Instant
    collector: Json<unknown>
    /** Null: as in the scope's snapshot before. */
    gaps: OptionalJson<unknown>
    resources: number
    added: number
    changed: number
    removed: number
  }
  upload: {
    cluster_id: string
    upload_id: string
    scope: string
    sequence: Big
    base_sequence: Big | null
    head: Json<unknown>
    digest: Buffer
    items: number
    enrolment_id: string | null
    started_at: Instant
    touched_at: Instant
    bytes: BigWithDefault
  }
  upload_item: {
    cluster_id: string
    upload_id: string
    resource_key: string
    /** Null: the resource is gone (in a delta). */
    hash: Buffer | null
  }
  object_body: {
    cluster_id: string
    hash: Buffer
    resource_key: string
    api_version: string
    kind: string
    packing: number
    /** Null: it is in a pack. */
    body: Buffer | null
    bytes: number
    stored_at: Instant
    pack_id: string | null
    start: number
  }
  object_pack: {
    cluster_id: string
    pack_id: string
    packing: number
    body: Buffer
    stored_at: Instant
  }
  resource_version: {
    cluster_id: string
    resource_key: string
    valid_from: Instant
    valid_to: Until
    scope: string
    hash: Buffer
    api_version: string
    kind: string
    namespace: string
    name: string
    revision: Big
    ended_revision: ColumnType<string | null, string | number | undefined, string | number>
  }
}
