// Compliance routes: standards, their sections and controls, and what each control came to.

import { omit } from '@plimsoll/core'
import { complianceApi as api } from '@plimsoll/core/contract'
import { sightWithin } from '../../services/access/sight.ts'
import type { Caller } from '../../services/caller.ts'
import { Fault } from '../../services/fault.ts'
import { attestedScopes } from '../../services/read/attested.ts'
import { exportHeaders, exportStream, exportTypes } from '../../services/read/list-export.ts'
import { pastOf } from '../../services/read/past.ts'
import {
  controlsOf,
  controlView,
  type EditionPosture,
  outcomesOf,
  type Posture,
  type PostureAsked,
  scoreFor,
  sectionsOf,
} from '../../services/read/posture.ts'
import type { Reading } from '../../services/read/reading.ts'
import { clusterNames } from '../../store/cluster-names.ts'
import { Answer, defineRoute, type Route } from '../route.ts'

const access = { role: 'viewer' } as const
const columns = [
  'section',
  'sectionTitle',
  'id',
  'title',
  'severity',
  'automated',
  'level',
  'outcome',
  'reason',
  'attested',
  'passed',
  'failed',
  'excepted',
  'notEvaluated',
  'notApplicable',
  'unbounded',
]

interface Asked {
  readonly at?: string | undefined
  readonly cluster?: string | undefined
  readonly account?: string | undefined
  readonly zone?: string | undefined
}

export function complianceRoutes(reading: Reading, posture: Posture): Route[] {
  const asked = async (caller: Caller, query: Asked): Promise<PostureAsked> => {
    const at = pastOf(reading, query.at, 'rollups')
    return {
      permitted: await sightWithin(reading, caller, omit(query, 'cluster'), at),
      at,
      clusterId: query.cluster,
    }
  }

  const one = async (of: PostureAsked, benchmark: string, edition: string): Promise<EditionPosture> => {
    const found = await posture.of(of, { benchmark, edition })
    if (!found) throw new Fault('not-found', `Nothing was judged by ${benchmark}@${edition}.`)
    return found
  }
  const view = (found: EditionPosture) => ({
    benchmark: found.edition.benchmark,
    edition: found.edition.edition,
    title: found.edition.title,
    clusters: found.clusters,
    score: scoreFor(found),
    controls: outcomesOf(found),
    attested: found.attested.filter(count => count > 0).length,
  })

  return [
    defineRoute({
      id: 'listStandards',
      method: 'GET',
      path: '/compliance',
      tag: 'compliance',
      summary:
        'Lists the standards that clusters are judged by, with their scores over all that the caller sees.',
      access,
      query: api.query,
      response: api.standards,
      handle: async ({ query, caller }) => {
        const of = await asked(caller, query)
        const found: EditionPosture[] = []
        const stamps = await posture.editions(of)
        for (const edition of stamps) {
          const own = await posture.of(of, edition, stamps)
          if (own) found.push(own)
        }
        return { items: found.map(view) }
      },
    }),
    defineRoute({
      id: 'getStandard',
      method: 'GET',
      path: '/compliance/{benchmark}/{edition}',
      tag: 'compliance',
      summary: 'Gives a standard: its sections, their scores, and what each control came to.',
      access,
      params: api.params,
      query: api.query,
      response: api.wholeStandard,
      handle: async ({ params: { benchmark, edition }, query, caller }) => {
        const found = await one(await asked(caller, query), benchmark, edition)
        return {
          ...view(found),
          source: found.edition.source,
          sections: sectionsOf(found).map(section => ({
            ...section,
            controls: section.controls.map(controlView),
          })),
        }
      },
    }),
    defineRoute({
      id: 'exportStandard',
      method: 'GET',
      path: '/compliance/{benchmark}/{edition}/export',
      tag: 'compliance',
      summary: 'Gives what each control of a standard came to, a control a line, as NDJSON or CSV.',
      access,
      params: api.params,
      query: api.exportQuery,
      produces: exportTypes,
      handle: async ({ params: { benchmark, edition }, query, caller }) => {
        const found = await one(await asked(caller, query), benchmark, edition)
        const rows = sectionsOf(found).flatMap(({ title, controls }) =>
          controls.map(control => ({ ...controlView(control), sectionTitle: title })),
        )
        const name = `${found.edition.benchmark}-${found.edition.edition}`
        return new Answer(
          200,
          exportHeaders(name, query.format),
          exportStream(onePageOf(rows), query.format, columns),
        )
      },
    }),
    defineRoute({
      id: 'getControl',
      method: 'GET',
      path: '/compliance/{benchmark}/{edition}/controls/{control}',
      tag: 'compliance',
      summary: 'Gives a control: what it came to in all and in each cluster, and the query for its findings.',
      access,
      params: api.controlParams,
      query: api.query,
      response: api.wholeControl,
      handle: async ({ params: { benchmark, edition, control }, query, caller }) => {
        const of = await asked(caller, query)
        const found = await one(of, benchmark, edition)
        const index = found.edition.controls.findIndex(one => one.id === control)
        const own = controlsOf(found)[index]
        if (!own) throw new Fault('not-found', `${benchmark}@${edition} has no control ${control}.`)
        const [scopes, names] = await Promise.all([
          attestedScopes(reading, found.edition, of),
          clusterNames(reading.db, of.at),
        ])
        return {
          ...controlView(own),
          query: `control : ${JSON.stringify(`${benchmark}@${edition}/${control}`)}`,
          clusters: scopes.map(({ clusterId, controls, words }) => {
            const there = controls[index]?.result ?? own.result
            const { outcome, reason, passed, failed, excepted, notEvaluated } = there
            const word = words.get(index)
            const attested = word ? { outcome: word.outcome, by: word.by, expires: word.expires } : null
            const counts = { passed, failed, excepted, notEvaluated }
            const name = names.get(clusterId) ?? clusterId
            return { id: clusterId, name, outcome, reason: reason ?? null, attested, ...counts }
          }),
        }
      },
    }),
  ]
}

async function* onePageOf<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  yield rows
}
