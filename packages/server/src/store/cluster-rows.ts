// Cluster rows: all clusters at once, for the server's own decisions; never what a caller is shown.

import type { ClusterRow } from './clusters.ts'
import type { Client } from './schema.ts'

export const allClusters = (client: Client): Promise<ClusterRow[]> =>
  client.selectFrom('cluster').selectAll().where('removed_at', 'is', null).orderBy('cluster_id').execute()
