// RBAC kinds: Role, ClusterRole, RoleBinding and ClusterRoleBinding. Names and types: Kubernetes rbac/v1 and its betas.

import type { Resource } from '../../model/resource.ts'
import { list, object, type Shape, string, type TypeOf } from '../../model/shape.ts'
import { labelSelectorShape } from '../label-selector.ts'

const strings = list(string)
const policyRule = object({
  verbs: strings,
  apiGroups: strings,
  resources: strings,
  resourceNames: strings,
  nonResourceURLs: strings,
})
const role = object({ rules: list(policyRule) })
const clusterRole = object({
  rules: list(policyRule),
  aggregationRule: object({ clusterRoleSelectors: list(labelSelectorShape) }),
})
const subject = object({ kind: string, apiGroup: string, name: string, namespace: string })
const binding = object({
  subjects: list(subject),
  roleRef: object({ apiGroup: string, kind: string, name: string }),
})
const shapes = { Role: role, ClusterRole: clusterRole, RoleBinding: binding, ClusterRoleBinding: binding }

/** The shapes of the four kinds. */
export const rbacShapes: Readonly<Record<keyof typeof shapes, Shape<unknown>>> = shapes

/** The kinds that decide what anybody may do. */
export const rbacKinds: readonly string[] = Object.keys(shapes)

/** What a role allows: verbs on resources, or on URLs that are no resources. */
export type PolicyRule = TypeOf<typeof policyRule>

/** A Role or ClusterRole; only the latter has an aggregationRule. */
export type Role = Resource & TypeOf<typeof clusterRole>

export type RoleSubject = TypeOf<typeof subject>

/** A RoleBinding or ClusterRoleBinding. */
export type Binding = Resource & TypeOf<typeof binding>

/** The resource as a Role or ClusterRole; it has passed checkShape. */
export const readRole = (resource: Resource): Role => resource

/** The resource as a RoleBinding or ClusterRoleBinding; it has passed checkShape. */
export const readBinding = (resource: Resource): Binding => resource
