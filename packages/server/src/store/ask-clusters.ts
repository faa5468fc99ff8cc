// Ask clusters: which clusters the parts of a query mean that ask of the cluster, found before the query runs.
//
// Clusters are few and findings many: with the clusters at hand, PostgreSQL knows how many rows to expect and takes the right index.

import { type Asked, type Comparison, evaluate, type FieldValue, type Query } from '@plimsoll/core'
import { clusterEditions } from './cluster-editions.ts'
import { factColumns } from './cluster-facts.ts'
import { everything } from './permitted.ts'
import type { Client } from './schema.ts'

/** The ids that each comparison with a field of the cluster means, less its negation. */
export type AskedClusters = ReadonlyMap<Comparison, readonly string[]>

/** The fields that are asked of the cluster of a finding or a resource. */
export const clusterFieldNames: ReadonlySet<string> = new Set([
  'cluster',
  'account',
  'provider',
  'region',
  'distribution',
  'version',
  'environment',
  'cluster.label',
  'cluster.benchmark',
])

/** Reads the clusters where the query asks of any, else nothing; `at`: as they were then. */
export async function askClusters(db: Client, query: Query, asked: Asked, at?: Date): Promise<AskedClusters> {
  const comparisons = comparisonsOf(query).filter(one => clusterFieldNames.has(one.field))
  if (comparisons.length === 0) return new Map()
  const clusters = await db
    .selectFrom(at === undefined ? 'cluster' : 'cluster_state')
    .$if(at !== undefined, own =>
      own.where('valid_from', '<=', at as Date).where('valid_to', '>', at as Date),
    )
    .select(['cluster_id', ...factColumns])
    .execute()
  const editions = comparisons.some(one => one.field === 'cluster.benchmark')
    ? await clusterEditions(db, everything)
    : undefined
  return new Map(
    comparisons.map(comparison => {
      const positive: Comparison = {
        ...comparison,
        operator: comparison.operator === 'is-not' ? 'is' : comparison.operator,
      }
      const ids = clusters
        .filter(row =>
          evaluate(positive, clusterReader({ ...row, editions: editions?.get(row.cluster_id) }), asked),
        )
        .map(row => row.cluster_id)
      return [comparison, ids]
    }),
  )
}

interface AskedCluster {
  readonly cluster_id: string
  readonly name: string
  readonly account: string
  readonly provider: string
  readonly region: string
  readonly distribution: string
  readonly kubernetes_version: string
  readonly environment: string
  readonly labels: Readonly<Record<string, string>>
  /** `[benchmark, edition]` of each that it is judged by, where that was read. */
  readonly editions?: readonly (readonly [string, string])[] | undefined
}

/** Reads the fields of a cluster as queries ask for them; those of no cluster have no value. */
export const clusterReader =
  (row: AskedCluster) =>
  (field: string, key = ''): FieldValue => {
    if (!clusterFieldNames.has(field)) return undefined
    if (field === 'cluster') return [row.cluster_id, row.name]
    if (field === 'version') return row.kubernetes_version
    if (field === 'cluster.benchmark')
      return (row.editions ?? []).flatMap(([benchmark, edition]) => [`${benchmark}@${edition}`, benchmark])
    if (field === 'cluster.label') return Object.hasOwn(row.labels, key) ? row.labels[key] : undefined
    return row[field as 'account' | 'provider' | 'region' | 'distribution' | 'environment']
  }

function comparisonsOf(query: Query): Comparison[] {
  switch (query.type) {
    case 'compare':
      return [query]
    case 'not':
      return comparisonsOf(query.part)
    case 'and':
    case 'or':
      return query.parts.flatMap(comparisonsOf)
    default:
      return []
  }
}
