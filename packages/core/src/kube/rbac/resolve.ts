// Resolve: brings roles and bindings together into one index, by which it is fast to ask who may do what.

import type { Resource } from '../../model/resource.ts'
import type { ShapeProblem } from '../../model/shape.ts'
import { isBuiltInGroup, nameOf, namespaceOf } from '../asset-key.ts'
import { groupOf } from '../pod-template.ts'
import { checkShape } from '../shapes.ts'
import { gatherRules } from './aggregation.ts'
import { defaultClusterRoles } from './defaults.ts'
import { accountName, type BoundSubject, subjectsOf } from './identity.ts'
import { type Binding, type PolicyRule, type Role, rbacKinds, readBinding, readRole } from './kinds.ts'

/** A role with the rules that count. */
export interface ResolvedRole {
  readonly role: Role
  readonly rules: readonly PolicyRule[]
  /** For an aggregated role worked out from others: where each rule came from. */
  readonly sources?: readonly { readonly role: Role; readonly index: number }[]
}

/** A binding with the role that it refers to. */
export interface ResolvedBinding {
  readonly binding: Binding
  /** The namespace in which it gives its rights; undefined where it gives them in all, and for what lives in none. */
  readonly namespace: string | undefined
  /** Undefined where the role is not at hand, or where the kind of binding cannot refer to that kind of role: it gives nothing. */
  readonly role: ResolvedRole | undefined
  readonly subjects: readonly BoundSubject[]
}

/** One rule of a role. */
export interface RuleOfRole {
  readonly role: ResolvedRole
  readonly index: number
}

/** All roles and bindings of a scope, brought together. */
export interface Rbac {
  readonly bindings: readonly ResolvedBinding[]
  readonly roles: readonly ResolvedRole[]
  /** The bindings of a namespace (undefined: those for all) that name a user or a group. */
  bindingsOf(subject: SubjectKey, namespace: string | undefined): readonly ResolvedBinding[]
  /** The bindings that refer to a role. */
  bindingsTo(role: ResolvedRole): readonly ResolvedBinding[]
  findRole(kind: 'Role' | 'ClusterRole', namespace: string, name: string): ResolvedRole | undefined
  /** The rules, of all roles, that name a resource as it is written: `pods`, `pods/log`, `*`, a subresource of all; or undefined: URLs. */
  rulesNaming(resource: string | undefined): readonly RuleOfRole[]
  /** Objects that the API server could not decode; they are in none of the above. */
  readonly undecodable: readonly { readonly resource: Resource; readonly problem: ShapeProblem }[]
}

/** A user name or a group, in the form in which the index knows it. */
export type SubjectKey = `u:${string}` | `g:${string}`

export interface ResolveOptions {
  /**
   * Whose word counts for aggregated ClusterRoles: `written` takes the rules that the controller wrote into them, as the authorizer
   * of a live cluster does; `gathered` works them out from the labels of the roles at hand, as manifests need it.
   */
  readonly aggregation: 'written' | 'gathered'
  /** Whether the ClusterRoles that every API server makes are there even where they are not at hand, as manifests suppose. */
  readonly assumeDefaults?: boolean
}

/**
 * Brings together the roles and bindings among the resources; others are passed over. Of several objects of one kind, namespace and name
 * the first counts. Time and memory follow the number of bindings, subjects and rules.
 */
