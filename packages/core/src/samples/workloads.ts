// Samples of workloads that are special by what stands around their pod template, for the examples of rules.

import type { Resource } from '../model/resource.ts'
import { object } from './objects.ts'
import { container } from './pods.ts'

type Fields = Readonly<Record<string, unknown>>
type Labels = Readonly<Record<string, string>>

/** A pod template with one plain container, and the labels given, if any. */
export const podTemplate = (labels?: Labels): Fields => ({
  metadata: labels ? { labels } : {},
  spec: { containers: [container()] },
})

/** A workload named `web` of the namespace `shop` with the spec given; it has a plain pod template unless it brings its own. */
export const workload = (kind: string, spec: Fields = {}, apiVersion = 'apps/v1'): Resource =>
  object(
    apiVersion,
    kind,
    { name: 'web', namespace: 'shop' },
    { spec: { template: podTemplate({ app: 'web' }), ...spec } },
  )
