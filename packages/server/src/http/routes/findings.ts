// Findings routes: pages of findings, one with its past, counts, facets, groups, what one change mends, and exports.

import { findingFields } from '@plimsoll/core'
import { findingsApi as api } from '@plimsoll/core/contract'
import { type PartAsked, partKey, sightWithin } from '../../services/access/sight.ts'
import type { Caller } from '../../services/caller.ts'
import { Fault } from '../../services/fault.ts'
import type { CountsAsked, FindingCounts } from '../../services/read/count-findings.ts'
import { exportHeaders, exportStream, exportTypes } from '../../services/read/list-export.ts'
import { allPages, onePage } from '../../services/read/pages.ts'
import { pastOf } from '../../services/read/past.ts'
import { orderOf, type PageOf, type Reading, readQuery } from '../../services/read/reading.ts'
import type { RuleSections } from '../../services/read/rule-sections.ts'
import {
  controlsOf,
  countsView,
  findingView,
  judgedBy,
  rootView,
  severityOf,
} from '../../services/read/views.ts'
import { clusterEditions } from '../../store/cluster-editions.ts'
import { clusterNames } from '../../store/cluster-names.ts'
import { type Group, type GroupBy, type GroupField, rootsAsked } from '../../store/finding-groups.ts'
import {
  type FindingRow,
  findFinding,
  findingHistory,
  findingPage,
  findingSorts,
} from '../../store/findings.ts'
import { peopleNames } from '../../store/people.ts'
import { permittedAt } from '../../store/permitted.ts'
import { findingColumns } from '../../store/query-columns.ts'
import { Answer, defineRoute, type Route } from '../route.ts'

const access = { role: 'viewer' } as const
const exportBatch = 1000
const columns = [
  'id',
  'cluster.id',
  'cluster.name',
  'cluster.region',
  'rule.id',
  'rule.title',
  'severity',
  'outcome',
  'state',
  'resource.apiVersion',
  'resource.kind',
  'resource.namespace',
  'resource.name',
  'discriminator',
  'root.key',
  'reason',
  'exception',
  'firstSeen',
  'openedAt',
  'changedAt',
  'resolvedAt',
  'reopened',
  'triage',
  'assignee',
]

