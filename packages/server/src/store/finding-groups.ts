// Finding groups: findings counted one by one: in all, by field, and in groups by up to three fields; and by what one change would mend.

import type { Query } from '@plimsoll/core'
import { type RawBuilder, sql } from 'kysely'
import { clusterFieldNames } from './ask-clusters.ts'
import { clusterFactsAt } from './cluster-past.ts'
import { type FindingsAsked, findingsAsOf } from './findings.ts'
import { isWhole, type Permitted } from './permitted.ts'
import type { Client } from './schema.ts'
import { seen, seenCluster, seenColumns } from './seen.ts'

export interface RootsAsked extends FindingsAsked {
  /** What `condition` was compiled from. */
  readonly query: Query
}

/** The fields that findings can be grouped by, and their columns. */
const groupColumns = {
  severity: 'finding.severity',
  state: 'finding.state',
  outcome: 'finding.outcome',
  rule: 'finding.rule',
  kind: 'finding.kind',
  cluster: 'finding.cluster_id',
  namespace: 'finding.namespace',
  resource: 'finding.asset_key',
  root: 'finding.root_key',
  'root.kind': 'finding.root_kind',
  triage: 'finding.triage',
  assignee: 'finding.assignee',
} as const
export type GroupField = keyof typeof groupColumns
/** What findings can be grouped by: by section one may be in several groups. */
export type GroupBy = GroupField | 'section'

/** A rule in a section where it answers a control; a finding is in it where its cluster is judged by the edition. */
export interface PlacedRule {
  readonly rule: string
  /** `benchmark@edition` */
  readonly edition: string
  readonly section: string
}
/** The fields that a query asks of; undefined where it looks for text in any. */
export function fieldsOf(query: Query): readonly string[] | undefined {
  switch (query.type) {
    case 'all':
      return []
    case 'free-text':
      return undefined
    case 'compare':
      return [query.field]
    case 'not':
      return fieldsOf(query.part)
    case 'and':
    case 'or': {
      const all = query.parts.map(fieldsOf)
      return all.includes(undefined) ? undefined : all.flatMap(fields => fields ?? [])
    }
  }
}

const asFound = (permitted: Permitted, { condition, at }: FindingsAsked) =>
  sql`from ${findingsAsOf(at)} where ${seen(permitted, seenColumns('finding'))} and ${condition}`

export interface Tallies {
  readonly findings: number
  /** Open failures, also by severity. */
  readonly failed: number
  readonly critical: number
  readonly high: number
  readonly medium: number
  readonly low: number
  readonly excepted: number
  /** Open, and not evaluated or broken. */
  readonly notEvaluated: number
  readonly manual: number
  readonly resolved: number
}

const failing = sql`finding.state = 'open' and finding.outcome = 'fail'`

const count = (name: string, when?: RawBuilder<unknown>) =>
  sql`(count(*) ${when ? sql`filter (where ${when})` : sql``})::int as ${sql.ref(name)}`

const tallied: Readonly<Record<keyof Tallies, RawBuilder<unknown> | undefined>> = {
  findings: undefined,
  failed: failing,
  critical: sql`${failing} and finding.severity = 4`,
  high: sql`${failing} and finding.severity = 3`,
  medium: sql`${failing} and finding.severity = 2`,
  low: sql`${failing} and finding.severity = 1`,
  excepted: sql`finding.state = 'excepted'`,
  notEvaluated: sql`finding.state = 'open' and finding.outcome in ('not-evaluated', 'error')`,
  manual: sql`finding.state = 'open' and finding.outcome = 'manual'`,
  resolved: sql`finding.state = 'resolved'`,
}
const tallies = sql.join(Object.entries(tallied).map(([name, when]) => count(name, when)))
const sums = sql.join(
  Object.keys(tallied).map(name => sql`sum(${sql.ref(`counted.${name}`)})::int as ${sql.ref(name)}`),
)

/** What the findings come to in all, counted one by one. */
export async function countAsked(db: Client, permitted: Permitted, asked: FindingsAsked): Promise<Tallies> {
  const { rows } = await sql<Tallies>`select ${tallies} ${asFound(permitted, asked)}`.execute(db)
  return rows[0] as Tallies
}

export type Group = Tallies & { readonly keys: readonly (string | null)[] }

/** Groups by one to three fields, counted one by one; those with most failures first; `limit` of them from `offset` on. */
export async function groupAsked(
  db: Client,
  permitted: Permitted,
  asked: FindingsAsked,
  by: readonly GroupBy[],
  limit: number,
  offset = 0,
  placed: readonly PlacedRule[] = [],
): Promise<readonly Group[]> {
  const fields = by.filter(field => field !== 'section')
  if (fields.length < by.length) return await groupBySection(db, permitted, asked, by, limit, offset, placed)
  const columns = fields.map(field => sql.ref(groupColumns[field]))
  const { rows } = await sql<Group>`
    select array[${sql.join(columns.map(own => sql`${own}::text`))}] as keys, ${tallies} ${asFound(permitted, asked)}
    group by ${sql.join(columns)} order by failed desc, findings desc, ${sql.join(columns)}
    limit ${limit} offset ${offset}`.execute(db)
  return rows
}

