// Clusters routes: the fleet page by page, and one cluster with its collectors, gaps and components.

import { clusterListFields, type Gap } from '@plimsoll/core'
import { clustersApi as api } from '@plimsoll/core/contract'
import { askForScan, removeCluster } from '../../services/access/clusters.ts'
import { partKey, sightWithin } from '../../services/access/sight.ts'
import type { Caller } from '../../services/caller.ts'
import { Fault } from '../../services/fault.ts'
import { accountsOf } from '../../services/read/accounts.ts'
import { attestedScores } from '../../services/read/attested.ts'
import { componentOf } from '../../services/read/components.ts'
import { exportHeaders, exportStream, exportTypes } from '../../services/read/list-export.ts'
import { allPages, onePage } from '../../services/read/pages.ts'
import { pastOf, staleAfter } from '../../services/read/past.ts'
import { orderOf, type PageOf, type Reading, readQuery } from '../../services/read/reading.ts'
import { clusterView, gapView } from '../../services/read/views.ts'
import { clusterWordFields, speakerOf } from '../../store/cluster-words.ts'
import {
  clusterPage,
  clusterSorts,
  collectorRows,
  componentCounts,
  type FleetRow,
} from '../../store/fleet.ts'
import { collectorsAsOf, componentsAsOf } from '../../store/fleet-as-of.ts'
import type { Permitted } from '../../store/permitted.ts'
import { clusterListColumns } from '../../store/query-columns.ts'
import { isSeen, isWholeSeen } from '../../store/seen.ts'
import { by } from '../actor.ts'
import { Answer, defineRoute, type Route } from '../route.ts'

const access = { role: 'viewer' } as const
const exportBatch = 500
const mostClusters = 10_000
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
  const asked = async (caller: Caller, query: Asked) => {
    const at = pastOf(reading, query.at)
    const { condition } = await readQuery(reading, query.q, clusterListFields, clusterListColumns, at)
    const asOf = at && { at, staleAfter }
    return { permitted: await sightWithin(reading, caller, query, at), condition, at, asOf }
  }
  const withScores = async (permitted: Permitted, rows: readonly FleetRow[], at: Date | undefined) => {
    const scores = await attestedScores(reading, permitted, at, {
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
        'Lists the clusters that a query asks for, page by page, with state, failures and scores; with `at`, as they were then.',
      access,
      query: api.listQuery,
      response: api.page,
      handle: async ({ query, caller }) => {
        const { sort, order, cursor, limit } = query
        const page: PageOf = {
          list: 'clusters',
          sort,
          order: orderOf(clusterSorts[sort], order),
          filter: [query.q, query.at, ...partKey(query)],
        }
        const { permitted, condition, at, asOf } = await asked(caller, query)
        return onePage(
          reading,
          page,
          cursor,
          after => clusterPage(db, permitted, condition, page.order, after, limit, asOf),
          rows => withScores(permitted, rows, at),
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
      handle: async ({ query, caller, signal }) => {
        const { sort, order, format } = query
        const { permitted, condition, at, asOf } = await asked(caller, query)
        const own = orderOf(clusterSorts[sort], order)
        const pages = allPages(
          after => clusterPage(db, permitted, condition, own, after, exportBatch, asOf),
          rows => withScores(permitted, rows, at),
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
      query: api.oneQuery,
      response: api.wholeCluster,
      handle: async ({ params, query, caller }) => {
        const q = `id : ${JSON.stringify(params.cluster)}`
        const { permitted, condition, at, asOf } = await asked(caller, { q, at: query.at })
        const { rows } = await clusterPage(
          db,
          permitted,
          condition,
          orderOf(clusterSorts.name, 'asc'),
          undefined,
          1,
          asOf && { ...asOf, clusterId: params.cluster },
        )
        const [row] = rows
        if (!row) throw new Fault('not-found', 'There is no such cluster.')
        const [views, collectors, components] = await Promise.all([
          withScores(permitted, rows, at),
          asOf
            ? collectorsAsOf(db, permitted, row.cluster_id, asOf)
            : collectorRows(db, permitted, row.cluster_id),
          at
            ? componentsAsOf(db, permitted, row.cluster_id, at)
            : componentCounts(db, permitted, row.cluster_id),
        ])
        const isWhole = isWholeSeen(permitted, placeOf(row))
        return {
          ...views[0],
          collectors: collectors.map(one => ({
            scope: one.scope,
            collector: standing(
              isWhole ? one.collector : named(one.collector),
              one.collector.heardAt,
              at ? undefined : reading.now(),
            ),
            collectedAt: one.collected_at,
            receivedAt: one.received_at,
            // How much there is beside one's own part is not told.
            resources: isWhole ? one.resources : null,
            facts: isWhole ? one.facts : null,
            staleSince: one.stale_since,
            gaps: one.gaps.filter(gap => mayKnow(permitted, row, gap)).map(gapView),
          })),
          components: components.map(one => ({ ...one, component: componentOf(one.kind) })),
          saidBy: Object.fromEntries(
            clusterWordFields.map(field => [field, (isWhole && speakerOf(row.words, field)) || null]),
          ),
        }
      },
    }),
    defineRoute({
      id: 'removeCluster',
      method: 'DELETE',
      path: '/clusters/{cluster}',
      tag: 'clusters',
      summary:
        'Removes a cluster: its collectors’ tokens are revoked, its findings resolved; its past stays, and a new enrolment brings it back.',
      access: { role: 'admin' },
      params: api.oneParams,
      handle: input => removeCluster(reading, input.caller.permitted, input.params.cluster, by(input)),
    }),
    defineRoute({
      id: 'askForScan',
      method: 'POST',
      path: '/clusters/{cluster}/scan',
      tag: 'clusters',
      summary: 'Asks a cluster’s collectors for a scan as soon as they ask what is wanted of them.',
      access: { role: 'editor' },
      params: api.oneParams,
      success: 202,
      response: api.scanAsked,
      handle: input => askForScan(reading, input.caller.permitted, input.params.cluster, by(input)),
    }),
    defineRoute({
      id: 'listAccounts',
      method: 'GET',
      path: '/accounts',
      tag: 'clusters',
      summary: 'Adds up the clusters that a query asks for by the account that they run in.',
      access,
      query: api.accountsQuery,
      response: api.accounts,
      handle: async ({ query, caller }) => {
        const { permitted, condition, asOf } = await asked(caller, query)
        const order = orderOf(clusterSorts.name, 'asc')
        const { rows } = await clusterPage(db, permitted, condition, order, undefined, mostClusters, asOf)
        return { items: accountsOf(rows) }
      },
    }),
  ]
}

interface Asked {
  readonly q: string
  readonly at?: string | undefined
  readonly account?: string | undefined
  readonly zone?: string | undefined
}

/** What a collector may not see tells of more than a part. */
const named = ({ name, version, id, state }: Readonly<Record<string, unknown>>) =>
  JSON.parse(JSON.stringify({ name, version, id, state })) as Record<string, unknown>

/** Milliseconds. Collectors that run on and on are heard of twice a minute. */
const silentAfter = 180_000

/** How a collector stands: who was not heard of for a while is not as it said then. Of a past instant, nothing more is known. */
function standing(
  collector: Readonly<Record<string, unknown>>,
  heardAt: unknown,
  now: Date | undefined,
): Readonly<Record<string, unknown>> {
  if (!now || typeof heardAt !== 'string' || collector.state === 'stopped') return collector
  const isSilent = now.getTime() - Date.parse(heardAt) > silentAfter
  return isSilent ? { ...collector, state: 'disconnected' } : collector
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
