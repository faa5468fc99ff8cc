// Resources routes: the inventory page by page, one resource with its verdicts, versions and relations, its object then and now.

import { assetFields, type Edition, status } from '@plimsoll/core'
import { resourcesApi as api } from '@plimsoll/core/contract'
import { Fault } from '../../services/fault.ts'
import { exportHeaders, exportStream, exportTypes } from '../../services/read/list-export.ts'
import { allPages, onePage } from '../../services/read/pages.ts'
import { instantOf, orderOf, type PageOf, type Reading, readQuery } from '../../services/read/reading.ts'
import { neighbourKinds, relationsOf } from '../../services/read/relations.ts'
import { assetView, judgedBy } from '../../services/read/views.ts'
import type { Permitted } from '../../store/permitted.ts'
import { assetColumns } from '../../store/query-columns.ts'
import { objectsAround } from '../../store/resource-neighbours.ts'
import {
  assetKinds,
  assetObject,
  assetPage,
  assetSorts,
  assetVersions,
  findAsset,
  neighbours,
  type WholeAsset,
} from '../../store/resources.ts'
import { Answer, defineRoute, type Route } from '../route.ts'

const access = { role: 'viewer' } as const
const exportBatch = 1000
const versionsShown = 200
const neighboursShown = 1000
const columns = [
  'cluster.id',
  'cluster.name',
  'apiVersion',
  'kind',
  'namespace',
  'name',
  'root.key',
  'failed',
  'critical',
  'high',
  'medium',
  'low',
  'excepted',
  'passed',
  'notEvaluated',
  'firstSeen',
  'goneAt',
]

export function resourceRoutes(reading: Reading): Route[] {
  const { db } = reading
  const asked = async (q: string, withGone: 'true' | 'false') => ({
    condition: (await readQuery(reading, q, assetFields, assetColumns)).condition,
    withGone: withGone === 'true',
  })
  const shown = async (permitted: Permitted, cluster: string, key: string): Promise<WholeAsset> => {
    const found = await findAsset(db, permitted, cluster, key)
    if (!found) throw new Fault('not-found', 'There is no such resource.')
    return found
  }

  return [
    defineRoute({
      id: 'listResources',
      method: 'GET',
      path: '/resources',
      tag: 'resources',
      summary: 'Lists the resources that a query asks for, page by page, with what they fail.',
      access,
      query: api.listQuery,
      response: api.page,
      handle: async ({ query: { q, sort, order, withGone, cursor, limit }, caller }) => {
        const page: PageOf = {
          list: 'resources',
          sort,
          order: orderOf(assetSorts[sort], order),
          filter: [q, withGone],
        }
        const which = await asked(q, withGone)
        return onePage(
          reading,
          page,
          cursor,
          after => assetPage(db, caller.permitted, which, page.order, after, limit),
          rows => rows.map(assetView),
        )
      },
    }),
    defineRoute({
      id: 'exportResources',
      method: 'GET',
      path: '/resources/export',
      tag: 'resources',
      summary: 'Gives all resources that a query asks for, an item a line, as NDJSON or CSV.',
      access,
      query: api.exportQuery,
      produces: exportTypes,
      handle: async ({ query: { q, sort, order, withGone, format }, caller, signal }) => {
        const which = await asked(q, withGone)
        const own = orderOf(assetSorts[sort], order)
        const pages = allPages(
          after => assetPage(db, caller.permitted, which, own, after, exportBatch),
          rows => rows.map(assetView),
          signal,
        )
        return new Answer(200, exportHeaders('resources', format), exportStream(pages, format, columns))
      },
    }),
    defineRoute({
      id: 'countResourceKinds',
      method: 'GET',
      path: '/resources/kinds',
      tag: 'resources',
      summary: 'Counts the resources that a query asks for by kind, with how many of them fail something.',
      access,
      query: api.kindsQuery,
      response: api.kinds,
      handle: async ({ query: { q }, caller }) => ({
        items: await assetKinds(db, caller.permitted, (await asked(q, 'false')).condition),
      }),
    }),
    defineRoute({
      id: 'getResource',
      method: 'GET',
      path: '/resources/{cluster}/{key}',
      tag: 'resources',
      summary: 'Gives one resource: what each rule and each control came to on it, and its versions.',
      access,
      params: api.oneParams,
      response: api.wholeResource,
      handle: async ({ params: { cluster, key }, caller }) => {
        const found = await shown(caller.permitted, cluster, key)
        const verdicts = verdictsOf(found)
        return {
          ...assetView(found),
          verdicts: verdicts.map(one => ({ ...one, title: reading.rules.get(one.rule)?.title ?? one.rule })),
          controls: controlVerdicts(verdicts, judgedBy(reading, found.editions)),
          versions: await assetVersions(db, found, versionsShown),
        }
      },
    }),
    defineRoute({
      id: 'getResourceObject',
      method: 'GET',
      path: '/resources/{cluster}/{key}/object',
      tag: 'resources',
      summary: 'Gives the object behind a resource, as it is or as it was at an instant.',
      access,
      params: api.oneParams,
      query: api.objectQuery,
      response: api.object,
      handle: async ({ params: { cluster, key }, query: { at }, caller }) => {
        const object = await assetObject(db, await shown(caller.permitted, cluster, key), instantOf(at))
        if (!object) throw new Fault('gone', 'No object of the resource is kept for that time.')
        return object
      },
    }),
    defineRoute({
      id: 'getResourceRelations',
      method: 'GET',
      path: '/resources/{cluster}/{key}/relations',
      tag: 'resources',
      summary: 'Gives what stands around a resource: owner, pods, ServiceAccount, roles, services, policies.',
      access,
      params: api.oneParams,
      response: api.relations,
      handle: async ({ params: { cluster, key }, caller }) => {
        const found = await shown(caller.permitted, cluster, key)
        const object = await assetObject(db, found, undefined)
        if (!object) return { items: [] }
        const around = await objectsAround(db, caller.permitted, found, neighbourKinds, neighboursShown)
        const relations = relationsOf({ key, object: object }, around)
        const assets = await neighbours(
          db,
          caller.permitted,
          cluster,
          { keys: relations.map(one => one.key), namespace: '', kinds: [] },
          neighboursShown,
        )
        const failed = new Map(assets.map(row => [row.asset_key, assetView(row).failed]))
        return {
          items: relations
            // Pods stand under their workload; all else is told only where the caller may see it.
            .filter(one => failed.has(one.key) || around.some(other => other.key === one.key))
            .map(one => {
              const [kind = '', namespace = '', ...name] = one.key.split('/')
              return { ...one, kind, namespace, name: name.join('/'), failed: failed.get(one.key) ?? null }
            }),
        }
      },
    }),
  ]
}

