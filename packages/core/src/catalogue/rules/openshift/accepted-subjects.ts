// Accepted subjects: users and groups that may have what nobody but OpenShift itself should.

import { isOwnGroup, isOwnUser } from '../../../kube/openshift/constraints.ts'
import { accountName, type BoundSubject } from '../../../kube/rbac/identity.ts'

export const acceptedParameter = {
  accepted: {
    type: 'string[]',
    default: [],
    description:
      'Names of users and groups that may use powerful constraints; an account is system:serviceaccount:<namespace>:<name>.',
  },
} as const

/** True for a subject that is part of OpenShift itself, or accepted by its name. */
export function isAccepted(
  { kind, name, namespace = '' }: BoundSubject,
  accepted: readonly string[],
): boolean {
  const fullName = kind === 'ServiceAccount' ? accountName(namespace, name) : name
  const isOwn = kind === 'Group' ? isOwnGroup(name) : isOwnUser(fullName)
  return isOwn || accepted.includes(fullName)
}
