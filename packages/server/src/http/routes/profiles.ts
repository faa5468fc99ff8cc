// Profile routes: which rules and controls are on for which clusters; a profile is tried before it is saved.

import { accessApi, decisionsApi as api, rulesApi } from '@plimsoll/core/contract'
import { z } from 'zod'
import {
  createProfile,
  removeProfile,
  updateProfile,
  viewHolding,
  viewProfile,
  viewProfiles,
} from '../../services/decisions/profiles.ts'
import { profileTrials, type TrialDeps } from '../../services/decisions/try-profile.ts'
import { viewBenchmark } from '../../services/decisions/view-benchmark.ts'
import { by } from '../actor.ts'
import { versionOf } from '../if-match.ts'
import { defineRoute, type Route } from '../route.ts'
import { versioned } from '../versioned.ts'

const viewer = { role: 'viewer' } as const
const editor = { role: 'editor' } as const
const admin = { role: 'admin' } as const
const tag = 'profiles'

export function profileRoutes(deps: TrialDeps): Route[] {
  const tryProfile = profileTrials(deps)
  return [
    defineRoute({
      id: 'listProfiles',
      method: 'GET',
      path: '/profiles',
      tag,
      summary: 'Lists the profiles that hold for what the caller sees, and the default.',
      access: viewer,
      response: z.object({ items: z.array(api.profile) }),
      handle: async ({ caller }) => ({ items: await viewProfiles(deps, caller) }),
    }),
    defineRoute({
      id: 'createProfile',
      method: 'POST',
      path: '/profiles',
      tag,
      summary: 'Makes a profile and gives it to the fleet, zones or clusters; they are judged by it.',
      access: admin,
      body: api.profileValues,
      success: 201,
      response: accessApi.made,
      handle: async input => ({ id: await createProfile(deps, input.caller, input.body, by(input)) }),
    }),
    defineRoute({
      id: 'tryProfile',
      method: 'POST',
      path: '/profiles/trial',
      tag,
      summary: 'Tells what a profile would change for a cluster as it is now; nothing is saved.',
      access: editor,
      body: api.profileTrial,
      response: api.profileEffect,
      handle: async ({ caller, body, signal }) => tryProfile(caller, body.cluster, body.profile, signal),
    }),
    defineRoute({
      id: 'getProfile',
      method: 'GET',
      path: '/profiles/{id}',
      tag,
      summary: 'Gives a profile.',
      access: viewer,
      params: accessApi.byId,
      response: api.profile,
      handle: async ({ params, caller }) => {
        const view = await viewProfile(deps, caller, params.id)
        return versioned(view)
      },
    }),
    defineRoute({
      id: 'updateProfile',
      method: 'PUT',
      path: '/profiles/{id}',
      tag,
      summary: 'Sets all of a profile; what it holds for is judged by it.',
      access: admin,
      params: accessApi.byId,
      body: api.profileValues,
      handle: async input =>
        updateProfile(deps, input.caller, input.params.id, input.body, versionOf(input.headers), by(input)),
    }),
    defineRoute({
      id: 'removeProfile',
      method: 'DELETE',
      path: '/profiles/{id}',
      tag,
      summary: 'Removes a profile; for what it held for, the next narrowest holds.',
      access: admin,
      params: accessApi.byId,
      handle: async input =>
        removeProfile(deps, input.caller, input.params.id, versionOf(input.headers), by(input)),
    }),
    defineRoute({
      id: 'getBenchmark',
      method: 'GET',
      path: '/benchmarks/{benchmark}/{edition}',
      tag: 'rules',
      summary:
        'Gives an edition: its controls, their rules, and which of both a profile has on, with its reasons.',
      access: viewer,
      params: rulesApi.benchmarkParams,
      query: rulesApi.benchmarkQuery,
      response: rulesApi.wholeBenchmark,
      handle: async ({ params, query, caller }) => viewBenchmark(deps, caller, params, query),
    }),
    defineRoute({
      id: 'getClusterProfile',
      method: 'GET',
      path: '/clusters/{cluster}/profile',
      tag,
      summary: 'Gives the profile that holds for a cluster, and what gave it.',
      access: viewer,
      params: api.attestationQuery,
      response: api.holdingProfile,
      handle: async ({ params, caller }) => {
        const { id, ...held } = await viewHolding(deps, caller, params.cluster)
        return { ...held, id: id ?? null }
      },
    }),
  ]
}
