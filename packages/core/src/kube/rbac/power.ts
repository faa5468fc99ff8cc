// Power: recognises roles that allow everything, or enough to get everything.

import type { PolicyRule, Role } from './kinds.ts'
import { type GrantedRight, grantedRights } from './right.ts'
import { takeoverRights } from './rights.ts'

/** What it takes to do anything with objects; `deletecollection` adds nothing to `list` and `delete`. */
const allVerbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete']

/**
 * The places of the rules that together allow every verb on every resource, of every API group or, unless `everyGroup` asks for that, of the
 * core group, whose Secrets, pods and ServiceAccounts lead to all else. Undefined where they do not; rules limited to names do not count.
 */
export function findFullControl(
  rules: readonly PolicyRule[],
  { everyGroup }: { readonly everyGroup: boolean },
): readonly number[] | undefined {
  const verbs = new Set<string>()
  const places: number[] = []
  rules.forEach(({ verbs: own = [], apiGroups = [], resources = [], resourceNames = [] }, index) => {
    const isOfEnough = apiGroups.includes('*') || (!everyGroup && apiGroups.includes(''))
    if (!isOfEnough || !resources.includes('*') || resourceNames.length > 0) return
    for (const verb of own.includes('*') ? allVerbs : own) verbs.add(verb)
    places.push(index)
  })
  return allVerbs.every(verb => verbs.has(verb)) ? places : undefined
}

/** The rights by which whoever has them in every namespace can come to every other right, the shortest ways first. */
export function findTakeover(
  role: Pick<Role, 'kind' | 'metadata' | 'apiVersion'>,
  rules: readonly PolicyRule[],
): GrantedRight[] {
  const granted = grantedRights(role, rules, takeoverRights, { named: false, ineffective: false })
  return granted.sort((a, b) => takeoverRights.indexOf(a.right) - takeoverRights.indexOf(b.right))
}