export function findingRoutes(reading: Reading, counts: FindingCounts, sections: RuleSections): Route[] {
  const { db } = reading
  const asked = async (caller: Caller, query: Asked) => {
    const at = pastOf(reading, query.at)
    const which: CountsAsked = {
      ...(await readQuery(reading, query.q, findingFields, findingColumns, at)),
      at,
    }
    return { permitted: await sightWithin(reading, caller, query, at), which }
  }

  const view = (rows: readonly FindingRow[]) => rows.map(row => findingView(reading, row))

  return [
    defineRoute({
      id: 'listFindings',
      method: 'GET',
      path: '/findings',
      tag: 'findings',
      summary: 'Lists the findings that a query asks for, page by page; with `at`, as they were then.',
      access,
      query: api.listQuery,
      response: api.page,
      handle: async ({ query, caller }) => {
        const { sort, order, cursor, limit } = query
        const page: PageOf = {
          list: 'findings',
          sort,
          order: orderOf(findingSorts[sort], order),
          filter: [query.q, query.at, ...partKey(query)],
        }
        const { permitted, which } = await asked(caller, query)
        return onePage(
          reading,
          page,
          cursor,
          after => findingPage(db, permitted, which, page.order, after, limit),
          view,
        )
      },
    }),
    defineRoute({
      id: 'exportFindings',
      method: 'GET',
      path: '/findings/export',
      tag: 'findings',
      summary: 'Gives all findings that a query asks for, an item a line, as NDJSON or CSV.',
      access,
      query: api.exportQuery,
      produces: exportTypes,
      handle: async ({ query, caller, signal }) => {
        const { sort, order, format } = query
        const { permitted, which } = await asked(caller, query)
        const own = orderOf(findingSorts[sort], order)
        const pages = allPages(
          after => findingPage(db, permitted, which, own, after, exportBatch),
          view,
          signal,
        )
        return new Answer(200, exportHeaders('findings', format), exportStream(pages, format, columns))
      },
    }),
    defineRoute({
      id: 'countFindings',
      method: 'GET',
      path: '/findings/count',
      tag: 'findings',
      summary: 'Counts the findings that a query asks for, by what became of them.',
      access,
      query: api.countQuery,
      response: api.counts,
      handle: async ({ query, caller }) => {
        const { permitted, which } = await asked(caller, query)
        return await counts.all(permitted, which)
      },
    }),
    defineRoute({
      id: 'findingFacets',
      method: 'GET',
      path: '/findings/facets',
      tag: 'findings',
      summary: 'Counts the findings that a query asks for by the values of several fields.',
      access,
      query: api.facetQuery,
      response: api.facets,
      handle: async ({ query, caller }) => {
        const { fields, limit } = query
        const { permitted, which } = await asked(caller, query)
        const found = await counts.facets(permitted, which, fields, limit)
        const label = await labelsFor(
          [...found].flatMap(([field, values]) => values.map(({ value }) => ({ field, value }))),
          which.at,
        )
        return {
          facets: fields.map(field => ({
            field,
            values: (found.get(field) ?? []).map(({ value, count }) => ({
              value: wordOf(field, value),
              label: label(field, value),
              count,
            })),
          })),
        }
      },
    }),
    defineRoute({
      id: 'groupFindings',
      method: 'GET',
      path: '/findings/groups',
      tag: 'findings',
      summary:
        'Groups the findings that a query asks for by up to three fields, those with most failures first.',
      access,
      query: api.groupQuery,
      response: api.groups,
      handle: async ({ query, caller }) => {
        const { by, limit, offset } = query
        const { permitted, which } = await asked(caller, query)
        const found = await counts.groups(permitted, which, by, limit + 1, offset)
        const groups = found.slice(0, limit)
        const keysOf = (group: Group) =>
          by.map((field, index) => ({ field, value: group.keys[index] ?? null }))
        const isBySection = by.includes('section')
        const [label, editions] = await Promise.all([
          labelsFor(groups.flatMap(keysOf), which.at),
          isBySection ? clusterEditions(db, permitted) : undefined,
        ])
        const judged = [...(editions?.values() ?? [])].flat().map(edition => edition.join('@'))
        return {
          items: groups.map(group => ({
            keys: keysOf(group).map(({ field, value }) => ({
              field,
              value: wordOf(field, value),
              label: label(field, value),
              term:
                field === 'section' ? sectionTerm(value ?? '', judged) : termOf(field, wordOf(field, value)),
            })),
            ...countsView(group),
          })),
          isOverlapping: isBySection,
          hasMore: found.length > limit,
        }
      },
    }),
    defineRoute({
      id: 'findingRoots',
      method: 'GET',
      path: '/findings/roots',
      tag: 'findings',
      summary: 'Lists what one would edit to mend most open failures, with how many each change could mend.',
      access,
      query: api.rootQuery,
      response: api.roots,
      handle: async ({ query, caller }) => {
        const { permitted, which } = await asked(caller, query)
        return { items: (await rootsAsked(db, permitted, which, query.limit)).map(rootView) }
      },
    }),
    defineRoute({
      id: 'getFinding',
      method: 'GET',
      path: '/findings/{cluster}/{id}',
      tag: 'findings',
      summary: 'Gives one finding with its evidence, its past, and the controls that it answers.',
      access,
      params: api.oneParams,
      query: api.oneQuery,
      response: api.wholeFinding,
      handle: async ({ params: { cluster, id }, query, caller }) => {
        const at = pastOf(reading, query.at)
        const permitted = permittedAt(caller.permitted, at)
        const row = await findFinding(db, permitted, cluster, id, at)
        if (!row) throw new Fault('not-found', 'There is no such finding.')
        const history = await findingHistory(db, permitted, cluster, id)
        const rule = reading.rules.get(row.rule)
        return {
          ...findingView(reading, row),
          evidence: row.evidence,
          parameters: row.parameters,
          rationale: rule?.rationale ?? '',
          remediation: rule?.remediation ?? '',
          controls: controlsOf(row.rule, judgedBy(reading, row.editions)),
          history: history.map(one => ({
            from: one.from,
            to: one.to,
            outcome: one.outcome,
            state: one.state,
            severity: severityOf(one.severity),
            reason: one.reason,
            exception: one.exception_id,
          })),
        }
      },
    }),
  ]

  /** Names for people: of clusters, rules, sections and people; all else is its own. */
  async function labelsFor(keys: readonly GroupKey[], at: Date | undefined) {
    const valuesOf = (field: GroupBy) => keys.flatMap(key => (key.field === field && key.value) || [])
    const [names, people] = await Promise.all([
      valuesOf('cluster').length > 0 ? clusterNames(db, at) : new Map<string, string>(),
      peopleNames(db, [...new Set(valuesOf('assignee'))]),
    ])
    return (field: GroupBy, value: string | null): string => {
      if (value === null) return ''
      if (field === 'cluster') return names.get(value) ?? value
      if (field === 'assignee') return people.get(value) ?? value
      if (field === 'section') return sections.titles.get(value) ?? value
      if (field === 'rule') return reading.rules.get(value)?.title ?? value
      return wordOf(field, value) ?? ''
    }
  }
}

interface Asked extends PartAsked {
  readonly q: string
  readonly at?: string | undefined
}

interface GroupKey {
  readonly field: GroupBy
  readonly value: string | null
}

/** What asks for a value of a field; a field without a value is asked for as such. */
const termOf = (field: GroupField, value: string | null) =>
  value === null || value === '' ? `not ${field} : *` : `${field} : ${JSON.stringify(value)}`

/** A section belongs to an edition, whose clusters alone are meant; what is in none is told by all editions that clusters are judged by. */
function sectionTerm(section: string, editions: readonly string[]): string {
  const within = (edition: string) => `cluster.benchmark : ${JSON.stringify(edition)}`
  if (section !== '')
    return `${within(section.slice(0, section.indexOf('/')))} AND rule.section : ${JSON.stringify(section)}`
  const any = [...new Set(editions)].map(
    edition => `(${within(edition)} AND rule.benchmark : ${JSON.stringify(edition)})`,
  )
  return any.length === 0 ? '' : `not (${any.join(' OR ')})`
}

/** Severities are kept as numbers and told as words. */
const wordOf = (field: GroupBy, value: string | null) =>
  field === 'severity' && value !== null ? severityOf(Number(value)) : value
