// Defaults: recognises the roles and bindings that the API server makes itself, by their label, name and content.
//
// A name alone proves nothing: anybody who may write roles can make one that is called `system:…`, or widen one that is there.

import type { Resource } from '../../model/resource.ts'
import { nameOf, namespaceOf } from '../asset-key.ts'
import { isCovered } from './coverage.ts'
import { clusterRoleBindings, roleBindings } from './defaults/bindings.ts'
import { clusterRoles } from './defaults/cluster-roles.ts'
import { controllerRoles } from './defaults/controller-roles.ts'
import { namespaceRoles } from './defaults/namespace-roles.ts'
import { type DefaultRole, readTable } from './defaults/read-table.ts'
import { subjectsOf } from './identity.ts'
import { type PolicyRule, type Role, readBinding, readRole } from './kinds.ts'

const label = 'kubernetes.io/bootstrapping'
const labelValue = 'rbac-defaults'
const aggregateTo = 'rbac.authorization.k8s.io/aggregate-to-'
const controllerPrefix = 'system:controller:'

const ofCluster = new Map([...readTable(clusterRoles), ...readTable(controllerRoles)])
const ofNamespaces = readTable(namespaceRoles)

/**
 * True for a Role or ClusterRole that the API server made and nobody widened: it bears the label and a name of the server's, and allows
 * nothing that a version of Kubernetes does not give a role of that name. One that was narrowed is still one. Of a role that gathers its
 * rules, it is the labels that it gathers by that count: what they bring is judged where it is written.
 */
export function isDefaultRole(resource: Resource): boolean {
  const { rules = [], aggregationRule, metadata } = readRole(resource)
  if (metadata.labels?.[label] !== labelValue) return false
  const known =
    resource.kind === 'Role'
      ? ofNamespaces.get(`${namespaceOf(resource)}/${nameOf(resource)}`)
      : ofCluster.get(nameOf(resource))
  if (!known || !isGatheredAsKnown(metadata.labels, known)) return false
  if (aggregationRule === undefined) return rules.every(rule => isCovered(rule, known.rules))
  return (aggregationRule.clusterRoleSelectors ?? []).every(
    ({ matchLabels = {}, matchExpressions = [] }) =>
      matchExpressions.length === 0 &&
      known.gathersFrom !== undefined &&
      matchLabels[`${aggregateTo}${known.gathersFrom}`] === 'true',
  )
}

/** No label makes a role of people gather what only a component is meant to have. */
function isGatheredAsKnown(labels: Readonly<Record<string, string>>, known: DefaultRole): boolean {
  return Object.entries(labels).every(
    ([name, value]) =>
      !name.startsWith(aggregateTo) ||
      value !== 'true' ||
      name.slice(aggregateTo.length) === known.gatheredBy,
  )
}

/** True for a RoleBinding or ClusterRoleBinding that the API server made, for nobody but those that the server made it for. */
export function isDefaultBinding(resource: Resource): boolean {
  const { roleRef, metadata } = readBinding(resource)
  if (metadata.labels?.[label] !== labelValue) return false
  const isOfNamespace = resource.kind === 'RoleBinding'
  const name = nameOf(resource)
  const known = isOfNamespace
    ? roleBindings.get(`${namespaceOf(resource)}/${name}`)
    : (clusterRoleBindings.get(name) ?? controllerBinding(name))
  if (!known || roleRef?.kind !== (isOfNamespace ? 'Role' : 'ClusterRole') || roleRef.name !== known.role)
    return false
  return subjectsOf(resource).every(subject =>
    known.subjects.includes(
      `${subject.kind}:${subject.namespace === undefined ? '' : `${subject.namespace}/`}${subject.name}`,
    ),
  )
}

function controllerBinding(name: string) {
  return name.startsWith(controllerPrefix) && ofCluster.has(name)
    ? { role: name, subjects: [`ServiceAccount:kube-system/${name.slice(controllerPrefix.length)}`] }
    : undefined
}

/**
 * The rules that a ClusterRole of this name has where the API server made it, for manifests that refer to it without holding it;
 * undefined for any other name. Those that gather rules have what the server's own roles bring them.
 */
export function defaultClusterRoleRules(name: string): readonly PolicyRule[] | undefined {
  const known = ofCluster.get(name)
  if (known?.gathersFrom === undefined) return known?.rules
  return [...ofCluster].flatMap(([other, { gatheredBy }]) =>
    gatheredBy === known.gathersFrom && other !== name ? (defaultClusterRoleRules(other) ?? []) : [],
  )
}

/** True where the API server makes a role of that name: manifests refer to it without holding it. */
export function isDefaultRoleName(
  kind: 'Role' | 'ClusterRole',
  namespace: string | undefined,
  name: string,
): boolean {
  return kind === 'Role' ? ofNamespaces.has(`${namespace}/${name}`) : ofCluster.has(name)
}

/** The ClusterRoles that the API server makes, as objects; those that gather rules have none written into them. */
export function defaultClusterRoles(): Role[] {
  return [...ofCluster].map(([name, { rules, gathersFrom, gatheredBy }]) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: {
      name,
      labels: { [label]: labelValue, ...(gatheredBy && { [`${aggregateTo}${gatheredBy}`]: 'true' }) },
    },
    rules,
    ...(gathersFrom && {
      aggregationRule: {
        clusterRoleSelectors: [{ matchLabels: { [`${aggregateTo}${gathersFrom}`]: 'true' } }],
      },
    }),
  }))
}
