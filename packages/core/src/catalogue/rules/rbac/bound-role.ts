// Bound role: what the role allows that a binding refers to, and what is wrong with the subjects that it is bound to.

import { namespaceOf } from '../../../kube/asset-key.ts'
import { defaultClusterRoleRules, isDefaultRole } from '../../../kube/rbac/defaults.ts'
import { type BoundSubject, describeSubject, subjectsOf } from '../../../kube/rbac/identity.ts'
import { type PolicyRule, type Role, readBinding, readRole } from '../../../kube/rbac/kinds.ts'
import type { Resource } from '../../../model/resource.ts'
import type { Lookup, Violation } from '../../../model/rule.ts'
import { rulesGathered } from './role-rights.ts'

/** What rules about bindings and the rights that they give have in common. */
export const bindingRule = {
  subject: 'RoleBinding',
  kinds: ['RoleBinding', 'ClusterRoleBinding'],
  reads: ['Role', 'ClusterRole'],
} as const

export const bindingParameters = {
  except: {
    type: 'string[]',
    default: [],
    description: 'Names of bindings that are accepted; * stands for any characters.',
  },
} as const

export interface RoleReference {
  readonly kind: 'Role' | 'ClusterRole'
  /** Of a Role: the binding's own; undefined for a ClusterRole. */
  readonly namespace: string | undefined
  readonly name: string
}

/** The role that a binding refers to. A ClusterRoleBinding can refer to nothing but a ClusterRole, whatever it says. */
export function roleReference(resource: Resource): RoleReference | undefined {
  const { kind, roleRef } = readBinding(resource)
  const { name = '' } = roleRef ?? {}
  if (name === '') return undefined
  if (kind === 'ClusterRoleBinding' || roleRef?.kind === 'ClusterRole')
    return { kind: 'ClusterRole', namespace: undefined, name }
  return roleRef?.kind === 'Role' ? { kind: 'Role', namespace: namespaceOf(resource), name } : undefined
}

export interface BoundRole {
  readonly kind: RoleReference['kind']
  readonly name: string
  readonly rules: readonly PolicyRule[]
  /** True for one of the API server's own, that nobody widened. */
  readonly isDefault: boolean
  /** As far as is known: what a role grants depends on its kind and namespace. */
  readonly role: Pick<Role, 'kind' | 'metadata' | 'apiVersion'>
}

/**
 * The role that a binding refers to, with the rules that count. One of the API server's own ClusterRoles counts as the server makes it
 * where it is not at hand, as in manifests. Undefined where there is no such role: nothing is given.
 */
export function findBoundRole(binding: Resource, lookup: Lookup): BoundRole | undefined {
  const reference = roleReference(binding)
  if (!reference) return undefined
  const { kind, namespace, name } = reference
  const found = lookup.get(kind, namespace, name)
  if (found) {
    const role = readRole(found)
    // In manifests, where no controller has written them yet.
    const isUnfilled = role.aggregationRule !== undefined && (role.rules ?? []).length === 0
    const rules = isUnfilled ? rulesGathered(role, lookup) : (role.rules ?? [])
    return { kind, name, rules, isDefault: isDefaultRole(role), role }
  }
  const rules = kind === 'ClusterRole' ? defaultClusterRoleRules(name) : undefined
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name } }
  return rules && { kind, name, rules, isDefault: true, role }
}

/** One violation, and one finding, for each subject of a binding that `isWrong` picks. */
export function* subjectViolations(
  binding: Resource,
  isWrong: (subject: BoundSubject) => boolean,
  expected: string | ((subject: BoundSubject) => string),
): Generator<Violation> {
  for (const subject of subjectsOf(binding))
    if (isWrong(subject))
      yield {
        path: `subjects[${subject.index}]`,
        actual: readBinding(binding).subjects?.[subject.index],
        expected: typeof expected === 'string' ? expected : expected(subject),
        discriminator: describeSubject(subject),
      }
}

/** The rules of a role by their places: `rules[0]`, `rules[0], rules[3]`. */
export const describePlaces = (places: Iterable<number>): string =>
  [...new Set(places)].map(place => `rules[${place}]`).join(', ')
