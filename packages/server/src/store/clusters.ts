// Clusters: the statements of clusters, their revisions, and what each of their scopes last said.

import { type Selectable, sql, type Transaction } from 'kysely'
import type { KnownFacts } from './cluster-facts.ts'
import { type ClusterWords, wordOf } from './cluster-words.ts'
import type { Client, Schema } from './schema.ts'
import type { ClusterTables } from './schema-clusters.ts'

export type ClusterRow = Selectable<ClusterTables['cluster']>
export type ScopeRow = Selectable<ClusterTables['collector_scope']>

/** Facts of a cluster as a snapshot tells them; what is absent is not known. */
export interface ClusterFacts {
  readonly name: string
  readonly provider?: string | undefined
  readonly region?: string | undefined
  readonly account?: string | undefined
  readonly distribution?: string | undefined
  readonly version?: string | undefined
}

/** Makes a cluster's row where there is none; true where it made one. */
export async function addCluster(
  db: Client,
  cluster: {
    readonly id: string
    readonly name: string
    readonly environment: string
    readonly labels: Readonly<Record<string, string>>
    readonly isSample?: boolean
  },
  now: Date,
): Promise<boolean> {
  const made = await db
    .insertInto('cluster')
    .values({
      cluster_id: cluster.id,
      name: cluster.name,
      environment: cluster.environment,
      labels: JSON.stringify(cluster.labels),
      is_sample: cluster.isSample ?? false,
      created_at: now,
    })
    .onConflict(oc => oc.column('cluster_id').doNothing())
    .returning('cluster_id')
    .executeTakeFirst()
  return made !== undefined
}

export interface LockedCluster {
  readonly revision: number
  /** The instant of the change that is being made, with microseconds: later than that of every change before, whatever the clock does. */
  readonly instant: string
  readonly row: ClusterRow
}

/** Locks a cluster for a change of its data until the transaction ends. Undefined where there is no such cluster. */
export async function lockCluster(
  trx: Transaction<Schema>,
  clusterId: string,
  now: Date,
): Promise<LockedCluster | undefined> {
  const row = await trx
    .selectFrom('cluster')
    .selectAll()
    .select(
      sql<string>`to_char(greatest(${now}::timestamptz, revised_at + interval '1 microsecond') at time zone 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('instant'),
    )
    .where('cluster_id', '=', clusterId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { revision: Number(row.revision), instant: row.instant, row }
}

/** Notes a cluster's new revision. A cluster that was removed and speaks again is there again. */
export async function reviseCluster(
  trx: Transaction<Schema>,
  clusterId: string,
  revision: number,
  instant: string,
): Promise<void> {
  await trx
    .updateTable('cluster')
    .set({ revision, revised_at: instant, removed_at: null })
    .where('cluster_id', '=', clusterId)
    .execute()
}

/**
 * What is known of a cluster with what a snapshot says of it. The cluster's own API is believed; what nodes and clouds say only fills what
 * is not known. Its name, environment and labels are those of the words that are given, and the snapshot's name where there is none.
 */
export function factsWith(
  row: ClusterRow,
  facts: ClusterFacts,
  isApi: boolean,
  words: ClusterWords,
): KnownFacts {
  const choose = (known: string, told: string | undefined) =>
    told === undefined || told === '' || (!isApi && known !== '') ? known : told
  const word = wordOf(words)
  return {
    name: word.name || row.name,
    provider: choose(row.provider, facts.provider),
    region: choose(row.region, facts.region),
    account: choose(row.account, facts.account),
    distribution: choose(row.distribution, facts.distribution),
    kubernetes_version: choose(row.kubernetes_version, facts.version),
    environment: word.environment ?? row.environment,
    labels: word.labels ?? row.labels,
  }
}

/** What every scope of a cluster last said: gaps, facts, collector, and when. */
export const scopesOf = (db: Client, clusterId: string): Promise<ScopeRow[]> =>
  db.selectFrom('collector_scope').selectAll().where('cluster_id', '=', clusterId).orderBy('scope').execute()

export const findScope = (db: Client, clusterId: string, scope: string): Promise<ScopeRow | undefined> =>
  db
    .selectFrom('collector_scope')
    .selectAll()
    .where('cluster_id', '=', clusterId)
    .where('scope', '=', scope)
    .executeTakeFirst()

export const findCluster = (db: Client, clusterId: string): Promise<ClusterRow | undefined> =>
  db.selectFrom('cluster').selectAll().where('cluster_id', '=', clusterId).executeTakeFirst()

/** Ids of all clusters, in pages by id; for the server's own housekeeping. */
export async function clusterIds(db: Client, after: string, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom('cluster')
    .select('cluster_id')
    .where('cluster_id', '>', after)
    .orderBy('cluster_id')
    .limit(most)
    .execute()
  return rows.map(row => row.cluster_id)
}
