// Identity: who asks, as the API server knows them: a user name and the groups that it and the server say they are in.
//
// Source: k8s.io/apiserver pkg/authentication/serviceaccount/util.go and user/user.go; kubernetes pkg/registry/rbac/validation/rule.go.

import type { Resource } from '../../model/resource.ts'
import { namespaceOf } from '../asset-key.ts'
import { type Binding, type RoleSubject, readBinding } from './kinds.ts'

export interface Identity {
  /** Undefined where only groups are known: anybody who is in them. */
  readonly user?: string
  readonly groups: readonly string[]
}

/** Members of this group may do everything, whatever any role says. */
export const masters = 'system:masters'
export const authenticated = 'system:authenticated'
export const unauthenticated = 'system:unauthenticated'
export const anonymous = 'system:anonymous'
export const serviceAccounts = 'system:serviceaccounts'

const accountPrefix = 'system:serviceaccount:'

/** A person or component that logged in under this name, with the groups that its credentials carry. */
export function userIdentity(user: string, groups: readonly string[] = []): Identity {
  const account = parseAccountName(user)
  if (account) return serviceAccountIdentity(account.namespace, account.name)
  return { user, groups: [...groups, authenticated] }
}

/** Whoever is in the group, and nothing else known of them but what that implies. */
export function groupIdentity(group: string): Identity {
  const own = group.startsWith(`${serviceAccounts}:`) ? [group, serviceAccounts] : [group]
  return { groups: group === unauthenticated || group === authenticated ? own : [...own, authenticated] }
}

/** A ServiceAccount, as its tokens say. */
export function serviceAccountIdentity(namespace: string, name: string): Identity {
  return {
    user: accountName(namespace, name),
    groups: [serviceAccounts, `${serviceAccounts}:${namespace}`, authenticated],
  }
}

/** Whoever asks without credentials. */
export const anonymousIdentity: Identity = { user: anonymous, groups: [unauthenticated] }

/** The user name of a ServiceAccount. */
export const accountName = (namespace: string, name: string): string => `${accountPrefix}${namespace}:${name}`

/** The ServiceAccount that a user name stands for; undefined for any other user. */
export function parseAccountName(
  user: string,
): { readonly namespace: string; readonly name: string } | undefined {
  if (!user.startsWith(accountPrefix)) return undefined
  const [namespace, name, ...rest] = user.slice(accountPrefix.length).split(':')
  return namespace && name && rest.length === 0 ? { namespace, name } : undefined
}

/** Whom a subject of a binding means. A ServiceAccount is known by its user name, as anybody who binds that name as a user knows. */
export interface BoundSubject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount'
  readonly name: string
  /** Of a ServiceAccount. */
  readonly namespace?: string
  /** Its place in the binding's subjects. */
  readonly index: number
}

/**
 * The subjects that a binding gives rights to. A ServiceAccount without a namespace is one of a RoleBinding's own namespace, and nobody
 * in a ClusterRoleBinding; a subject of an unknown kind is nobody either.
 */
export function subjectsOf(resource: Resource): BoundSubject[] {
  const { subjects = [] } = readBinding(resource)
  const found: BoundSubject[] = []
  for (let index = 0; index < subjects.length; index++) {
    const subject = boundSubject(subjects[index] as RoleSubject, resource, index)
    if (subject) found.push(subject)
  }
  return found
}

function boundSubject(subject: RoleSubject, binding: Binding, index: number): BoundSubject | undefined {
  const { kind, name = '' } = subject
  if (kind === 'Group') return { kind, name, index }
  if (kind === 'User') {
    const account = parseAccountName(name)
    return account ? { kind: 'ServiceAccount', ...account, index } : { kind, name, index }
  }
  if (kind !== 'ServiceAccount') return undefined
  const namespace = subject.namespace || (binding.kind === 'RoleBinding' ? namespaceOf(binding) : '')
  return namespace === '' ? undefined : { kind, name, namespace, index }
}

/** The identity of whoever a subject means. */
export function identityOf(subject: Pick<BoundSubject, 'kind' | 'name' | 'namespace'>): Identity {
  if (subject.kind === 'Group') return groupIdentity(subject.name)
  if (subject.kind === 'User')
    return subject.name === anonymous ? anonymousIdentity : userIdentity(subject.name)
  return serviceAccountIdentity(subject.namespace ?? '', subject.name)
}

/** A subject in few words: `User jane`, `Group dev`, `ServiceAccount shop/web`. */
export function describeSubject({ kind, name, namespace }: Omit<BoundSubject, 'index'>): string {
  return kind === 'ServiceAccount' ? `${kind} ${namespace}/${name}` : `${kind} ${name}`
}
