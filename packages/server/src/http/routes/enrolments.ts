// Enrolment routes: the tokens by which collectors come, from making to revoking.

import { accessApi as api } from '@plimsoll/core/contract'
import { actorOf } from '../../services/access/audit.ts'
import {
  createEnrolment,
  endEnrolment,
  getEnrolment,
  listEnrolments,
  renewEnrolment,
} from '../../services/access/enrolments.ts'
import type { Deps } from '../../services/deps.ts'
import { defineRoute, type Route } from '../route.ts'

const access = { role: 'admin' } as const

export const enrolmentRoutes = (deps: Deps): Route[] => [
  defineRoute({
    id: 'listEnrolments',
    method: 'GET',
    path: '/enrolments',
    tag: 'collectors',
    summary: 'Lists enrolments of collectors with their state.',
    access,
    response: api.listOf(api.enrolment),
    handle: async () => ({ items: await listEnrolments(deps) }),
  }),
  defineRoute({
    id: 'createEnrolment',
    method: 'POST',
    path: '/enrolments',
    tag: 'collectors',
    summary:
      'Makes an enrolment; its token is told once and is bound to the first cluster that it speaks of.',
    access,
    body: api.newEnrolment,
    success: 201,
    response: api.enrolmentMade,
    handle: async ({ body, caller, address }) => createEnrolment(deps, body, actorOf(caller, address)),
  }),
  defineRoute({
    id: 'getEnrolment',
    method: 'GET',
    path: '/enrolments/{id}',
    tag: 'collectors',
    summary: 'Gives an enrolment: waiting for its first contact, connected, expired or revoked.',
    access,
    params: api.byId,
    response: api.enrolment,
    handle: async ({ params }) => getEnrolment(deps, params.id),
  }),
  defineRoute({
    id: 'rotateEnrolment',
    method: 'POST',
    path: '/enrolments/{id}/token',
    tag: 'collectors',
    summary: 'Makes a new token; the one before it works for a day more.',
    access,
    params: api.byId,
    response: api.enrolmentRenewed,
    handle: async ({ params, caller, address }) => renewEnrolment(deps, params.id, actorOf(caller, address)),
  }),
  defineRoute({
    id: 'revokeEnrolment',
    method: 'DELETE',
    path: '/enrolments/{id}',
    tag: 'collectors',
    summary: 'Ends a collector’s right at once.',
    access,
    params: api.byId,
    handle: async ({ params, caller, address }) => endEnrolment(deps, params.id, actorOf(caller, address)),
  }),
]
