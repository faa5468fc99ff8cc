// Zone counts: how much of the fleet is seen by what a zone asks for.

import { sql } from 'kysely'
import type { Permitted } from './permitted.ts'
import type { Client } from './schema.ts'
import { seen, seenCluster, seenColumns } from './seen.ts'

export interface ZoneCounts {
  readonly clusters: number
  readonly namespaces: number
  readonly resources: number
  readonly openFindings: number
}

export async function countZone(client: Client, permitted: Permitted): Promise<ZoneCounts> {
  const [clusters, assets, findings] = await Promise.all([
    client
      .selectFrom('cluster')
      .select(sql<string>`count(*)`.as('count'))
      .where('removed_at', 'is', null)
      .where(seenCluster(permitted, 'cluster.cluster_id'))
      .executeTakeFirstOrThrow(),
    client
      .selectFrom('asset')
      .select([
        sql<string>`count(*)`.as('count'),
        sql<string>`count(distinct (cluster_id, namespace)) filter (where namespace <> '')`.as('namespaces'),
      ])
      .where(sql<boolean>`gone_at = 'infinity'`)
      .where(seen(permitted, seenColumns('asset')))
      .executeTakeFirstOrThrow(),
    client
      .selectFrom('finding')
      .select(sql<string>`count(*)`.as('count'))
      .where('state', '=', 'open')
      .where('outcome', '=', 'fail')
      .where(seen(permitted, seenColumns('finding')))
      .executeTakeFirstOrThrow(),
  ])
  return {
    clusters: Number(clusters.count),
    namespaces: Number(assets.namespaces),
    resources: Number(assets.count),
    openFindings: Number(findings.count),
  }
}
