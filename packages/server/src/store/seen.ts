// Seen: compiles what a caller may see to conditions of SQL, and answers the same question of a value.

import { matchesParts } from '@plimsoll/core'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { likeParts } from './like.ts'
import { isPartial, type Permitted, type ZoneTerm } from './permitted.ts'

/** The columns of a statement that tell where a row belongs, as trusted identifiers (`finding.cluster_id`). */
export interface SeenColumns {
  readonly cluster: string
  readonly namespace: string
  readonly labels: string
  /** Kind and name; a Namespace belongs to the namespace of its name. */
  readonly kind: string
  readonly name: string
}

/** The usual columns of a table of resources, assets or findings. */
export const seenColumns = (table: string): SeenColumns => ({
  cluster: `${table}.cluster_id`,
  namespace: `${table}.namespace`,
  labels: `${table}.labels`,
  kind: `${table}.kind`,
  name: `${table}.name`,
})

/** True for the rows that the caller may see. `instant`: as for `seenWholeCluster`. */
export function seen(permitted: Permitted, columns: SeenColumns, instant?: string): RawBuilder<SqlBool> {
  return anyOf(permitted, (term, at) => [
    ...clusterParts(term, columns.cluster, instant ? sql.ref(instant) : at),
    ...resourceParts(term, columns),
  ])
}

/** What a term says of the resources inside a cluster. */
function resourceParts({ namespaces, labels }: ZoneTerm, columns: SeenColumns): RawBuilder<SqlBool>[] {
  const parts: RawBuilder<SqlBool>[] = []
  if (namespaces) {
    const own = sql`case when ${sql.ref(columns.kind)} = 'Namespace' then ${sql.ref(columns.name)} else ${sql.ref(columns.namespace)} end`
    parts.push(or(namespaces.map(glob => matches(own, glob))))
    // What has no namespace belongs to none, whatever the glob.
    parts.push(sql`${own} <> ''`)
  }
  if (labels) parts.push(sql<SqlBool>`${sql.ref(columns.labels)} @> ${JSON.stringify(labels)}::jsonb`)
  return parts
}

/**
 * True for clusters of which the caller sees any part: of a term that speaks of namespaces or labels, those that hold, or held, something
 * of the kind. That a cluster is there is a fact like any other.
 */
export function seenCluster(permitted: Permitted, cluster: string): RawBuilder<SqlBool> {
  return anyOf(permitted, (term, at) => {
    const parts = clusterParts(term, cluster, at)
    if (isPartial(term))
      parts.push(sql<SqlBool>`${sql.ref(cluster)} in (select permitted_asset.cluster_id from asset as permitted_asset
        where ${and(resourceParts(term, seenColumns('permitted_asset')))})`)
    return parts
  })
}

/**
 * True for clusters of which the caller may see all: the only ones whose own rollups may be shown. `instant`: a column with the instant as of
 * which that is asked, where each row has its own.
 */
export function seenWholeCluster(
  permitted: Permitted,
  cluster: string,
  instant?: string,
): RawBuilder<SqlBool> {
  return anyOf(permitted, (term, at) =>
    isPartial(term) ? undefined : clusterParts(term, cluster, instant ? sql.ref(instant) : at),
  )
}

/** Where a thing belongs, as a value. */
export interface Place {
  readonly cluster: {
    readonly id: string
    readonly account: string
    readonly environment: string
    readonly labels: Readonly<Record<string, string>>
  }
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
}

/** The same as `seen`, of a value. */
export function isSeen(permitted: Permitted, place: Place): boolean {
  if (permitted.all) return true
  const { cluster, kind, name, labels } = place
  const namespace = kind === 'Namespace' ? name : place.namespace
  const ofCluster: Readonly<Record<string, string>> = { ...cluster.labels, environment: cluster.environment }
  return permitted.terms.some(
    term =>
      (term.accounts?.includes(cluster.account) ?? true) &&
      (term.clusters?.includes(cluster.id) ?? true) &&
      holds(ofCluster, term.clusterLabels) &&
      (term.namespaces === undefined ||
        (namespace !== '' && term.namespaces.some(glob => matchesParts(glob.split('*'), namespace)))) &&
      holds(labels, term.labels),
  )
}

/** Whether a caller sees all of a cluster: the same as `seenWholeCluster`, of a value. */
export const isWholeSeen = (permitted: Permitted, cluster: Place['cluster']): boolean =>
  permitted.all ||
  isSeen(
    { all: false, terms: permitted.terms.filter(term => !isPartial(term)) },
    { cluster, kind: '', namespace: '', name: '', labels: {} },
  )

const holds = (own: Readonly<Record<string, string>>, asked: Readonly<Record<string, string>> = {}) =>
  Object.entries(asked).every(([key, value]) => Object.hasOwn(own, key) && own[key] === value)

function anyOf(
  permitted: Permitted,
  partsOf: (term: ZoneTerm, at: Instant) => RawBuilder<SqlBool>[] | undefined,
): RawBuilder<SqlBool> {
  if (permitted.all) return sql<SqlBool>`true`
  const at = permitted.at && sql`${permitted.at}`
  return or(
    permitted.terms.flatMap(term => {
      const parts = partsOf(term, at)
      return parts ? [and(parts)] : []
    }),
  )
}

/** As of when; undefined: now. */
type Instant = Expression<unknown> | undefined

/** Clusters are few: what a term says of them is asked of their own table, by a list that is read once. */
function clusterParts(
  { accounts, clusters, clusterLabels }: ZoneTerm,
  column: string,
  at: Instant,
): RawBuilder<SqlBool>[] {
  const parts: RawBuilder<SqlBool>[] = []
  const own = sql.ref(column)
  if (clusters) parts.push(sql<SqlBool>`${own} = any(${[...clusters]}::text[])`)
  const asked: RawBuilder<SqlBool>[] = []
  if (accounts) asked.push(sql<SqlBool>`permitted_cluster.account = any(${[...accounts]}::text[])`)
  if (clusterLabels) {
    const { environment, ...labels } = clusterLabels
    if (environment !== undefined) asked.push(sql<SqlBool>`permitted_cluster.environment = ${environment}`)
    if (Object.keys(labels).length > 0)
      asked.push(sql<SqlBool>`permitted_cluster.labels @> ${JSON.stringify(labels)}::jsonb`)
  }
  if (asked.length > 0) {
    const table = sql.table(at ? 'cluster_state' : 'cluster')
    if (at) asked.push(sql`permitted_cluster.valid_from <= ${at}`, sql`permitted_cluster.valid_to > ${at}`)
    parts.push(
      sql<SqlBool>`${own} in (select permitted_cluster.cluster_id from ${table} as permitted_cluster where ${and(asked)})`,
    )
  }
  return parts
}

const matches = (own: Expression<unknown>, glob: string) =>
  glob.includes('*')
    ? sql<SqlBool>`${own} like ${likeParts(glob.split('*'))}`
    : sql<SqlBool>`${own} = ${glob}`

const joined = (parts: readonly RawBuilder<SqlBool>[], word: 'and' | 'or') =>
  sql<SqlBool>`(${sql.join(parts, sql.raw(` ${word} `))})`
const and = (parts: readonly RawBuilder<SqlBool>[]) =>
  parts.length === 0 ? sql<SqlBool>`true` : joined(parts, 'and')
const or = (parts: readonly RawBuilder<SqlBool>[]) =>
  parts.length === 0 ? sql<SqlBool>`false` : joined(parts, 'or')
