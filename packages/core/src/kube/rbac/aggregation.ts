// Aggregation: works out the rules of a ClusterRole that gathers them from others by their labels.
//
// Source: kubernetes pkg/controller/clusterroleaggregation, 1.9 to 1.37.

import { nameOf } from '../asset-key.ts'
import { type LabelSelector, selects } from '../label-selector.ts'
import type { PolicyRule, Role } from './kinds.ts'

/** A rule of an aggregated role, with the role that it was gathered from. */
export interface GatheredRule {
  readonly rule: PolicyRule
  readonly from: Role
  /** Its place in that role's rules. */
  readonly index: number
}

/**
 * The rules of the aggregated roles among the ClusterRoles given, as the controller would write them into `rules`: those of all other
 * roles that a selector selects, by selector, then by name, each rule once. Where they gather from each other, it is done until nothing
 * changes, as the controller does round by round. A role whose selectors the API server refuses keeps what is written in it.
 */
export function gatherRules(roles: readonly Role[]): Map<Role, readonly GatheredRule[]> {
  const gathered = new Map<Role, readonly GatheredRule[]>()
  const aggregated = roles.filter(role => role.aggregationRule !== undefined)
  if (aggregated.length === 0) return gathered
  const find = finder(roles)
  const sources = new Map(aggregated.map(role => [role, sourcesOf(role, find)]))
  const rounds = sourcesFirst(sources)
  for (const role of rounds) gathered.set(role, sources.get(role) ? [] : written(role))
  const keys = new Map<PolicyRule, string>()
  // With sources first, one round does it and a second sees no change; only circles take more, none more than all of them.
  for (let round = 0; round <= rounds.length; round++) {
    let changed = false
    for (const role of rounds) {
      const from = sources.get(role)
      if (!from) continue
      const rules = distinct(
        from.flatMap(source => gathered.get(source) ?? written(source)),
        keys,
      )
      if (rules.length !== gathered.get(role)?.length) changed = true
      gathered.set(role, rules)
    }
    if (!changed) break
  }
  return gathered
}

type Sources = ReadonlyMap<Role, readonly Role[] | undefined>

/** The aggregated roles, each after those that it gathers from, as far as there is no circle. */
function sourcesFirst(sources: Sources): Role[] {
  const met = new Set<Role>()
  const ordered: Role[] = []
  for (const first of sources.keys()) {
    // Without recursion, since a chain may be as long as a file.
    const open: { role: Role; next: number }[] = met.has(first) ? [] : [{ role: first, next: 0 }]
    met.add(first)
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const source = sources.get(top.role)?.[top.next++]
      if (source === undefined) {
        ordered.push(top.role)
        open.pop()
      } else if (sources.has(source) && !met.has(source)) {
        met.add(source)
        open.push({ role: source, next: 0 })
      }
    }
  }
  return ordered
}

/** The roles that an aggregated role gathers from, in the controller's order; undefined where the API server refuses a selector. */
function sourcesOf(role: Role, find: (selector: LabelSelector) => Role[] | undefined): Role[] | undefined {
  const sources: Role[] = []
  for (const selector of role.aggregationRule?.clusterRoleSelectors ?? []) {
    const selected = find(selector)
    if (!selected) return undefined
    sources.push(...selected.filter(other => nameOf(other) !== nameOf(role)))
  }
  return sources
}

/** Finds roles by selectors, by name in byte order. Nearly all selectors name a label, and roles are found by it at once. */
function finder(roles: readonly Role[]): (selector: LabelSelector) => Role[] | undefined {
  const byLabel = new Map<string, Role[]>()
  for (const role of roles)
    for (const [key, value] of Object.entries(role.metadata.labels ?? {})) {
      const label = `${key}=${value}`
      const known = byLabel.get(label)
      if (known) known.push(role)
      else byLabel.set(label, [role])
    }
  return selector => {
    if (selects(selector, {}) === undefined) return undefined
    const [named] = Object.entries(selector.matchLabels ?? {})
    const candidates = named ? (byLabel.get(`${named[0]}=${named[1]}`) ?? []) : roles
    return candidates
      .filter(role => selects(selector, role.metadata.labels ?? {}))
      .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  }
}

const written = (role: Role): GatheredRule[] =>
  (role.rules ?? []).map((rule, index) => ({ rule, from: role, index }))

/** The rules, each once; `keys` remembers their keys. */
function distinct(rules: readonly GatheredRule[], keys: Map<PolicyRule, string>): GatheredRule[] {
  const met = new Set<string>()
  return rules.filter(({ rule }) => {
    const key = keys.get(rule) ?? ruleKey(rule)
    keys.set(rule, key)
    return !met.has(key) && met.add(key)
  })
}

/** A text that two rules share where they are the same; a list that is not there is an empty one. */
export function ruleKey(rule: PolicyRule): string {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule
  return JSON.stringify([verbs, apiGroups, resources, resourceNames, nonResourceURLs])
}
