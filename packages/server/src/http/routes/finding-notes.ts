// Finding note routes: comments on findings, their triage state, and whose they are, one by one or many at once.

import { decisionsApi as api, exceptionsApi } from '@plimsoll/core/contract'
import { z } from 'zod'
import { actorOf } from '../../services/access/audit.ts'
import { handleFindings, viewAssignees, viewNotes } from '../../services/decisions/finding-notes.ts'
import type { Deps } from '../../services/deps.ts'
import { defineRoute, type Route } from '../route.ts'

const editor = { role: 'editor' } as const
const tag = 'findings'

export const findingNoteRoutes = (deps: Deps): Route[] => [
  defineRoute({
    id: 'listFindingNotes',
    method: 'GET',
    path: '/findings/{cluster}/{finding}/notes',
    tag,
    summary: 'Lists what people said and did about a finding, the newest first.',
    access: { role: 'viewer' },
    params: exceptionsApi.findingId,
    query: api.noteQuery,
    response: api.notePage,
    handle: async ({ caller, params, query }) => viewNotes(deps, caller, params, query.cursor, query.limit),
  }),
  defineRoute({
    id: 'commentOnFinding',
    method: 'POST',
    path: '/findings/{cluster}/{finding}/notes',
    tag,
    summary: 'Comments on a finding.',
    access: editor,
    params: exceptionsApi.findingId,
    body: api.comment,
    success: 201,
    response: api.changed,
    handle: async ({ caller, params, body, address }) => ({
      changed: await handleFindings(deps, caller, [params], body, actorOf(caller, address)),
    }),
  }),
  defineRoute({
    id: 'triageFinding',
    method: 'PUT',
    path: '/findings/{cluster}/{finding}/triage',
    tag,
    summary: 'Sets the triage state of a finding.',
    access: editor,
    params: exceptionsApi.findingId,
    body: api.triageChange,
    handle: async ({ caller, params, body, address }) => {
      await handleFindings(deps, caller, [params], body, actorOf(caller, address))
    },
  }),
  defineRoute({
    id: 'assignFinding',
    method: 'PUT',
    path: '/findings/{cluster}/{finding}/assignee',
    tag,
    summary: 'Gives a finding to somebody who sees it, or to nobody.',
    access: editor,
    params: exceptionsApi.findingId,
    body: api.assignment,
    handle: async ({ caller, params, body, address }) => {
      await handleFindings(deps, caller, [params], body, actorOf(caller, address))
    },
  }),
  defineRoute({
    id: 'listAssignees',
    method: 'GET',
    path: '/findings/{cluster}/{finding}/assignees',
    tag,
    summary: 'Lists the people that a finding can be given to.',
    access: editor,
    params: exceptionsApi.findingId,
    response: z.object({ items: z.array(api.assignee) }),
    handle: async ({ caller, params }) => ({ items: await viewAssignees(deps, caller, params) }),
  }),
  defineRoute({
    id: 'handleFindings',
    method: 'POST',
    path: '/findings/bulk',
    tag,
    summary: 'Comments on up to 1000 findings, sets their triage state, gives them to somebody: all or none.',
    access: editor,
    body: api.bulkChange,
    response: api.changed,
    handle: async ({ caller, body: { findings, ...handling }, address }) => ({
      changed: await handleFindings(deps, caller, findings, handling, actorOf(caller, address)),
    }),
  }),
]
