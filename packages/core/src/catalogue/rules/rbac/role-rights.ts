// Role rights: what is wrong with a Role or ClusterRole that grants rights which few should have.

import { nameOf } from '../../../kube/asset-key.ts'
import { gatherRules, ruleKey } from '../../../kube/rbac/aggregation.ts'
import { isDefaultRole } from '../../../kube/rbac/defaults.ts'
import { type PolicyRule, type Role, readRole } from '../../../kube/rbac/kinds.ts'
import { describeRights, type GrantedRight, grantedRights, type Right } from '../../../kube/rbac/right.ts'
import type { Resource } from '../../../model/resource.ts'
import type { Derivation, Lookup, RuleContext, Violation } from '../../../model/rule.ts'
import { isNamedBy } from './accepted-names.ts'

/** What rules about the rights in roles have in common. */
export const roleRule = {
  subject: 'Role',
  kinds: ['Role', 'ClusterRole'],
  // The roles from which aggregated ones gather their rules.
  reads: ['ClusterRole'],
} as const

export const roleParameters = {
  except: {
    type: 'string[]',
    default: [],
    description: 'Names of roles that may grant it; * stands for any characters.',
  },
  named: {
    type: 'boolean',
    default: false,
    description: 'Whether a right counts that is limited to objects named one by one.',
  },
  ineffective: {
    type: 'boolean',
    default: false,
    description:
      'Whether a Role counts that names what no Role can grant: resources of the whole cluster, or objects of another namespace.',
  },
} as const

type RoleContext = RuleContext<typeof roleParameters>

/**
 * The rules of a role that grant any of the rights, one violation for each. The roles that the API server makes are as they are, unless
 * somebody widened them; `judgesDefault` says which of them are judged all the same, `countsNamed` which rules count by the names that they
 * are limited to, where these do not count anyway.
 */
export function* roleViolations(
  resource: Resource,
  rights: readonly Right[],
  { parameters, lookup }: RoleContext,
  {
    judgesDefault = () => false,
    countsNamed = () => false,
  }: {
    readonly judgesDefault?: (role: Role) => boolean
    readonly countsNamed?: (names: readonly string[]) => boolean
  } = {},
): Generator<Violation> {
  const role = readRole(resource)
  const { rules = [] } = role
  const granted = grantedRights(role, rules, rights, {
    ineffective: parameters.ineffective,
    named: parameters.named || countsNamed,
  })
  if (granted.length === 0 || isNamedBy(parameters.except, nameOf(role))) return
  if (isDefaultRole(role) && !judgesDefault(role)) return
  const isOwn = ownRules(role, lookup)
  for (const index of new Set(granted.map(({ rule }) => rule))) {
    if (!isOwn(index)) continue
    const ofRule = granted.filter(({ rule }) => rule === index)
    yield {
      path: `rules[${index}].verbs`,
      actual: rules[index]?.verbs,
      expected: `not ${describeRights(ofRule)}${describeNames(ofRule)}`,
    }
  }
}

/** Rights with other verbs than they have by themselves. */
export const withVerbs = (rights: readonly Right[], verbs: readonly string[]): Right[] =>
  rights.map(right => ({ ...right, verbs }))

const gathered: Derivation<ReturnType<typeof gatherRules>> = {
  kinds: ['ClusterRole'],
  from: resources => gatherRules(resources.map(readRole)),
}

/**
 * Which rules of a role are to be judged in it: all of them, but of an aggregated role only those that the controller did not bring from
 * other roles, since these are judged where they are written.
 */
export function ownRules(role: Role, lookup: Lookup): (index: number) => boolean {
  if (role.aggregationRule === undefined) return () => true
  const brought = new Set(rulesGathered(role, lookup).map(ruleKey))
  return index => !brought.has(ruleKey(role.rules?.[index] as PolicyRule))
}

/** The rules that an aggregated role gathers from the roles at hand. */
export function rulesGathered(role: Role, lookup: Lookup): readonly PolicyRule[] {
  return (
    lookup
      .derive(gathered)
      .get(role)
      ?.map(({ rule }) => rule) ?? []
  )
}

function describeNames(granted: readonly GrantedRight[]): string {
  const names = new Set(granted.flatMap(({ names: own = [] }) => own))
  return names.size === 0 ? '' : ` named ${[...names].join(', ')}`
}
