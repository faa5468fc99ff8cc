// Saved view routes: what people keep of a list's filters and columns under a name.

import { accessApi, decisionsApi as api } from '@plimsoll/core/contract'
import { z } from 'zod'
import { actorOf } from '../../services/access/audit.ts'
import { removeView, saveView, updateView, viewSavedViews } from '../../services/decisions/saved-views.ts'
import type { Deps } from '../../services/deps.ts'
import { defineRoute, type Route } from '../route.ts'

const viewer = { role: 'viewer' } as const
const tag = 'views'

export const savedViewRoutes = (deps: Deps): Route[] => [
  defineRoute({
    id: 'listViews',
    method: 'GET',
    path: '/views',
    tag,
    summary: 'Lists the caller’s saved views and those that are shared with them.',
    access: viewer,
    query: api.viewQuery,
    response: z.object({ items: z.array(api.savedView) }),
    handle: async ({ caller, query }) => ({ items: await viewSavedViews(deps, caller, query.list) }),
  }),
  defineRoute({
    id: 'saveView',
    method: 'POST',
    path: '/views',
    tag,
    summary: 'Saves a view of a list.',
    access: viewer,
    body: api.newView,
    success: 201,
    response: accessApi.made,
    handle: async ({ caller, body, address }) => ({
      id: await saveView(deps, caller, body, actorOf(caller, address)),
    }),
  }),
  defineRoute({
    id: 'updateView',
    method: 'PUT',
    path: '/views/{id}',
    tag,
    summary: 'Sets all of one of the caller’s views but its list.',
    access: viewer,
    params: accessApi.byId,
    body: api.viewValues,
    handle: async ({ caller, params, body, address }) =>
      updateView(deps, caller, params.id, body, actorOf(caller, address)),
  }),
  defineRoute({
    id: 'removeView',
    method: 'DELETE',
    path: '/views/{id}',
    tag,
    summary: 'Removes one of the caller’s views.',
    access: viewer,
    params: accessApi.byId,
    handle: async ({ caller, params, address }) =>
      removeView(deps, caller, params.id, actorOf(caller, address)),
  }),
]
