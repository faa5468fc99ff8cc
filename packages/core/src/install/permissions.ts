// Permissions: what a collector of a cluster's API must be allowed, what each permission buys, and which rules are lost without it.

import { builtInKinds, type KindEntry, nameOfKind } from '../kube/api/built-in-kinds.ts'
import { foreignKinds } from '../kube/api/foreign-kinds.ts'
import { kindsReadBy } from '../kube/api/wanted-kinds.ts'
import type { Rule } from '../model/rule.ts'
import { type SliceId, sliceIds } from '../model/slice.ts'
import { sliceOf } from './slice-of.ts'

export type PermissionVerb = 'get' | 'list' | 'watch'

export interface Permission {
  readonly slice: SliceId
  /** The kind as rules and gaps name it. */
  readonly kind: string
  /** API group; empty for the core group. */
  readonly group: string
  readonly resource: string
  /** The one object that it is about. */
  readonly name?: string
  readonly verbs: readonly PermissionVerb[]
  /** Whether every cluster serves the kind; elsewhere there is nothing to read. */
  readonly isEverywhere: boolean
  /** Ids of the rules that cannot be evaluated without it, in order. */
  readonly rules: readonly string[]
}

/** What the platform shows of a cluster whatever rules are chosen. */
const inventoryKinds = ['Namespace', 'Node']

/**
 * The permissions that rules and the inventory need, slice by slice, in the tables' order. The first is of the cluster's identity, the
 * UID of kube-system, which no rule reads.
 */
export function permissionsOf(rules: Iterable<Rule>): readonly Permission[] {
  const readBy = kindsReadBy(rules)
  const wanted = new Set([...readBy.keys(), ...inventoryKinds])
  const toList = (entry: KindEntry): Permission => ({
    slice: sliceOf(entry),
    kind: nameOfKind(entry),
    group: entry.group,
    resource: entry.plural,
    verbs: ['list', 'watch'],
    isEverywhere: entry.always,
    rules: readBy.get(nameOfKind(entry)) ?? [],
  })
  const lists = [...builtInKinds, ...foreignKinds].filter(entry => wanted.has(nameOfKind(entry))).map(toList)
  return [identity, ...sliceIds.flatMap(id => lists.filter(({ slice }) => slice === id))]
}

const identity: Permission = {
  slice: 'cluster',
  kind: 'Namespace',
  group: '',
  resource: 'namespaces',
  name: 'kube-system',
  verbs: ['get'],
  isEverywhere: true,
  rules: [],
}

/** A rule of a Role or ClusterRole. */
export interface RoleRule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly verbs: readonly string[]
}

/**
 * Permissions as a role's rules: one for each API group, since a rule grants each of its resources in each of its groups, and one for each
 * permission on a single object.
 */
export function roleRulesOf(permissions: readonly Permission[]): RoleRule[] {
  const rules = new Map<string, RoleRule & { readonly resources: string[] }>()
  for (const { group, resource, name, verbs } of permissions) {
    const key = JSON.stringify([group, verbs, name ?? ''])
    const known = rules.get(key)
    if (!known)
      rules.set(key, {
        apiGroups: [group],
        resources: [resource],
        ...(name !== undefined && { resourceNames: [name] }),
        verbs,
      })
    else if (!known.resources.includes(resource)) known.resources.push(resource)
  }
  return [...rules.values()].map(rule => ({ ...rule, resources: [...rule.resources].sort() }))
}
