// Resource neighbours: the objects that stand around an asset in its namespace, as far as the caller may see them.

import { sql } from 'kysely'
import { unpack } from './packing.ts'
import type { Permitted } from './permitted.ts'
import type { WholeAsset } from './resources.ts'
import type { Client } from './schema.ts'
import { seen, seenColumns } from './seen.ts'

/**
 * Objects of these kinds in the asset's namespace, with their keys, at most `limit`. What is no asset of its own (a pod of a Deployment)
 * is seen by its namespace; a caller whose terms ask for labels sees assets only.
 */
export async function objectsAround(
  db: Client,
  permitted: Permitted,
  shown: WholeAsset,
  kinds: readonly string[],
  limit: number,
): Promise<readonly { readonly key: string; readonly object: Readonly<Record<string, unknown>> }[]> {
  if (shown.namespace === '') return []
  const { rows } = await sql<{ key: string; packing: number; body: Buffer }>`
    select around.resource_key as key, b.packing, b.body
    from (
      select v.cluster_id, v.resource_key, v.hash, v.kind, v.namespace, v.name, coalesce(asset.labels, '{}') as labels
      from resource_version v
      left join asset on asset.cluster_id = v.cluster_id and asset.asset_key = v.resource_key
      where v.cluster_id = ${shown.cluster_id} and v.namespace = ${shown.namespace} and v.valid_to = 'infinity'
        and v.kind = any(${[...kinds]}::text[])
    ) as around
    join object_body b on b.cluster_id = around.cluster_id and b.hash = around.hash
    where ${seen(permitted, seenColumns('around'))}
    order by around.resource_key limit ${limit}`.execute(db)
  return rows.map(row => ({ key: row.key, object: JSON.parse(unpack(row)) as Record<string, unknown> }))
}
