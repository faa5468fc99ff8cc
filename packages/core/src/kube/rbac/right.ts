// Right: verbs on a resource that somebody may watch out for, and what of them a role grants.

import { namespaceOf } from '../asset-key.ts'
import type { PolicyRule, Role } from './kinds.ts'
import { coversResource, includesOrAll } from './policy-rule.ts'

export interface Right {
  /** API group; empty for the core group. A resource of the same name in another group is another resource. */
  readonly group: string
  /** `pods`, `pods/exec`. */
  readonly resource: string
  readonly verbs: readonly string[]
  /** True for a resource that lives in no namespace: a RoleBinding cannot give it, so that a Role that names it is without effect. */
  readonly clusterWide?: true
  /** The only objects that matter, by name, and the namespace in which they lie; absent where all do. */
  readonly only?: { readonly namespace: string; readonly names: readonly string[] }
}

export interface RightOptions {
  /** Whether a rule counts that is limited to objects named one by one, or to these. */
  readonly named: boolean | ((names: readonly string[]) => boolean)
  /** Whether a Role counts that names what no Role can grant: resources of the whole cluster, or objects of another namespace. */
  readonly ineffective: boolean
}

/** A rule of a role that grants something of a right. */
export interface GrantedRight {
  /** Place of the rule in the role's rules. */
  readonly rule: number
  readonly right: Right
  /** Those of the right's verbs that it grants. */
  readonly verbs: readonly string[]
  /** The objects that it is limited to. */
  readonly names?: readonly string[]
}

/** What of the rights the rules of a role grant, by rule, then by right. */
export function grantedRights(
  role: Pick<Role, 'kind' | 'metadata' | 'apiVersion'>,
  rules: readonly PolicyRule[],
  rights: readonly Right[],
  options: RightOptions,
): GrantedRight[] {
  const granted: GrantedRight[] = []
  const possible = options.ineffective ? rights : rights.filter(right => isEffective(right, role))
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index] as PolicyRule
    if (rule.resources === undefined) continue
    for (const right of possible) {
      const verbs = grantedVerbs(rule, right)
      if (verbs.length === 0) continue
      const names = rule.resourceNames?.length ? rule.resourceNames : undefined
      if (names && !countsNamed(names, right, options)) continue
      granted.push({ rule: index, right, verbs, ...(names && { names }) })
    }
  }
  return granted
}

function countsNamed(names: readonly string[], { only }: Right, { named }: RightOptions): boolean {
  if (only) return only.names.some(name => names.includes(name))
  return typeof named === 'boolean' ? named : named(names)
}

/** Those of a right's verbs that a rule grants, on whatever objects. */
export function grantedVerbs(rule: PolicyRule, { group, resource, verbs }: Right): string[] {
  if (!includesOrAll(rule.apiGroups, group)) return []
  const slash = resource.indexOf('/')
  const isCovered =
    slash < 0
      ? coversResource(rule.resources, resource, '')
      : coversResource(rule.resources, resource.slice(0, slash), resource.slice(slash + 1))
  return isCovered ? verbs.filter(verb => includesOrAll(rule.verbs, verb)) : []
}

function isEffective(right: Right, role: Pick<Role, 'kind' | 'metadata' | 'apiVersion'>): boolean {
  if (role.kind !== 'Role') return true
  return !right.clusterWide && (right.only === undefined || right.only.namespace === namespaceOf(role))
}

/** Rights in few words: `get, list on secrets`, `create on pods; on deployments, daemonsets of apps`. */
export function describeRights(granted: readonly GrantedRight[]): string {
  const byVerbs = new Map<string, Map<string, string[]>>()
  for (const { right, verbs } of granted) {
    const { group, resource, only } = right
    const byGroup = entryOf(byVerbs, verbs.join(', '), () => new Map<string, string[]>())
    const named = only ? `${resource} ${only.names.join(', ')} in ${only.namespace}` : resource
    entryOf(byGroup, group, () => []).push(named)
  }
  return [...byVerbs]
    .map(([verbs, byGroup]) => `${verbs} ${[...byGroup].map(describeGroup).join('; ')}`)
    .join('; ')
}

function describeGroup([group, resources]: readonly [string, readonly string[]]): string {
  return `on ${resources.join(', ')}${group === '' ? '' : ` of ${group}`}`
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}
