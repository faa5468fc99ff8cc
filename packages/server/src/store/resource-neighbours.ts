// Resource neighbours: objects of a cluster that stand around an asset, as far as the caller may see them.

import { type RawBuilder, sql } from 'kysely'
import { type Kept, unpack } from './packing.ts'
import type { Permitted } from './permitted.ts'
import type { Client } from './schema.ts'
import { seen, seenColumns } from './seen.ts'

export interface StoredNeighbour {
  readonly key: string
  readonly object: Readonly<Record<string, unknown>>
}

/**
 * Objects of a kind, as assets have it, of a namespace or of the whole cluster, by key, at most `limit`; `isAll` is false where there are
 * more. What is no asset of its own (a pod of a Deployment) is seen by its namespace; a caller whose terms ask for labels sees assets only.
 */
export async function objectsOfKind(
  db: Client,
  permitted: Permitted,
  clusterId: string,
  { kind, namespace }: { readonly kind: string; readonly namespace: string | undefined },
  limit: number,
): Promise<{ readonly objects: readonly StoredNeighbour[]; readonly isAll: boolean }> {
  const prefix = namespace === undefined ? `${kind}/` : `${kind}/${namespace}/`
  const objects = await seenObjects(
    db,
    permitted,
    clusterId,
    sql`v.resource_key like ${`${prefix.replace(/[\\%_]/g, '\\$&')}%`}`,
    limit + 1,
  )
  return { objects: objects.slice(0, limit), isAll: objects.length <= limit }
}

/** The objects of these keys. */
export const objectsOfKeys = (
  db: Client,
  permitted: Permitted,
  clusterId: string,
  keys: readonly string[],
): Promise<readonly StoredNeighbour[]> =>
  keys.length === 0
    ? Promise.resolve([])
    : seenObjects(db, permitted, clusterId, sql`v.resource_key = any(${[...keys]}::text[])`, keys.length)

async function seenObjects(
  db: Client,
  permitted: Permitted,
  clusterId: string,
  which: RawBuilder<unknown>,
  limit: number,
): Promise<readonly StoredNeighbour[]> {
  const { rows } = await sql<Kept & { readonly key: string }>`
    select around.resource_key as key, b.packing, b.body, b.start, b.bytes
    from (
      select v.cluster_id, v.resource_key, v.hash, v.kind, v.namespace, v.name, coalesce(asset.labels, '{}') as labels
      from resource_version v
      left join asset on asset.cluster_id = v.cluster_id and asset.asset_key = v.resource_key
      where v.cluster_id = ${clusterId} and v.valid_to = 'infinity' and ${which}
    ) as around
    join object_content b on b.cluster_id = around.cluster_id and b.hash = around.hash
    where ${seen(permitted, seenColumns('around'))}
    order by around.resource_key limit ${limit}`.execute(db)
  return rows.map(row => ({ key: row.key, object: JSON.parse(unpack(row)) as Record<string, unknown> }))
}
