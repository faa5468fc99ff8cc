// Finding groups: findings counted: in all, by field, and in groups by up to three fields; from kept counts where these can answer.

import type { Query } from '@plimsoll/core'
import { type RawBuilder, sql } from 'kysely'
import { clusterFieldNames } from './ask-clusters.ts'
import { type FindingsAsked, findingsAsOf } from './findings.ts'
import { isWhole, type Permitted } from './permitted.ts'
import { countsFor } from './query-columns.ts'
import type { Client } from './schema.ts'
import { seen, seenCluster, seenColumns } from './seen.ts'

export interface CountsAsked extends FindingsAsked {
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

/** Findings, or what counts them, called `finding`, with what each row stands for. */
interface Source {
  readonly from: RawBuilder<unknown>
  readonly weight: RawBuilder<unknown>
  readonly isKept: boolean
}

/** The kept counts that answer for all of the fields; undefined where none does: those by a field know no other of many values. */
function keptCounts(fields: readonly string[]): string | undefined {
  const needed = new Set(fields.map(countsFor))
  needed.delete('all')
  if (needed.has(undefined) || needed.size > 1) return undefined
  const [field = 'kind'] = needed
  return `finding_${field}_count`
}

/** Kept counts are of whole clusters of now: who sees parts of some gets numbers of what they see, counted one by one. */
function sourceFor(
  permitted: Permitted,
  { query, at, condition }: CountsAsked,
  by: readonly GroupField[],
): Source {
  const fields = fieldsOf(query)
  const kept = at === undefined && isWhole(permitted) && fields ? keptCounts([...fields, ...by]) : undefined
  const visible = kept
    ? seenCluster(permitted, 'finding.cluster_id')
    : seen(permitted, seenColumns('finding'))
  return {
    from: sql`from ${kept ? sql`${sql.table(kept)} as finding` : findingsAsOf(at)} where ${visible} and ${condition}`,
    weight: kept ? sql`finding.count` : sql`1`,
    isKept: kept !== undefined,
  }
}

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

const tallies = (weight: RawBuilder<unknown>) => {
  const sum = (name: string, when?: RawBuilder<unknown>) =>
    sql`coalesce(sum(${weight}) ${when ? sql`filter (where ${when})` : sql``}, 0)::int as ${sql.ref(name)}`
  return sql.join([
    sum('findings'),
    sum('failed', failing),
    sum('critical', sql`${failing} and finding.severity = 4`),
    sum('high', sql`${failing} and finding.severity = 3`),
    sum('medium', sql`${failing} and finding.severity = 2`),
    sum('low', sql`${failing} and finding.severity = 1`),
    sum('excepted', sql`finding.state = 'excepted'`),
    sum('notEvaluated', sql`finding.state = 'open' and finding.outcome in ('not-evaluated', 'error')`),
    sum('manual', sql`finding.state = 'open' and finding.outcome = 'manual'`),
    sum('resolved', sql`finding.state = 'resolved'`),
  ])
}

/** What the findings come to in all. */
export async function countAsked(db: Client, permitted: Permitted, asked: CountsAsked): Promise<Tallies> {
  const { from, weight } = sourceFor(permitted, asked, [])
  const { rows } = await sql<Tallies>`select ${tallies(weight)} ${from}`.execute(db)
  return rows[0] as Tallies
}

export type Group = Tallies & { readonly keys: readonly (string | null)[] }

/** Groups by one to three fields, those with most failures first; `limit` of them from `offset` on. */
export async function groupAsked(
  db: Client,
  permitted: Permitted,
  asked: CountsAsked,
  by: readonly GroupField[],
  limit: number,
  offset = 0,
): Promise<readonly Group[]> {
  const { from, weight } = sourceFor(permitted, asked, by)
  const columns = by.map(field => sql.ref(groupColumns[field]))
  const { rows } = await sql<Group>`
    select array[${sql.join(columns.map(own => sql`${own}::text`))}] as keys, ${tallies(weight)} ${from}
    group by ${sql.join(columns)} order by failed desc, findings desc, ${sql.join(columns)}
    limit ${limit} offset ${offset}`.execute(db)
  return rows
}

const words: readonly GroupField[] = ['severity', 'state', 'outcome']
const fewValues: readonly GroupField[] = [...words, 'rule', 'kind']

/** Which fields are counted together: where rows must be read one by one, as many as have few values; else those of one kept count. */
function passesFor(
  permitted: Permitted,
  asked: CountsAsked,
  fields: readonly GroupField[],
): readonly (readonly GroupField[])[] {
  const isKept = (field: GroupField) => sourceFor(permitted, asked, [field]).isKept
  const isOneByOne = fields.some(field => fewValues.includes(field) && !isKept(field))
  const together = fields.filter(field => (isOneByOne ? fewValues : words).includes(field))
  const apart = fields.filter(field => !together.includes(field)).map(field => [field])
  return together.length > 0 ? [together, ...apart] : apart
}

/** Counts by several fields at once, by value; a field's most frequent values, at most `limit`. */
export async function facetsAsked(
  db: Client,
  permitted: Permitted,
  asked: CountsAsked,
  fields: readonly GroupField[],
  limit: number,
): Promise<ReadonlyMap<GroupField, readonly { readonly value: string | null; readonly count: number }[]>> {
  const counts = new Map<GroupField, Map<string | null, number>>(fields.map(field => [field, new Map()]))
  const add = (field: GroupField, value: string | null, count: number) => {
    const own = counts.get(field)
    own?.set(value, (own.get(value) ?? 0) + count)
  }
  const passes = passesFor(permitted, asked, fields)
  await Promise.all(
    passes.map(async by => {
      const { from, weight } = sourceFor(permitted, asked, by)
      const columns = by.map(field => sql.ref(groupColumns[field]))
      const { rows } = await sql<{ keys: (string | null)[]; count: number }>`
        select array[${sql.join(columns.map(own => sql`${own}::text`))}] as keys, sum(${weight})::int as count ${from}
        group by ${sql.join(columns)} ${by.length === 1 ? sql`order by count desc, 1 limit ${limit}` : sql``}`.execute(
        db,
      )
      for (const { keys, count } of rows)
        for (const [index, field] of by.entries()) add(field, keys[index] ?? null, count)
    }),
  )
  const sorted = [...counts].map(([field, own]) => {
    const values = [...own].map(([value, count]) => ({ value, count }))
    values.sort((a, b) => b.count - a.count || (String(a.value) < String(b.value) ? -1 : 1))
    return [field, values.slice(0, limit)] as const
  })
  return new Map(sorted)
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
  { query, condition, at }: CountsAsked,
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
    from (${counted}) as root join cluster on cluster.cluster_id = root.cluster_id
    order by root.failed desc, root.cluster_id, root.root_key`.execute(db)
  return rows
}
