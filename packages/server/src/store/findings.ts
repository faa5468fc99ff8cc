// Findings: pages of findings, and one of them with its past, now or as of an instant; only what a caller may see.

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { clusterFactsAt } from './cluster-past.ts'
import { isAfter, type Order, orderBy, type Position, positionOf, type SortColumn } from './keyset.ts'
import type { Permitted } from './permitted.ts'
import type { Client } from './schema.ts'
import type { FindingOutcome, FindingState } from './schema-assessments.ts'
import { seen, seenColumns } from './seen.ts'

export interface FindingRow {
  readonly cluster_id: string
  readonly cluster_name: string
  readonly region: string
  readonly finding_id: string
  readonly rule: string
  readonly severity: number
  readonly outcome: FindingOutcome
  readonly state: FindingState
  readonly api_version: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly asset_key: string
  readonly discriminator: string | null
  readonly root_kind: string
  readonly root_key: string
  readonly labels: Readonly<Record<string, string>>
  readonly reason: string | null
  readonly exception_id: string | null
  readonly first_seen: Date
  readonly opened_at: Date
  readonly changed_at: Date
  readonly resolved_at: Date | null
  readonly resolution: string | null
  readonly reopened: number
  readonly triage: string
  readonly assignee: string | null
}

/** Which findings: those that a compiled query asks for, now or as they were at an instant. */
export interface FindingsAsked {
  readonly condition: RawBuilder<SqlBool>
  readonly at: Date | undefined
}

const column = (name: string, type: SortColumn['type'] = 'text'): SortColumn => ({
  column: `finding.${name}`,
  type,
})
const byId = [column('cluster_id'), column('finding_id')]

/** What findings can be sorted by. */
export const findingSorts = {
  severity: [column('severity', 'smallint'), column('opened_at', 'timestamptz'), ...byId],
  opened: [column('opened_at', 'timestamptz'), ...byId],
  changed: [column('changed_at', 'timestamptz'), ...byId],
  rule: [column('rule'), column('severity', 'smallint'), column('opened_at', 'timestamptz'), ...byId],
  resource: [column('asset_key'), ...byId],
  cluster: byId,
} as const satisfies Record<string, readonly SortColumn[]>
const state = sql.join(
  [
    'rule',
    'asset_key',
    'discriminator',
    'outcome',
    'state',
    'severity',
    'reason',
    'evidence',
    'exception_id',
  ].map(name => sql.ref(`held.${name}`)),
)

/**
 * The findings, called `finding`. As of an instant each is what it was then; its labels, root, triage and assignee are those of now, which
 * are not kept over time.
 */
export function findingsAsOf(at: Date | undefined): RawBuilder<unknown> {
  if (at === undefined) return sql`finding`
  return sql`(
    select held.cluster_id, held.finding_id, ${state}, own.api_version, own.kind, own.namespace, own.name, own.labels,
      own.root_kind, own.root_key, own.parameters, own.first_seen, least(own.opened_at, held.valid_from) as opened_at,
      held.valid_from as changed_at, null::timestamptz as resolved_at, null::text as resolution, own.reopened, own.triage, own.assignee
    from finding_state as held
    join finding as own on own.cluster_id = held.cluster_id and own.finding_id = held.finding_id
    where held.valid_from <= ${at} and held.valid_to > ${at}
  ) as finding`
}

const listed = sql`finding.cluster_id, cluster.name as cluster_name, cluster.region, finding.finding_id, finding.rule, finding.severity, finding.outcome,
  finding.state, finding.api_version, finding.kind, finding.namespace, finding.name, finding.asset_key, finding.discriminator,
  finding.root_kind, finding.root_key, finding.labels, finding.reason, finding.exception_id, finding.first_seen, finding.opened_at,
  finding.changed_at, finding.resolved_at, finding.resolution, finding.reopened, finding.triage, finding.assignee`

export interface FindingPage {
  readonly rows: readonly FindingRow[]
  /** Where the next page begins; undefined after the last. */
  readonly next: Position | undefined
}

/** A page of findings in an order. */
export async function findingPage(
  db: Client,
  permitted: Permitted,
  { condition, at }: FindingsAsked,
  order: Order,
  after: Position | undefined,
  limit: number,
): Promise<FindingPage> {
  const { rows } = await sql<FindingRow & { readonly position: string[] }>`
    select ${listed}, ${positionOf(order)} as position
    from ${findingsAsOf(at)} join ${clusterFactsAt(at)} as cluster on cluster.cluster_id = finding.cluster_id
    where ${seen(permitted, seenColumns('finding'))} and ${condition} ${after ? sql`and ${isAfter(order, after)}` : sql``}
    ${orderBy(order)} limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  return { rows: page, next: rows.length > limit ? page.at(-1)?.position : undefined }
}

export interface WholeFinding extends FindingRow {
  readonly evidence: unknown
  readonly parameters: unknown
  /** `[benchmark, edition]` of each that its cluster is judged by. */
  readonly editions: readonly (readonly [string, string])[]
}

/** One finding with its evidence; undefined where there is none, or none that the caller may see. */
export async function findFinding(
  db: Client,
  permitted: Permitted,
  clusterId: string,
  findingId: string,
  at: Date | undefined,
): Promise<WholeFinding | undefined> {
  const { rows } = await sql<WholeFinding>`
    select ${listed}, finding.evidence, finding.parameters, coalesce(assessment.editions, '[]') as editions
    from ${findingsAsOf(at)} join ${clusterFactsAt(at)} as cluster on cluster.cluster_id = finding.cluster_id
    left join assessment on assessment.cluster_id = finding.cluster_id
    where finding.cluster_id = ${clusterId} and finding.finding_id = ${findingId}
      and ${seen(permitted, seenColumns('finding'))}`.execute(db)
  return rows[0]
}

export interface FindingInterval {
  readonly from: Date
  /** Null: it holds still. */
  readonly to: Date | null
  readonly outcome: FindingOutcome
  readonly state: FindingState
  readonly severity: number
  readonly reason: string | null
  readonly exception_id: string | null
}

/** What a finding was, oldest first; gaps between intervals are times in which it was resolved. Only after `findFinding` showed it. */
export async function findingHistory(
  db: Client,
  permitted: Permitted,
  clusterId: string,
  findingId: string,
): Promise<readonly FindingInterval[]> {
  const { rows } = await sql<FindingInterval>`
    select held.valid_from as "from", nullif(held.valid_to, 'infinity') as "to", held.outcome, held.state, held.severity,
      held.reason, held.exception_id
    from finding_state as held
    join finding on finding.cluster_id = held.cluster_id and finding.finding_id = held.finding_id
    where held.cluster_id = ${clusterId} and held.finding_id = ${findingId} and ${seen(permitted, seenColumns('finding'))}
    order by held.valid_from`.execute(db)
  return rows
}
