// Sample routes: how far the bundled sample fleet is, and taking it away.

import { clustersApi as api } from '@plimsoll/core/contract'
import type { OnDecided } from '../../services/decisions/ports.ts'
import type { Deps } from '../../services/deps.ts'
import { removeSample } from '../../services/sample-fleet/remove-sample.ts'
import { sampleProgress } from '../../store/sample.ts'
import { by } from '../actor.ts'
import { defineRoute, type Route } from '../route.ts'

export const sampleRoutes = (deps: Deps & { readonly onDecided: OnDecided }): Route[] => [
  defineRoute({
    id: 'getSample',
    method: 'GET',
    path: '/sample',
    tag: 'clusters',
    summary: 'Tells how far the bundled sample fleet is.',
    access: { role: 'viewer' },
    response: api.sample,
    handle: () => sampleProgress(deps.db),
  }),
  defineRoute({
    id: 'removeSample',
    method: 'DELETE',
    path: '/sample',
    tag: 'clusters',
    summary: 'Takes the bundled sample fleet away, with its history; no start puts it there again by itself.',
    access: { role: 'admin' },
    handle: input => removeSample(deps, input.caller, by(input)),
  }),
]
