// Logging access: to whom a binding gives rights on OpenShift's logging, beside OpenShift itself and those who may do everything.

import { namespaceOf } from '../../../kube/asset-key.ts'
import { forwarderKinds } from '../../../kube/openshift/kinds.ts'
import { loggingNamespace } from '../../../kube/openshift/logging-rights.ts'
import { findFullControl } from '../../../kube/rbac/power.ts'
import { describeRights, grantedRights, type Right } from '../../../kube/rbac/right.ts'
import type { Resource } from '../../../model/resource.ts'
import type { Example, Lookup, Violation } from '../../../model/rule.ts'
import { logForwarder } from '../../../samples/openshift.ts'
import {
  account,
  allow,
  clusterRole,
  clusterRoleBinding,
  group,
  role,
  roleBinding,
  user,
} from '../../../samples/rbac.ts'
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
  const granted = grantedRights(bound.role, bound.rules, rights, { named: true, ineffective: true })
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

/** A ClusterRole named `logs` with verbs on a resource of logging. */
export const logsRole = (
  verbs: readonly string[],
  resource = 'clusterlogforwarders',
  apiGroup = 'observability.openshift.io',
): Resource => clusterRole([allow(verbs, resource, apiGroup)], { name: 'logs' })

/** What such a rule finds and lets pass with any of the verbs that it speaks of. */
export function loggingExamples(verbs: readonly string[]): {
  readonly fail: Readonly<Record<string, Example>>
  readonly pass: Readonly<Record<string, Example>>
} {
  const right = allow(verbs, 'clusterlogforwarders', 'observability.openshift.io')
  const toJane = clusterRoleBinding('logs', [user('jane')])
  const elsewhere = logForwarder({})
  const inShop = { ...elsewhere, metadata: { ...elsewhere.metadata, namespace: 'shop' } }
  return {
    fail: {
      'in the namespace of logging': {
        given: roleBinding('logs', [user('jane'), group('dev')], { namespace: 'openshift-logging' }),
        with: [role([right], { name: 'logs', namespace: 'openshift-logging' })],
        at: ['subjects[0]', 'subjects[1]'],
      },
      'in all namespaces': {
        given: clusterRoleBinding('logs', [account('x', 'openshift-logging'), account('web')]),
        with: [clusterRole([allow('get', 'pods'), right], { name: 'logs' })],
        at: ['subjects[1]'],
      },
      'by a ClusterRole, where another namespace forwards logs': {
        given: roleBinding('logs', [user('jane')], {}, 'ClusterRole'),
        with: [logsRole(verbs), inShop],
      },
      'of logging 5': {
        given: toJane,
        with: [logsRole(verbs, 'clusterloggings', 'logging.openshift.io')],
      },
      'forwarders of logging 5': {
        given: toJane,
        with: [logsRole(verbs, 'clusterlogforwarders', 'logging.openshift.io')],
      },
      'by name': {
        given: toJane,
        with: [clusterRole([{ ...right, resourceNames: ['instance'] }], { name: 'logs' })],
      },
      'all of the group': {
        given: clusterRoleBinding('logs', [user('jane'), user('joe')]),
        with: [logsRole(['*'], '*')],
        parameters: { accepted: ['joe'] },
        at: ['subjects[0]'],
      },
    },
    pass: {
      'everything, which other rules tell of': { given: clusterRoleBinding('cluster-admin', [user('jane')]) },
      'everything of the core group, which leads to all else': {
        given: toJane,
        with: [clusterRole([allow('*', '*', ['', 'observability.openshift.io'])], { name: 'logs' })],
      },
      'OpenShift itself': {
        given: clusterRoleBinding('logs', [
          account('x', 'openshift-operators-redhat'),
          group('system:cluster-admins'),
        ]),
        with: [logsRole(verbs)],
      },
      'accepted subjects': {
        given: clusterRoleBinding('logs', [account('web'), group('ops')]),
        with: [logsRole(verbs)],
        parameters: { accepted: ['system:serviceaccount:shop:web', 'ops'] },
      },
      'a namespace that forwards no logs': {
        given: roleBinding('logs', [user('jane')]),
        with: [role([right], { name: 'logs' }), elsewhere],
      },
      'forwarders of another group': {
        given: toJane,
        with: [logsRole(verbs, 'clusterlogforwarders', 'example.com')],
      },
      'a role that is not there': { given: toJane },
    },
  }
}
