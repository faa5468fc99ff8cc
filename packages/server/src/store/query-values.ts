// Query values: values that only the data know, for completion: names of clusters, namespaces, accounts, regions, values of labels.

import { type RawBuilder, sql } from 'kysely'
import { literal } from './like.ts'
import { isWhole, type Permitted } from './permitted.ts'
import type { Client } from './schema.ts'
import { seen, seenCluster, seenColumns } from './seen.ts'

const ofClusters: Readonly<Record<string, string>> = {
  cluster: 'name',
  account: 'account',
  region: 'region',
  environment: 'environment',
  provider: 'provider',
  distribution: 'distribution',
  version: 'kubernetes_version',
}

/** How many assets are looked at for the values of a label: enough to find the usual ones, whatever the fleet's size. */
const looked = 5000

/** Values of a field that begin with a text, of what the caller may see; none for fields whose values are not looked up. */
export async function valuesThere(
  db: Client,
  permitted: Permitted,
  field: string,
  key: string | undefined,
  prefix: string,
  limit: number,
): Promise<readonly string[]> {
  const pattern = `${literal(prefix)}%`
  const values = sourceOf(permitted, field, key)
  if (!values) return []
  const { rows } = await sql<{ value: string }>`
    select distinct value from (${values}) as there where value like ${pattern} and value <> '' order by value limit ${limit}`.execute(
    db,
  )
  return rows.map(row => row.value)
}

function sourceOf(
  permitted: Permitted,
  field: string,
  key: string | undefined,
): RawBuilder<unknown> | undefined {
  const column = Object.hasOwn(ofClusters, field) ? ofClusters[field] : undefined
  if (column)
    return sql`select cluster.${sql.ref(column)} as value from cluster
      where removed_at is null and ${seenCluster(permitted, 'cluster.cluster_id')}`
  if (field === 'cluster.label' && key !== undefined)
    return sql`select cluster.labels ->> ${key} as value from cluster where ${seenCluster(permitted, 'cluster.cluster_id')}`
  if (field === 'namespace')
    return isWhole(permitted)
      ? sql`select namespace as value from finding_namespace_count as counted where ${seenCluster(permitted, 'counted.cluster_id')}`
      : sql`select namespace as value from asset where ${seen(permitted, seenColumns('asset'))}`
  if (field === 'label' && key !== undefined)
    return sql`(select asset.labels ->> ${key} as value from asset
      where ${seen(permitted, seenColumns('asset'))} and asset.labels ->> ${key} is not null limit ${looked})`
  return undefined
}
