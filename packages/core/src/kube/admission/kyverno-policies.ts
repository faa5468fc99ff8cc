// Kyverno's policies in CEL: which of them act on pods while these are admitted, and whether they refuse or only report.
//
// Source: kyverno/api, policies.kyverno.io v1alpha1 to v1 (evaluation in admission unless it is turned off; without validationActions: Deny).

import type { Resource } from '../../model/resource.ts'
import { anything, boolean, list, object, type Shape, string, type TypeOf } from '../../model/shape.ts'
import { labelSelectorShape } from '../label-selector.ts'
import { coversNamespace } from './webhook-reach.ts'

const conditions = list(object({ name: string, expression: string }))
const policy = object({
  spec: object({
    evaluation: object({ mode: string, admission: object({ enabled: boolean }) }),
    matchConditions: conditions,
    matchConstraints: object({
      namespaceSelector: labelSelectorShape,
      objectSelector: labelSelectorShape,
      resourceRules: list(object({ operations: list(string), resources: list(string) })),
    }),
    mutations: list(anything),
    validationActions: list(string),
  }),
})

type CelPolicy = Resource & TypeOf<typeof policy>

/** The kinds that refuse objects, or change them, as they come in; those of one namespace second. */
export const celPolicyKinds: readonly string[] = [
  'ValidatingPolicy',
  'MutatingPolicy',
  'NamespacedValidatingPolicy',
  'NamespacedMutatingPolicy',
].map(kind => `${kind}.policies.kyverno.io`)

const imageKinds = ['ImageValidatingPolicy', 'NamespacedImageValidatingPolicy'].map(
  kind => `${kind}.policies.kyverno.io`,
)

/** What must fit in objects of these kinds, and of those that verify images. */
export const celPolicyShapes: Readonly<Record<string, Shape<unknown>>> = Object.fromEntries(
  [...celPolicyKinds, ...imageKinds].map(kind => [kind, policy] as const),
)

/** True where a policy acts on what is admitted and refuses what it finds bad, rather than to report it. */
export function isDenying(resource: Resource): boolean {
  const { evaluation, validationActions = [] } = (resource as CelPolicy).spec ?? {}
  if (evaluation?.admission?.enabled === false || evaluation?.mode === 'JSON') return false
  return validationActions.length === 0 || validationActions.includes('Deny')
}

/** Pods, and what makes them: Kyverno turns rules about the ones into rules about the others. */
const podResources = new Set([
  '*',
  '*/*',
  'pods',
  'pods/*',
  'cronjobs',
  'daemonsets',
  'deployments',
  'jobs',
  'replicasets',
  'replicationcontrollers',
  'statefulsets',
])

/**
 * Whether a policy refuses pods that are too privileged in a namespace, or takes their privileges: what it asks for stands in CEL, which is
 * not worked out, so that it is `unknown` where the policy acts on pods. Undefined for one that never does.
 */
export function celPolicyGuard(resource: Resource): ((namespace: Resource) => false | 'unknown') | undefined {
  const { matchConstraints = {}, matchConditions = [] } = (resource as CelPolicy).spec ?? {}
  const isOnPods = (matchConstraints.resourceRules ?? []).some(({ resources = [] }) =>
    resources.some(name => podResources.has(name)),
  )
  // A mutating policy has no actions; it may take away what it finds.
  if (!isOnPods || !isDenying(resource)) return undefined
  const { namespaceSelector = {} } = matchConstraints
  return ({ metadata: { name = '', labels = {} } }) => {
    if (resource.kind.startsWith('Namespaced') && resource.metadata.namespace !== name) return false
    return coversNamespace({ namespaceSelector, matchConditions }, name, labels) === false ? false : 'unknown'
  }
}
