// Access routes: people, API tokens, teams and zones.

import { accessApi as api } from '@plimsoll/core/contract'
import { createPerson, listPeople, resetPassword, updatePerson } from '../../services/access/people.ts'
import { createTeam, listTeams, removeTeam, updateTeam } from '../../services/access/teams.ts'
import { createToken, endToken, viewTokens } from '../../services/access/tokens.ts'
import { permittedBy } from '../../services/access/visibility.ts'
import {
  createZone,
  getZone,
  listZones,
  removeZone,
  updateZone,
  type ZoneDeps,
} from '../../services/access/zones.ts'
import type { Deps } from '../../services/deps.ts'
import type { ZoneTerm } from '../../store/permitted.ts'
import { countZone } from '../../store/zone-counts.ts'
import { by } from '../actor.ts'
import { versionOf } from '../if-match.ts'
import { defineRoute, type Route } from '../route.ts'
import { versioned } from '../versioned.ts'

const admin = { role: 'admin' } as const
const viewer = { role: 'viewer' } as const

export const accessRoutes = (deps: ZoneDeps): Route[] => [
  ...peopleRoutes(deps),
  ...tokenRoutes(deps),
  ...teamRoutes(deps),
  ...zoneRoutes(deps),
]

const peopleRoutes = (deps: Deps): Route[] => [
  defineRoute({
    id: 'listPeople',
    method: 'GET',
    path: '/people',
    tag: 'access',
    summary: 'Lists all accounts.',
    access: admin,
    response: api.listOf(api.person),
    handle: async () => ({ items: await listPeople(deps) }),
  }),
  defineRoute({
    id: 'createPerson',
    method: 'POST',
    path: '/people',
    tag: 'access',
    summary: 'Makes an account; without a password it gets a one-time password, told once.',
    access: admin,
    body: api.newPerson,
    success: 201,
    response: api.personMade,
    handle: async input => createPerson(deps, input.body, by(input)),
  }),
  defineRoute({
    id: 'updatePerson',
    method: 'PATCH',
    path: '/people/{id}',
    tag: 'access',
    summary: 'Changes an account: name, role, or whether it may sign in.',
    access: admin,
    params: api.byId,
    body: api.personChange,
    handle: async input =>
      updatePerson(deps, input.params.id, input.body, versionOf(input.headers), by(input)),
  }),
  defineRoute({
    id: 'resetPassword',
    method: 'POST',
    path: '/people/{id}/password',
    tag: 'access',
    summary: 'Gives an account a one-time password, told once; its sessions end.',
    access: admin,
    params: api.byId,
    response: api.oneTimePassword,
    handle: async input => ({ oneTimePassword: await resetPassword(deps, input.params.id, by(input)) }),
  }),
]

const tokenRoutes = (deps: Deps): Route[] => [
  defineRoute({
    id: 'listTokens',
    method: 'GET',
    path: '/tokens',
    tag: 'access',
    summary: 'Lists the caller’s API tokens; for admins those of all.',
    access: viewer,
    response: api.listOf(api.token),
    handle: async ({ caller }) => ({ items: await viewTokens(deps, caller) }),
  }),
  defineRoute({
    id: 'createToken',
    method: 'POST',
    path: '/tokens',
    tag: 'access',
    summary: 'Makes an API token of the caller, told once; it holds at most what the caller holds.',
    access: viewer,
    body: api.newToken,
    success: 201,
    response: api.tokenMade,
    handle: async input => createToken(deps, input.caller, input.body, by(input)),
  }),
  defineRoute({
    id: 'revokeToken',
    method: 'DELETE',
    path: '/tokens/{id}',
    tag: 'access',
    summary: 'Revokes one of the caller’s API tokens; for admins anybody’s.',
    access: viewer,
    params: api.byId,
    handle: async input => endToken(deps, input.caller, input.params.id, by(input)),
  }),
]

const teamRoutes = (deps: Deps): Route[] => [
  defineRoute({
    id: 'listTeams',
    method: 'GET',
    path: '/teams',
    tag: 'access',
    summary: 'Lists teams with their members and zones.',
    access: admin,
    response: api.listOf(api.team),
    handle: async () => ({ items: await listTeams(deps) }),
  }),
  defineRoute({
    id: 'createTeam',
    method: 'POST',
    path: '/teams',
    tag: 'access',
    summary: 'Makes a team.',
    access: admin,
    body: api.teamValues,
    success: 201,
    response: api.made,
    handle: async input => ({ id: await createTeam(deps, input.body, by(input)) }),
  }),
  defineRoute({
    id: 'updateTeam',
    method: 'PUT',
    path: '/teams/{id}',
    tag: 'access',
    summary: 'Sets a team’s name, group, members and zones.',
    access: admin,
    params: api.byId,
    body: api.teamValues,
    handle: async input => updateTeam(deps, input.params.id, input.body, versionOf(input.headers), by(input)),
  }),
  defineRoute({
    id: 'removeTeam',
    method: 'DELETE',
    path: '/teams/{id}',
    tag: 'access',
    summary: 'Removes a team; its people stay.',
    access: admin,
    params: api.byId,
    handle: async input => removeTeam(deps, input.params.id, by(input)),
  }),
]

const zoneRoutes = (deps: ZoneDeps): Route[] => [
  defineRoute({
    id: 'listZones',
    method: 'GET',
    path: '/zones',
    tag: 'access',
    summary: 'Lists zones.',
    access: admin,
    response: api.listOf(api.zone),
    handle: async () => ({ items: await listZones(deps) }),
  }),
  defineRoute({
    id: 'getZone',
    method: 'GET',
    path: '/zones/{id}',
    tag: 'access',
    summary: 'Gives a zone.',
    access: admin,
    params: api.byId,
    response: api.zone,
    handle: async ({ params }) => {
      const zone = await getZone(deps, params.id)
      return versioned(zone)
    },
  }),
  defineRoute({
    id: 'createZone',
    method: 'POST',
    path: '/zones',
    tag: 'access',
    summary: 'Makes a zone.',
    access: admin,
    body: api.zoneValues,
    success: 201,
    response: api.made,
    handle: async input => ({
      id: await createZone(deps, { ...input.body, terms: termsOf(input.body.terms) }, by(input)),
    }),
  }),
  defineRoute({
    id: 'updateZone',
    method: 'PUT',
    path: '/zones/{id}',
    tag: 'access',
    summary: 'Changes a zone; who sees it sees the change with their next request.',
    access: admin,
    params: api.byId,
    body: api.zoneValues,
    handle: async input =>
      updateZone(
        deps,
        input.params.id,
        { ...input.body, terms: termsOf(input.body.terms) },
        versionOf(input.headers),
        by(input),
      ),
  }),
  defineRoute({
    id: 'removeZone',
    method: 'DELETE',
    path: '/zones/{id}',
    tag: 'access',
    summary: 'Removes a zone that no team sees and no profile is given to.',
    access: admin,
    params: api.byId,
    handle: async input => removeZone(deps, input.params.id, by(input)),
  }),
  defineRoute({
    id: 'previewZone',
    method: 'POST',
    path: '/zones/preview',
    tag: 'access',
    summary: 'Counts what the terms of a zone match now.',
    access: admin,
    body: api.zonePreview,
    response: api.zoneCounts,
    handle: async ({ body }) => countZone(deps.db, permittedBy(termsOf(body.terms))),
  }),
]

/** The terms without the keys that were not given. */
const termsOf = (terms: readonly unknown[]): ZoneTerm[] =>
  terms.map(term => JSON.parse(JSON.stringify(term)) as ZoneTerm)
