// Samples of roles and bindings, for the examples of rules.

import type { ObjectMeta, Resource } from '../model/resource.ts'
import { object } from './objects.ts'

type Words = string | readonly string[]
const apiGroup = 'rbac.authorization.k8s.io'
const apiVersion = `${apiGroup}/v1`
const list = (words: Words) => (typeof words === 'string' ? [words] : words)

/** One rule of a role: `allow(['get', 'list'], 'secrets')`, with the API group where it is not the core one, and names. */
export const allow = (verbs: Words, resources: Words, apiGroups: Words = '', resourceNames?: Words) => ({
  apiGroups: list(apiGroups),
  resources: list(resources),
  verbs: list(verbs),
  ...(resourceNames !== undefined && { resourceNames: list(resourceNames) }),
})
type Rule =
  | ReturnType<typeof allow>
  | { readonly nonResourceURLs: readonly string[]; readonly verbs: readonly string[] }

/** A Role named `web` of the namespace `shop` with the rules given; metadata may say otherwise. */
export const role = (rules: readonly Rule[], metadata: ObjectMeta = {}): Resource =>
  object(apiVersion, 'Role', { name: 'web', namespace: 'shop', ...metadata }, { rules })

/** A ClusterRole named `web` with the rules given; metadata may say otherwise. */
export const clusterRole = (
  rules: readonly Rule[],
  metadata: ObjectMeta = {},
  fields: Readonly<Record<string, unknown>> = {},
): Resource => object(apiVersion, 'ClusterRole', { name: 'web', ...metadata }, { rules, ...fields })

/** A ClusterRole that the API server bears as its own, by label and name. */
export const serverRole = (
  name: string,
  rules: readonly Rule[],
  labels: Readonly<Record<string, string>> = {},
) =>
  clusterRole(rules, {
    name,
    labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
  })

/** A ClusterRole that gathers its rules by a label; `rules` is what the controller wrote into it, if it did yet. */
export const aggregatedRole = (name: string, label: string, rules: readonly Rule[] = []): Resource =>
  clusterRole(
    rules,
    { name },
    { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [label]: 'true' } }] } },
  )

interface Subject {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  readonly apiGroup?: string
}
export const user = (name: string): Subject => ({ kind: 'User', apiGroup, name })
export const group = (name: string): Subject => ({ kind: 'Group', apiGroup, name })
export const account = (name: string, namespace = 'shop'): Subject => ({
  kind: 'ServiceAccount',
  name,
  namespace,
})

/** A ClusterRoleBinding of a ClusterRole to subjects: `clusterRoleBinding('cluster-admin', [user('jane')])`. */
export const clusterRoleBinding = (
  name: string,
  subjects: readonly Subject[],
  metadata: ObjectMeta = {},
): Resource =>
  object(
    apiVersion,
    'ClusterRoleBinding',
    { name: 'web', ...metadata },
    { subjects, roleRef: { apiGroup, kind: 'ClusterRole', name } },
  )

/** A RoleBinding, in the namespace `shop`, of a Role, or of a ClusterRole where `kind` says so. */
export const roleBinding = (
  name: string,
  subjects: readonly Subject[],
  metadata: ObjectMeta = {},
  kind: 'Role' | 'ClusterRole' = 'Role',
): Resource =>
  object(
    apiVersion,
    'RoleBinding',
    { name: 'web', namespace: 'shop', ...metadata },
    { subjects, roleRef: { apiGroup, kind, name } },
  )