const words = {
  [status.none]: 'none',
  [status.notApplicable]: 'not-applicable',
  [status.pass]: 'pass',
  [status.excepted]: 'excepted',
  [status.notEvaluated]: 'not-evaluated',
  [status.error]: 'error',
  [status.fail]: 'fail',
} as const
type Verdict = (typeof words)[keyof typeof words]

interface RuleVerdict {
  readonly rule: string
  readonly parameters: Readonly<Record<string, unknown>> | null
  readonly verdict: Verdict
}

/** The verdict vector as results; plans that judge nothing of its kind are left out. */
function verdictsOf({ verdicts, plans }: WholeAsset): RuleVerdict[] {
  return plans.flatMap(([rule, parameters], index) => {
    const verdict = words[verdicts[index] as keyof typeof words] ?? 'none'
    return verdict === 'none' ? [] : [{ rule, parameters, verdict }]
  })
}

const strength: readonly Verdict[] = [
  'none',
  'not-applicable',
  'pass',
  'excepted',
  'not-evaluated',
  'error',
  'fail',
]

/** Of the rules that answer a control, the one whose verdict says most decides. */
function controlVerdicts(verdicts: readonly RuleVerdict[], editions: readonly Edition[]) {
  return editions.flatMap(edition =>
    edition.controls.flatMap(control => {
      const own = control.rules.flatMap(binding => verdicts.filter(one => isBound(one, binding)))
      const verdict = own.reduce<Verdict>(
        (worst, one) => (strength.indexOf(one.verdict) > strength.indexOf(worst) ? one.verdict : worst),
        'none',
      )
      if (verdict === 'none') return []
      return [
        {
          benchmark: edition.benchmark,
          edition: edition.edition,
          control: control.id,
          title: control.title,
          section: control.section,
          requirement: control.requirement ?? null,
          verdict,
        },
      ]
    }),
  )
}

/** A binding with parameters is answered by the plan that has them. */
function isBound(
  { rule, parameters }: RuleVerdict,
  binding: { readonly rule: string; readonly parameters?: Readonly<Record<string, unknown>> },
): boolean {
  if (rule !== binding.rule) return false
  return Object.entries(binding.parameters ?? {}).every(
    ([name, value]) => JSON.stringify(parameters?.[name]) === JSON.stringify(value),
  )
}
