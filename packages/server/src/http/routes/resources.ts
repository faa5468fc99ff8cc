// Resources routes: the inventory page by page, one resource with its verdicts, versions and relations, its object then and now.

import { assetFields, type Edition, status } from '@plimsoll/core'
import { resourcesApi as api } from '@plimsoll/core/contract'
import { type PartAsked, partKey, sightWithin } from '../../services/access/sight.ts'
import type { Caller } from '../../services/caller.ts'
import { Fault } from '../../services/fault.ts'
import { componentOf } from '../../services/read/components.ts'
import { exportHeaders, exportStream, exportTypes } from '../../services/read/list-export.ts'
import { allPages, onePage } from '../../services/read/pages.ts'
import { pastOf } from '../../services/read/past.ts'
import { readRelations } from '../../services/read/read-relations.ts'
import { orderOf, type PageOf, type Reading, readQuery } from '../../services/read/reading.ts'
import { assetView, judgedBy } from '../../services/read/views.ts'
import { assetColumnsFor } from '../../store/assets-as-of.ts'
import { type Permitted, permittedAt } from '../../store/permitted.ts'
import {
  assetKinds,
  assetObject,
  assetPage,
  assetSorts,
  assetVersions,
  findAsset,
  type WholeAsset,
} from '../../store/resources.ts'
import { Answer, defineRoute, type Route } from '../route.ts'

const access = { role: 'viewer' } as const
const exportBatch = 1000
const versionsShown = 200
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
  const asked = async (caller: Caller, query: Asked) => {
    const at = pastOf(reading, query.at)
    const { condition } = await readQuery(reading, query.q, assetFields, assetColumnsFor(at), at)
    const permitted = await sightWithin(reading, caller, query, at)
    return { permitted, which: { condition, at, withGone: query.withGone === 'true' } }
  }
  const shown = async (
    permitted: Permitted,
    cluster: string,
    key: string,
    at?: Date,
  ): Promise<WholeAsset> => {
    const found = await findAsset(db, permittedAt(permitted, at), cluster, key, at)
    if (!found) throw new Fault('not-found', 'There is no such resource.')
    return found
  }

  return [
    defineRoute({
      id: 'listResources',
      method: 'GET',
      path: '/resources',
      tag: 'resources',
      summary:
        'Lists the resources that a query asks for, page by page, with what they fail; with `at`, as they were then.',
      access,
      query: api.listQuery,
      response: api.page,
      handle: async ({ query, caller }) => {
        const { sort, order, withGone, cursor, limit } = query
        const page: PageOf = {
          list: 'resources',
          sort,
          order: orderOf(assetSorts[sort], order),
          filter: [query.q, withGone, query.at, ...partKey(query)],
        }
        const { permitted, which } = await asked(caller, query)
        return onePage(
          reading,
          page,
          cursor,
          after => assetPage(db, permitted, which, page.order, after, limit),
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
      handle: async ({ query, caller, signal }) => {
        const { sort, order, format } = query
        const { permitted, which } = await asked(caller, query)
        const own = orderOf(assetSorts[sort], order)
        const pages = allPages(
          after => assetPage(db, permitted, which, own, after, exportBatch),
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
      summary: 'Counts the resources that a query asks for by kind and by what became of them.',
      access,
      query: api.kindsQuery,
      response: api.kinds,
      handle: async ({ query, caller }) => {
        const { permitted, which } = await asked(caller, { ...query, withGone: 'false' })
        const kinds = await assetKinds(db, permitted, which)
        return { items: kinds.map(one => ({ ...one, component: componentOf(one.kind) })) }
      },
    }),
    defineRoute({
      id: 'getResource',
      method: 'GET',
      path: '/resources/{cluster}/{key}',
      tag: 'resources',
      summary: 'Gives one resource: what each rule and each control came to on it, and its versions.',
      access,
      params: api.oneParams,
      query: api.oneQuery,
      response: api.wholeResource,
      handle: async ({ params: { cluster, key }, query, caller }) => {
        const at = pastOf(reading, query.at)
        const found = await shown(caller.permitted, cluster, key, at)
        // Verdicts are kept of the newest assessment only.
        const isKept = at === undefined || (found.assessed_at !== null && found.assessed_at <= at)
        const verdicts = isKept ? verdictsOf(found) : null
        return {
          ...assetView(found),
          verdicts:
            verdicts?.map(one => ({ ...one, title: reading.rules.get(one.rule)?.title ?? one.rule })) ?? null,
          controls: verdicts && controlVerdicts(verdicts, judgedBy(reading, found.editions)),
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
      handle: async ({ params: { cluster, key }, query, caller }) => {
        const at = pastOf(reading, query.at)
        const object = await assetObject(db, await shown(permittedAt(caller.permitted, at), cluster, key), at)
        if (!object) throw new Fault('gone', 'No object of the resource is kept for that time.')
        return object
      },
    }),
    defineRoute({
      id: 'getResourceRelations',
      method: 'GET',
      path: '/resources/{cluster}/{key}/relations',
      tag: 'resources',
      summary:
        'Gives what stands around a resource: owners, pods, ServiceAccounts, roles, services, routes, volumes, policies.',
      access,
      params: api.oneParams,
      response: api.relations,
      handle: async ({ params: { cluster, key }, caller }) =>
        readRelations(reading, caller.permitted, await shown(caller.permitted, cluster, key)),
    }),
  ]
}

interface Asked extends PartAsked {
  readonly q: string
  readonly at?: string | undefined
  readonly withGone: 'true' | 'false'
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