/** Findings are counted by rule and cluster first, which say in which sections they are; those counts are then added up. */
async function groupBySection(
  db: Client,
  permitted: Permitted,
  asked: FindingsAsked,
  by: readonly GroupBy[],
  limit: number,
  offset: number,
  placed: readonly PlacedRule[],
): Promise<readonly Group[]> {
  const own = by.flatMap((field, index) =>
    field === 'section' ? [] : [{ column: sql.ref(groupColumns[field]), name: sql.ref(`g${index}`) }],
  )
  const columns = [sql.ref('finding.cluster_id'), sql.ref('finding.rule'), ...own.map(({ column }) => column)]
  const keys = by.map((field, index) =>
    field === 'section' ? sql`coalesce(placed.section, '')` : sql.ref(`counted.g${index}`),
  )
  const { rows } = await sql<Group>`
    select array[${sql.join(keys.map(key => sql`${key}::text`))}] as keys, ${sums}
    from (
      select finding.cluster_id, finding.rule, ${sql.join([...own.map(({ column, name }) => sql`${column} as ${name}`), tallies])}
      ${asFound(permitted, asked)} group by ${sql.join(columns)}
    ) as counted
    left join (
      select judged.cluster_id, section_of.rule, section_of.section
      from (
        select assessment.cluster_id, (held.pair ->> 0) || '@' || (held.pair ->> 1) as edition
        from assessment cross join jsonb_array_elements(assessment.editions) as held(pair)
      ) as judged
      join json_to_recordset(${JSON.stringify(placed)}::json) as section_of(rule text, edition text, section text)
        on section_of.edition = judged.edition
    ) as placed on placed.cluster_id = counted.cluster_id and placed.rule = counted.rule
    group by ${sql.join(keys)} order by failed desc, findings desc, ${sql.join(keys)}
    limit ${limit} offset ${offset}`.execute(db)
  return rows
}

export interface FacetValue {
  readonly value: string | null
  readonly count: number
}

/** Counts by the values of several fields: the findings are read once. A field's most frequent values, at most `limit`. */
export async function facetsAsked(
  db: Client,
  permitted: Permitted,
  asked: FindingsAsked,
  fields: readonly GroupField[],
  limit: number,
): Promise<ReadonlyMap<GroupField, readonly FacetValue[]>> {
  const columns = fields.map((field, index) => ({
    own: sql.ref(groupColumns[field]),
    name: sql.ref(`f${index}`),
  }))
  const facets = columns.map(
    (
      { name },
      index,
    ) => sql`(select ${sql.lit(index)} as facet, ${name}::text as value, count(*)::int as count from found
      group by ${name} order by count desc, value limit ${limit})`,
  )
  const { rows } = await sql<{ facet: number } & FacetValue>`
    with found as materialized (
      select ${sql.join(columns.map(({ own, name }) => sql`${own} as ${name}`))} ${asFound(permitted, asked)})
    ${sql.join(facets, sql` union all `)}`.execute(db)
  return new Map(
    fields.map((field, index) => [
      field,
      rows
        .filter(({ facet }) => facet === index)
        .map(({ value, count }) => ({ value, count }))
        .sort((a, b) => b.count - a.count || (String(a.value) < String(b.value) ? -1 : 1)),
    ]),
  )
}

/** What people decided of findings, and of how many they did. */
export interface Touched {
  readonly triage: string
  readonly assignee: string | null
  readonly count: number
}

/** What a finding's triage is before anybody looked at it. */
export const untouched = 'new'

/** The findings that somebody has judged or is to mend, counted by both: few, whatever there is to find. An index holds them alone. */
export async function touchedAsked(
  db: Client,
  permitted: Permitted,
  asked: FindingsAsked,
): Promise<readonly Touched[]> {
  const { rows } = await sql<Touched>`
    select finding.triage, finding.assignee::text as assignee, count(*)::int as count ${asFound(permitted, asked)}
      and (finding.triage <> ${sql.lit(untouched)} or finding.assignee is not null)
    group by finding.triage, finding.assignee`.execute(db)
  return rows
}

export interface RootGroup {
  readonly cluster_id: string
  readonly cluster_name: string
  readonly root_kind: string
  readonly root_key: string
  /** Open failures that a change of it could mend. */
  readonly failed: number
  readonly critical: number
  readonly high: number
  readonly medium: number
  readonly low: number
  readonly resources: number
  readonly rules: number
}

/** The things to edit that stand behind most open failures, of those that the query asks for. */
export async function rootsAsked(
  db: Client,
  permitted: Permitted,
  { query, condition, at }: RootsAsked,
  limit: number,
): Promise<readonly RootGroup[]> {
  const fields = fieldsOf(query)
  const isKept =
    at === undefined && isWhole(permitted) && fields?.every(field => clusterFieldNames.has(field))
  const counted = isKept
    ? sql`select * from root_count as finding where ${seenCluster(permitted, 'finding.cluster_id')} and ${condition}
        order by failed desc, cluster_id, root_key limit ${limit}`
    : sql`select finding.cluster_id, min(finding.root_kind) as root_kind, finding.root_key, count(*)::int as failed,
        ${sql.join([4, 3, 2, 1].map(severity => sql`(count(*) filter (where finding.severity = ${sql.lit(severity)}))::int as ${sql.ref(['', 'low', 'medium', 'high', 'critical'][severity] as string)}`))},
        count(distinct finding.asset_key)::int as resources, count(distinct finding.rule)::int as rules
        from ${findingsAsOf(at)} where ${seen(permitted, seenColumns('finding'))} and ${condition} and ${failing}
        group by finding.cluster_id, finding.root_key order by failed desc, finding.cluster_id, finding.root_key limit ${limit}`
  const { rows } = await sql<RootGroup>`
    select root.cluster_id, cluster.name as cluster_name, root.root_kind, root.root_key, root.failed, root.critical, root.high,
      root.medium, root.low, root.resources, root.rules
    from (${counted}) as root join ${clusterFactsAt(at)} as cluster on cluster.cluster_id = root.cluster_id
    order by root.failed desc, root.cluster_id, root.root_key`.execute(db)
  return rows
}
