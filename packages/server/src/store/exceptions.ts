// Exceptions: the statements of accepted risks: requested, decided, revoked, and what they cover now.

import type { AcceptedFinding, ExceptionReason, ExceptionScope } from '@plimsoll/core'
import { type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely'
import { isWhole, type Permitted, type ZoneTerm } from './permitted.ts'
import type { Client, Schema } from './schema.ts'
import { seen, seenCluster, seenColumns } from './seen.ts'

export type ExceptionState = 'requested' | 'approved' | 'rejected' | 'revoked'

export interface ExceptionRow {
  readonly exception_id: string
  readonly state: ExceptionState
  readonly rules: readonly string[]
  readonly scope: ExceptionScope
  readonly query: string | null
  readonly findings: readonly AcceptedFinding[] | null
  readonly reach: readonly ZoneTerm[] | null
  readonly owner: string
  readonly reason: ExceptionReason
  readonly comment: string
  /** `YYYY-MM-DD` */
  readonly expires: string
  readonly requested_by: string
  readonly requested_by_name: string
  readonly requested_at: Date
  readonly decided_by: string | null
  readonly decided_by_name: string | null
  readonly decided_at: Date | null
  readonly decision_comment: string | null
  readonly version: number
}

/** With the open findings that it covers, of those that the caller sees. */
export interface SeenException extends ExceptionRow {
  readonly covered: number
}

const columns = sql`e.exception_id, e.state, e.rules, e.scope, e.query, e.findings, e.reach, e.owner, e.reason, e.comment,
  to_char(e.expires, 'YYYY-MM-DD') as expires, e.requested_by, e.requested_by_name, e.requested_at, e.decided_by,
  e.decided_by_name, e.decided_at, e.decision_comment, e.version`

/**
 * The exceptions that a caller may know of: whoever sees the whole fleet all; others their own, those that cover a finding they see, and
 * those whose reach is within their sight, told by `withinSight`. Newest first.
 */
export async function listExceptions(
  client: Client,
  permitted: Permitted,
  callerId: string,
  withinSight: (reach: readonly ZoneTerm[] | null) => boolean,
): Promise<SeenException[]> {
  const [all, covered] = await Promise.all([
    sql<ExceptionRow>`select ${columns} from exception e order by e.requested_at desc, e.exception_id`.execute(
      client,
    ),
    coveredFindings(client, permitted, sql`finding.exception_id is not null`),
  ])
  return all.rows
    .map(row => ({ ...row, covered: covered.get(row.exception_id) ?? 0 }))
    .filter(row => row.requested_by === callerId || row.covered > 0 || withinSight(row.reach))
}

/** One of `listExceptions`; undefined where there is none, or none that the caller may know of. */
export async function findSeenException(
  client: Client,
  permitted: Permitted,
  callerId: string,
  id: string,
  withinSight: (reach: readonly ZoneTerm[] | null) => boolean,
): Promise<SeenException | undefined> {
  const row = await findException(client, id)
  if (!row) return undefined
  const counts = await coveredFindings(client, permitted, sql`finding.exception_id = ${id}`)
  const covered = counts.get(id) ?? 0
  return row.requested_by === callerId || covered > 0 || withinSight(row.reach)
    ? { ...row, covered }
    : undefined
}

/** When the cluster was judged that was judged the longest ago, of those that the caller sees; null where none was judged. */
export async function oldestAssessment(client: Client, permitted: Permitted): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(assessment.assessed_at) as at from assessment join cluster using (cluster_id)
    where cluster.removed_at is null and ${seenCluster(permitted, 'cluster.cluster_id')}`.execute(client)
  return rows[0]?.at ?? null
}

/** How many findings that the caller sees each exception covers. */
async function coveredFindings(
  client: Client,
  permitted: Permitted,
  which: RawBuilder<unknown>,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ exception_id: string; covered: string }>`
    select finding.exception_id, count(*) as covered from finding
    where finding.state = 'excepted' and ${which} and ${seen(permitted, seenColumns('finding'))}
    group by finding.exception_id`.execute(client)
  return new Map(rows.map(row => [row.exception_id, Number(row.covered)]))
}

export async function findException(client: Client, id: string): Promise<ExceptionRow | undefined> {
  const { rows } =
    await sql<ExceptionRow>`select ${columns} from exception e where e.exception_id = ${id}`.execute(client)
  return rows[0]
}

export async function lockException(trx: Transaction<Schema>, id: string): Promise<ExceptionRow | undefined> {
  const { rows } = await sql<ExceptionRow>`
    select ${columns} from exception e where e.exception_id = ${id} for update`.execute(trx)
  return rows[0]
}

/** Those in force: approved, and not long expired; in an order that stays. */
export async function approvedExceptions(client: Client, fromDay: string): Promise<ExceptionRow[]> {
  const { rows } = await sql<ExceptionRow>`
    select ${columns} from exception e where e.state = 'approved' and e.expires >= ${fromDay}::date
    order by e.decided_at, e.exception_id`.execute(client)
  return rows
}

export type NewException = Omit<ExceptionRow, 'version'>

/** False where the id is taken. */
export async function addException(trx: Transaction<Schema>, row: NewException): Promise<boolean> {
  const done = await trx
    .insertInto('exception')
    .values({
      ...row,
      rules: JSON.stringify(row.rules),
      scope: JSON.stringify(row.scope),
      findings: row.findings && JSON.stringify(row.findings),
      reach: row.reach && JSON.stringify(row.reach),
    })
    .onConflict(on => on.doNothing())
    .executeTakeFirst()
  return Number(done.numInsertedOrUpdatedRows) === 1
}

export interface Decision {
  readonly state: Exclude<ExceptionState, 'requested'>
  readonly by: string
  readonly byName: string
  readonly at: Date
  readonly comment: string | null
}

export async function decideException(
  trx: Transaction<Schema>,
  id: string,
  decision: Decision,
): Promise<void> {
  await trx
    .updateTable('exception')
    .set(eb => ({
      state: decision.state,
      decided_by: decision.by,
      decided_by_name: decision.byName,
      decided_at: decision.at,
      decision_comment: decision.comment,
      version: eb('version', '+', 1),
    }))
    .where('exception_id', '=', id)
    .execute()
}

/** Leaves it some of the findings that it names: it may come to cover less, never more. */
export async function limitException(
  trx: Transaction<Schema>,
  id: string,
  findings: readonly AcceptedFinding[],
): Promise<void> {
  await trx
    .updateTable('exception')
    .set(eb => ({ findings: JSON.stringify(findings), version: eb('version', '+', 1) }))
    .where('exception_id', '=', id)
    .execute()
}

/** Sets who owns it, why, and until when; what it covers stays. */
export async function extendException(
  trx: Transaction<Schema>,
  id: string,
  change: { readonly owner: string; readonly comment: string; readonly expires: string },
): Promise<void> {
  await trx
    .updateTable('exception')
    .set(eb => ({ ...change, version: eb('version', '+', 1) }))
    .where('exception_id', '=', id)
    .execute()
}

/** A failing finding as exceptions see it. */
export interface CoverableRow {
  readonly cluster_id: string
  readonly finding_id: string
  readonly rule: string
  readonly asset_key: string
  readonly discriminator: string | null
  readonly severity: number
  readonly api_version: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly evidence: readonly unknown[]
  readonly exception_id: string | null
}

const page = 5000

/** Among which findings to look: those that meet all that is given. */
export interface Among {
  readonly rules?: readonly string[]
  readonly kinds?: readonly string[]
  readonly namespaces?: readonly string[]
  /** Keys of assets. */
  readonly resources?: readonly string[]
  readonly condition?: RawBuilder<SqlBool>
}

/** How many open failures the caller sees. */
export async function countOpenFailures(client: Client, permitted: Permitted): Promise<number> {
  const counted = isWhole(permitted)
    ? sql`coalesce(sum(count), 0) as count from finding_kind_count as finding where ${seenCluster(permitted, 'finding.cluster_id')}`
    : sql`count(*) as count from finding where ${seen(permitted, seenColumns('finding'))}`
  const { rows } = await sql<{ count: string }>`
    select ${counted} and finding.state = 'open' and finding.outcome = 'fail'`.execute(client)
  return Number(rows[0]?.count)
}

/** Open failures that the caller sees, in batches; their evidence, which is large, only where it is asked for. */
export async function* openFailures(
  client: Client,
  permitted: Permitted,
  { rules, kinds, namespaces, resources, condition }: Among,
  withEvidence: boolean,
): AsyncGenerator<readonly CoverableRow[]> {
  const texts = { rule: rules, kind: kinds, namespace: namespaces, asset_key: resources }
  const parts = Object.entries(texts).flatMap(([column, own]) =>
    own ? [sql`${sql.ref(`finding.${column}`)} = any(${[...own]}::text[])`] : [],
  )
  const among = sql.join([...parts, condition ?? sql`true`], sql` and `)
  let after: readonly [string, string] = ['', '']
  for (;;) {
    const { rows } = await sql<CoverableRow>`
      select finding.cluster_id, finding.finding_id, finding.rule, finding.asset_key, finding.discriminator, finding.severity,
        finding.api_version, finding.kind, finding.namespace, finding.name, finding.labels, finding.exception_id,
        ${withEvidence ? sql`finding.evidence` : sql`'[]'::jsonb`} as evidence
      from finding
      where finding.state = 'open' and finding.outcome = 'fail' and ${among}
        and (finding.cluster_id, finding.finding_id) > (${after[0]}, ${after[1]})
        and ${seen(permitted, seenColumns('finding'))}
      order by finding.cluster_id, finding.finding_id limit ${page}`.execute(client)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < page) return
    after = [last.cluster_id, last.finding_id]
  }
}

/** A finding as it is asked to be accepted, whatever became of it. */
export type SeenFailure = CoverableRow & { readonly state: string; readonly outcome: string }

/** One finding that the caller sees. */
export const coverableFinding = async (
  client: Client,
  permitted: Permitted,
  cluster: string,
  finding: string,
): Promise<SeenFailure | undefined> => (await coverableFindings(client, permitted, [{ cluster, finding }]))[0]

/** Those of these findings that the caller sees. */
export async function coverableFindings(
  client: Client,
  permitted: Permitted,
  refs: readonly { readonly cluster: string; readonly finding: string }[],
): Promise<readonly SeenFailure[]> {
  const { rows } = await sql<SeenFailure>`
    select finding.cluster_id, finding.finding_id, finding.rule, finding.asset_key, finding.discriminator, finding.severity,
      finding.api_version, finding.kind, finding.namespace, finding.name, finding.labels, finding.evidence, finding.exception_id,
      finding.state, finding.outcome
    from json_to_recordset(${JSON.stringify(refs)}::json) as asked(cluster text, finding text)
    join finding on finding.cluster_id = asked.cluster and finding.finding_id = asked.finding
    where ${seen(permitted, seenColumns('finding'))}
    order by finding.cluster_id, finding.finding_id`.execute(client)
  return rows
}

/** How many open failures there are of those that meet a condition, that the caller sees. */
export async function tallyFailures(
  client: Client,
  permitted: Permitted,
  { condition }: { readonly condition: RawBuilder<SqlBool> },
): Promise<{
  readonly covered: number
  readonly clusters: number
  readonly bySeverity: Readonly<Record<'critical' | 'high' | 'medium' | 'low', number>>
}> {
  const of = (severity: number) => sql`(count(*) filter (where finding.severity = ${sql.lit(severity)}))::int`
  const { rows } = await sql<Record<'covered' | 'clusters' | 'critical' | 'high' | 'medium' | 'low', number>>`
    select count(*)::int as covered, count(distinct finding.cluster_id)::int as clusters,
      ${of(4)} as critical, ${of(3)} as high, ${of(2)} as medium, ${of(1)} as low
    from finding
    where finding.state = 'open' and finding.outcome = 'fail' and ${condition} and ${seen(permitted, seenColumns('finding'))}`.execute(
    client,
  )
  const { covered = 0, clusters = 0, critical = 0, high = 0, medium = 0, low = 0 } = rows[0] ?? {}
  return { covered, clusters, bySeverity: { critical, high, medium, low } }
}
