// Enrolment routes: the tokens by which collectors come, from making to revoking.

import { accessApi, enrolmentsApi as api } from '@plimsoll/core/contract'
import { actorOf } from '../../services/access/audit.ts'
import {
  createEnrolment,
  endEnrolment,
  getEnrolment,
  listEnrolments,
  renewEnrolment,
} from '../../services/access/enrolments.ts'
import { installationFor, type Publishing } from '../../services/access/installation.ts'
import type { Deps } from '../../services/deps.ts'
import { defineRoute, type Route } from '../route.ts'

const access = { role: 'admin' } as const

export const enrolmentRoutes = (deps: Deps & Publishing): Route[] => [
  defineRoute({
    id: 'listEnrolments',
    method: 'GET',
    path: '/enrolments',
    tag: 'collectors',
    summary: 'Lists enrolments of collectors with their state.',
    access,
    response: accessApi.listOf(api.enrolment),
    handle: async () => ({ items: await listEnrolments(deps) }),
  }),
  defineRoute({
    id: 'createEnrolment',
    method: 'POST',
    path: '/enrolments',
    tag: 'collectors',
    summary:
      'Makes an enrolment; its token is told once, with how to install the agent, and is bound to the first cluster that it speaks of.',
    access,
    body: api.newEnrolment,
    success: 201,
    response: api.enrolmentMade,
    handle: async ({ body, caller, address }) => {
      const made = await createEnrolment(deps, body, actorOf(caller, address))
      return { ...made, install: installationFor(deps, body, made.token) }
    },
  }),
  defineRoute({
    id: 'getEnrolment',
    method: 'GET',
    path: '/enrolments/{id}',
    tag: 'collectors',
    summary:
      'Gives an enrolment: waiting for its first contact, connected, partial, stale, expired or revoked.',
    access,
    params: accessApi.byId,
    response: api.enrolment,
    handle: async ({ params }) => getEnrolment(deps, params.id),
  }),
  defineRoute({
    id: 'getInstallation',
    method: 'GET',
    path: '/enrolments/{id}/installation',
    tag: 'collectors',
    summary: 'Gives how the agent of an enrolment is installed, without its token.',
    access,
    params: accessApi.byId,
    response: api.installation,
    handle: async ({ params }) => installationFor(deps, await getEnrolment(deps, params.id)),
  }),
  defineRoute({
    id: 'rotateEnrolment',
    method: 'POST',
    path: '/enrolments/{id}/token',
    tag: 'collectors',
    summary:
      'Makes a new token, with how to install the agent by it; the one in use works for a day more, and one that expired unused is replaced.',
    access,
    params: accessApi.byId,
    response: api.enrolmentRenewed,
    handle: async ({ params, caller, address }) => {
      const renewed = await renewEnrolment(deps, params.id, actorOf(caller, address))
      const install = installationFor(deps, await getEnrolment(deps, params.id), renewed.token)
      return { ...renewed, install }
    },
  }),
  defineRoute({
    id: 'revokeEnrolment',
    method: 'DELETE',
    path: '/enrolments/{id}',
    tag: 'collectors',
    summary: 'Ends a collector’s right at once.',
    access,
    params: accessApi.byId,
    handle: async ({ params, caller, address }) => endEnrolment(deps, params.id, actorOf(caller, address)),
  }),
]
