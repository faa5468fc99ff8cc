// Clusters routes: the fleet page by page, and one cluster with its collectors, gaps and components.

import { clusterListFields, type Gap } from '@plimsoll/core'
import { clustersApi as api } from '@plimsoll/core/contract'
import { Fault } from '../../services/fault.ts'
import { exportHeaders, exportStream, exportTypes } from '../../services/read/list-export.ts'
import { allPages, onePage } from '../../services/read/pages.ts'
import { orderOf, type PageOf, type Reading, readQuery } from '../../services/read/reading.ts'
import { clusterView, gapView } from '../../services/read/views.ts'
import {
  clusterPage,
  clusterSorts,
  collectorRows,
  componentCounts,
  type FleetRow,
} from '../../store/fleet.ts'
import type { Permitted } from '../../store/permitted.ts'
import { clusterScores } from '../../store/posture.ts'
import { clusterListColumns } from '../../store/query-columns.ts'
import { isSeen, isWholeSeen } from '../../store/seen.ts'
import { Answer, defineRoute, type Route } from '../route.ts'

const access = { role: 'viewer' } as const
const exportBatch = 500
const columns = [
  'id',
  'name',
  'account',
  'provider',
  'region',
  'distribution',
  'version',
  'environment',
  'status',
  'seenAt',
  'assessedAt',
  'resources',
  'failed',
  'critical',
  'high',
  'medium',
  'low',
  'excepted',
  'notEvaluated',
]

export function clusterRoutes(reading: Reading): Route[] {
  const { db } = reading
  const asked = async (q: string) =>
    (await readQuery(reading, q, clusterListFields, clusterListColumns)).condition
  const withScores = async (permitted: Permitted, rows: readonly FleetRow[]) => {
    const scores = await clusterScores(db, permitted, undefined, {
      clusterIds: rows.map(row => row.cluster_id),
    })
    return rows.map(row => clusterView(row, scores))
  }

  return [
    defineRoute({
      id: 'listClusters',
      method: 'GET',
      path: '/clusters',
      tag: 'clusters',
      summary:
        'Lists the clusters that a query asks for, page by page, with their state, failures and scores.',
      access,
      query: api.listQuery,
      response: api.page,
      handle: async ({ query: { q, sort, order, cursor, limit }, caller }) => {
        const page: PageOf = {
          list: 'clusters',
          sort,
          order: orderOf(clusterSorts[sort], order),
          filter: [q],
        }
        const condition = await asked(q)
        return onePage(
          reading,
          page,
          cursor,
          after => clusterPage(db, caller.permitted, condition, page.order, after, limit),
          rows => withScores(caller.permitted, rows),
        )
      },
    }),
    defineRoute({
      id: 'exportClusters',
      method: 'GET',
      path: '/clusters/export',
      tag: 'clusters',
      summary: 'Gives all clusters that a query asks for, an item a line, as NDJSON or CSV.',
      access,
      query: api.exportQuery,
      produces: exportTypes,
      handle: async ({ query: { q, sort, order, format }, caller, signal }) => {
        const condition = await asked(q)
        const own = orderOf(clusterSorts[sort], order)
        const pages = allPages(
          after => clusterPage(db, caller.permitted, condition, own, after, exportBatch),
          rows => withScores(caller.permitted, rows),
          signal,
        )
        return new Answer(200, exportHeaders('clusters', format), exportStream(pages, format, columns))
      },
    }),
    defineRoute({
      id: 'getCluster',
      method: 'GET',
      path: '/clusters/{cluster}',
      tag: 'clusters',
      summary: 'Gives one cluster: its scores, collectors, what could not be read, and what it is made of.',
      access,
      params: api.oneParams,
      response: api.wholeCluster,
      handle: async ({ params, caller: { permitted } }) => {
        const { condition } = await readQuery(
          reading,
          `id : ${JSON.stringify(params.cluster)}`,
          clusterListFields,
          clusterListColumns,
        )
        const { rows } = await clusterPage(
          db,
          permitted,
          condition,
          orderOf(clusterSorts.name, 'asc'),
          undefined,
          1,
        )
        const [row] = rows
        if (!row) throw new Fault('not-found', 'There is no such cluster.')
        const [views, collectors, components] = await Promise.all([
          withScores(permitted, rows),
          collectorRows(db, permitted, row.cluster_id),
          componentCounts(db, permitted, row.cluster_id),
        ])
        return {
          ...views[0],
          collectors: collectors.map(one => ({
            scope: one.scope,
            collector: one.collector,
            collectedAt: one.collected_at,
            receivedAt: one.received_at,
            // How much there is beside one's own part is not told.
            resources: isWholeSeen(permitted, placeOf(row)) ? one.resources : null,
            staleSince: one.stale_since,
            gaps: one.gaps.filter(gap => mayKnow(permitted, row, gap)).map(gapView),
          })),
          components,
        }
      },
    }),
  ]
}

/** A gap in a namespace tells of the namespace. */
const mayKnow = (permitted: Permitted, row: FleetRow, { namespace }: Gap): boolean =>
  namespace === undefined ||
  isSeen(permitted, { cluster: placeOf(row), kind: '', namespace, name: '', labels: {} })

const placeOf = ({ cluster_id, account, environment, labels }: FleetRow) => ({
  id: cluster_id,
  account,
  environment,
  labels,
})
