// Logging access: to whom a binding gives rights on OpenShift's logging, beside OpenShift itself and those who may do everything.

import { namespaceOf } from '../../../kube/asset-key.ts'
import { forwarderKinds } from '../../../kube/openshift/kinds.ts'
import { loggingNamespace } from '../../../kube/openshift/logging-rights.ts'
import { findFullControl } from '../../../kube/rbac/power.ts'
import { describeRights, grantedRights, type Right } from '../../../kube/rbac/right.ts'
import type { Resource } from '../../../model/resource.ts'
import type { Lookup, Violation } from '../../../model/rule.ts'
import { bindingRule, describePlaces, findBoundRole, subjectViolations } from '../rbac/bound-role.ts'
import { isAccepted } from './accepted-subjects.ts'

/** What rules about rights on logging have in common. */
export const loggingRule = {
  ...bindingRule,
  defaultEnabled: false,
  reads: [...bindingRule.reads, ...forwarderKinds],
  references: [
    'https://docs.redhat.com/en/documentation/red_hat_openshift_logging/latest/html/configuring_logging/configuring-log-forwarding',
  ],
} as const

/** One violation for each subject to whom a binding gives any of the rights where logging is set up. */
export function* loggingViolations(
  binding: Resource,
  rights: readonly Right[],
  accepted: readonly string[],
  lookup: Lookup,
): Generator<Violation> {
  const bound = findBoundRole(binding, lookup)
  // Who may do everything administers logging, too; other rules tell of them.
  if (!bound || findFullControl(bound.rules, { everyGroup: false })) return
  const scope =
    binding.kind === 'RoleBinding' ? { ...bound.role, kind: 'Role', metadata: binding.metadata } : bound.role
  const granted = grantedRights(scope, bound.rules, rights, { named: true, ineffective: false })
  if (granted.length === 0 || !reachesLogging(binding, lookup)) return
  const places = describePlaces(granted.map(({ rule }) => rule))
  yield* subjectViolations(
    binding,
    subject => !isAccepted(subject, accepted),
    `not bound to ${bound.kind} ${bound.name}, which allows ${describeRights(granted)} by ${places}`,
  )
}

function reachesLogging(binding: Resource, lookup: Lookup): boolean {
  if (binding.kind === 'ClusterRoleBinding') return true
  const namespace = namespaceOf(binding)
  return (
    namespace === loggingNamespace || forwarderKinds.some(kind => lookup.list(kind, namespace).length > 0)
  )
}