export function resolveRbac(resources: Iterable<Resource>, options: ResolveOptions): Rbac {
  const { aggregation, assumeDefaults = false } = options
  const { roles, bindings, undecodable } = sortOut(resources)
  if (assumeDefaults) roles.push(...missingDefaults(roles))
  const gathered = aggregation === 'gathered' ? gatherRules(roles.filter(isClusterRole)) : undefined
  const resolvedRoles: ResolvedRole[] = []
  const byName = new Map<string, ResolvedRole>()
  for (const role of roles) {
    const key = roleKey(role.kind, role.kind === 'Role' ? namespaceOf(role) : '', nameOf(role))
    if (byName.has(key)) continue
    const from = gathered?.get(role)
    const resolved = from
      ? {
          role,
          rules: from.map(({ rule }) => rule),
          sources: from.map(({ from: source, index }) => ({ role: source, index })),
        }
      : { role, rules: role.rules ?? [] }
    byName.set(key, resolved)
    resolvedRoles.push(resolved)
  }

  const resolvedBindings: ResolvedBinding[] = []
  const bySubject = new Map<string, Map<string, ResolvedBinding[]>>()
  const byRole = new Map<ResolvedRole, ResolvedBinding[]>()
  for (const binding of bindings) {
    const namespace = binding.kind === 'RoleBinding' ? namespaceOf(binding) : undefined
    const { kind = '', name = '' } = binding.roleRef ?? {}
    const role = byName.get(roleKey(kind, kind === 'Role' ? (namespace ?? '') : '', name))
    const resolved = { binding, namespace, role, subjects: subjectsOf(binding) }
    resolvedBindings.push(resolved)
    if (role) push(byRole, role, resolved)
    const here = bySubject.get(namespace ?? '') ?? new Map<string, ResolvedBinding[]>()
    bySubject.set(namespace ?? '', here)
    for (const key of new Set(resolved.subjects.map(keyOf))) push(here, key, resolved)
  }

  let byResource: ReturnType<typeof indexByResource> | undefined
  return {
    bindings: resolvedBindings,
    roles: resolvedRoles,
    undecodable,
    bindingsOf: (subject, namespace) => bySubject.get(namespace ?? '')?.get(subject) ?? none,
    bindingsTo: role => byRole.get(role) ?? none,
    rulesNaming(resource) {
      byResource ??= indexByResource(resolvedRoles)
      return byResource.get(resource) ?? noRules
    },
    findRole: (kind, namespace, name) => byName.get(roleKey(kind, kind === 'Role' ? namespace : '', name)),
  }
}

const none: readonly ResolvedBinding[] = []
const noRules: readonly RuleOfRole[] = []

function indexByResource(roles: readonly ResolvedRole[]): Map<string | undefined, RuleOfRole[]> {
  const index = new Map<string | undefined, RuleOfRole[]>()
  for (const role of roles)
    for (let i = 0; i < role.rules.length; i++) {
      const { resources = [], nonResourceURLs = [] } = role.rules[i] as PolicyRule
      const named = { role, index: i }
      for (const resource of new Set(resources)) push(index, resource, named)
      if (nonResourceURLs.length > 0) push(index, undefined, named)
    }
  return index
}

function missingDefaults(roles: readonly Role[]): Role[] {
  const names = new Set(roles.filter(isClusterRole).map(nameOf))
  return defaultClusterRoles().filter(role => !names.has(nameOf(role)))
}

/** The form in which the index knows a subject. */
export function keyOf({ kind, name, namespace }: Omit<BoundSubject, 'index'>): SubjectKey {
  if (kind === 'Group') return `g:${name}`
  return `u:${kind === 'ServiceAccount' ? accountName(namespace ?? '', name) : name}`
}

const isClusterRole = (role: Role) => role.kind === 'ClusterRole'
const roleKey = (kind: string, namespace: string, name: string) => `${kind}/${namespace}/${name}`
/** No namespace is named by the empty text, so it stands for the bindings of all. */

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key)
  if (known) known.push(value)
  else map.set(key, [value])
}

function sortOut(resources: Iterable<Resource>) {
  const roles: Role[] = []
  const bindings: Binding[] = []
  const undecodable: { resource: Resource; problem: ShapeProblem }[] = []
  const met = new Set<string>()
  for (const resource of resources) {
    if (!rbacKinds.includes(resource.kind) || !isBuiltInGroup(groupOf(resource.apiVersion))) continue
    const problem = checkShape(resource)
    if (problem) {
      undecodable.push({ resource, problem })
      continue
    }
    const isRole = resource.kind === 'Role' || resource.kind === 'ClusterRole'
    if (isRole) {
      roles.push(readRole(resource))
      continue
    }
    const key = `${resource.kind}/${namespaceOf(resource)}/${nameOf(resource)}`
    if (met.has(key)) continue
    met.add(key)
    bindings.push(readBinding(resource))
  }
  return { roles, bindings, undecodable }
}
