// Compliance routes: standards, their sections and controls, and what each control came to.

import { complianceApi as api } from '@plimsoll/core/contract'
import type { Caller } from '../../services/caller.ts'
import { Fault } from '../../services/fault.ts'
import { attestedScopes } from '../../services/read/attested.ts'
import {
  controlView,
  type EditionPosture,
  outcomesOf,
  type Posture,
  type PostureAsked,
  scoreFor,
  sectionsOf,
} from '../../services/read/posture.ts'
import { instantOf, type Reading } from '../../services/read/reading.ts'
import { defineRoute, type Route } from '../route.ts'

const access = { role: 'viewer' } as const

export function complianceRoutes(reading: Reading, posture: Posture): Route[] {
  const asked = (
    caller: Caller,
    { at, cluster }: { readonly at?: string | undefined; readonly cluster?: string | undefined },
  ): PostureAsked => ({ permitted: caller.permitted, at: instantOf(at), clusterId: cluster })

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
        const of = asked(caller, query)
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
        const found = await one(asked(caller, query), benchmark, edition)
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
        const of = asked(caller, query)
        const found = await one(of, benchmark, edition)
        const index = found.edition.controls.findIndex(one => one.id === control)
        const own = found.controls[index]
        if (!own) throw new Fault('not-found', `${benchmark}@${edition} has no control ${control}.`)
        const scopes = await attestedScopes(reading, found.edition, of)
        return {
          ...controlView(own),
          remediation: own.result.control.remediation ?? null,
          query: `control : ${JSON.stringify(`${benchmark}@${edition}/${control}`)}`,
          clusters: scopes.map(({ clusterId, controls }) => {
            const there = controls[index]?.result ?? own.result
            const { outcome, reason, passed, failed, excepted, notEvaluated } = there
            return { id: clusterId, outcome, reason: reason ?? null, passed, failed, excepted, notEvaluated }
          }),
        }
      },
    }),
  ]
}
