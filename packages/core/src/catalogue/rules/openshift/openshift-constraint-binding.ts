// Rule: no binding lets anybody but OpenShift itself use powerful security context constraints.

import { isOwnNamespace, isPowerfulByName, powersOf } from '../../../kube/openshift/constraints.ts'
import { constraintsKind, readConstraints } from '../../../kube/openshift/kinds.ts'
import type { PolicyRule } from '../../../kube/rbac/kinds.ts'
import { coversResource, includesOrAll } from '../../../kube/rbac/policy-rule.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule, type Lookup } from '../../../model/rule.ts'
import { constraints } from '../../../samples/openshift.ts'
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
import { bindingRule, findBoundRole, subjectViolations } from '../rbac/bound-role.ts'
import { acceptedParameter, isAccepted } from './accepted-subjects.ts'

const apiGroup = 'security.openshift.io'
const resource = 'securitycontextconstraints'
const use = (...names: readonly string[]) => allow('use', resource, apiGroup, names)
const using = (...names: readonly string[]) => clusterRole([use(...names)], { name: 'scc' })
const privileged = constraints('privileged', { allowPrivilegedContainer: true })

export const rule = defineRule({
  ...bindingRule,
  id: 'openshift-constraint-binding',
  title: 'No binding lets anybody but OpenShift itself use powerful security context constraints',
  severity: 'high',
  reads: [...bindingRule.reads, constraintsKind],
  parameters: acceptedParameter,
  rationale:
    'Whoever may use constraints may create pods with all that these allow; with privileged ones they take over the node.',
  remediation:
    'Bind a role that may use restricted-v2, or constraints of your own with just the powers needed, and to one account.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/authentication_and_authorization/managing-pod-security-policies',
  ],

  *violations(binding, { parameters, lookup }) {
    const usable = constraintsIn(binding, lookup).filter(({ isPowerful }) => isPowerful)
    if (usable.length === 0) return
    const names = usable.map(({ name }) => name).join(', ')
    yield* subjectViolations(
      binding,
      subject => !isAccepted(subject, parameters.accepted),
      `nobody but OpenShift itself, since the role may use ${names}`,
    )
  },

  unseen(binding, { lookup }) {
    const unknown = constraintsIn(binding, lookup).find(({ isPowerful }) => isPowerful === undefined)
    return unknown && `what the constraints ${unknown.name} allow was not read`
  },

  examples: {
    fail: {
      'constraints that allow it': {
        given: roleBinding('scc', [account('web')], {}, 'ClusterRole'),
        with: [using('mine'), constraints('mine', { allowHostPID: true })],
        at: ['subjects[0]'],
      },
      'those that OpenShift brings, which are not at hand': {
        given: clusterRoleBinding('scc', [account('x', 'openshift-x'), group('system:authenticated')]),
        with: [using('restricted-v2', 'privileged')],
        at: ['subjects[1]'],
      },
      'all constraints': {
        given: roleBinding('scc', [user('jane')]),
        with: [role([allow('*', resource, apiGroup)], { name: 'scc' })],
      },
      'all of the group': {
        given: clusterRoleBinding('scc', [user('jane')]),
        with: [clusterRole([allow('use', '*', apiGroup)], { name: 'scc' })],
      },
      'the second rule of a role': {
        given: clusterRoleBinding('scc', [user('jane')], { namespace: 'openshift-x' }),
        with: [clusterRole([allow('get', 'pods'), use('privileged')], { name: 'scc' }), privileged],
      },
      'a namespace whose name only sounds like it': {
        given: roleBinding('scc', [account('web')], { namespace: 'my-openshift-x' }, 'ClusterRole'),
        with: [using('privileged')],
      },
      'the harmless and the powerful': {
        given: clusterRoleBinding('scc', [user('jane'), user('joe')]),
        with: [using('restricted', 'mine'), constraints('mine', { volumes: ['*'] })],
        parameters: { accepted: ['joe'] },
        at: ['subjects[0]'],
      },
    },
    pass: {
      'harmless constraints': {
        given: clusterRoleBinding('scc', [group('system:authenticated')]),
        with: [using('restricted-v2', 'mine'), constraints('mine')],
      },
      'a harmless one of a powerful name': {
        given: clusterRoleBinding('scc', [user('jane')]),
        with: [using('privileged'), constraints('privileged')],
      },
      'OpenShift itself': {
        given: clusterRoleBinding('scc', [
          account('x', 'openshift-monitoring'),
          group('system:cluster-admins'),
          user('system:admin'),
        ]),
        with: [using('privileged'), privileged],
      },
      'accepted subjects': {
        given: roleBinding('scc', [account('web'), group('ops')], {}, 'ClusterRole'),
        with: [using('privileged'), privileged],
        parameters: { accepted: ['system:serviceaccount:shop:web', 'ops'] },
      },
      'what a namespace of OpenShift binds': {
        given: roleBinding('scc', [account('web')], { namespace: 'openshift-x' }, 'ClusterRole'),
        with: [using('privileged'), privileged],
      },
      'another resource of the group': {
        given: clusterRoleBinding('scc', [user('jane')]),
        with: [clusterRole([allow('use', 'rangeallocations', apiGroup)], { name: 'scc' })],
      },
      'reading them': {
        given: clusterRoleBinding('scc', [user('jane')]),
        with: [clusterRole([allow(['get', 'list'], resource, apiGroup)], { name: 'scc' })],
      },
      'the resource of another group': {
        given: clusterRoleBinding('scc', [user('jane')]),
        with: [clusterRole([allow('use', resource, 'example.com')], { name: 'scc' })],
      },
      'everything, which other rules tell of': {
        given: clusterRoleBinding('cluster-admin', [user('jane')]),
      },
      'a role that is not there': { given: clusterRoleBinding('scc', [user('jane')]) },
    },
    notEvaluated: {
      'constraints of which nothing is known': {
        given: clusterRoleBinding('scc', [user('jane')]),
        with: [using('mine')],
      },
    },
  },
})

interface Usable {
  readonly name: string
  /** Undefined where it is not known. */
  readonly isPowerful: boolean | undefined
}

/** The constraints that the role of a binding may use by name of their group; without names it may use all there are. */
function constraintsIn(binding: Resource, lookup: Lookup): Usable[] {
  // What OpenShift's own namespaces bind is OpenShift's.
  if (binding.kind === 'RoleBinding' && isOwnNamespace(binding.metadata.namespace ?? '')) return []
  const names = new Set<string>()
  for (const one of findBoundRole(binding, lookup)?.rules ?? []) {
    if (!grantsUse(one)) continue
    if (!one.resourceNames?.length) return [{ name: 'all constraints', isPowerful: true }]
    for (const name of one.resourceNames) names.add(name)
  }
  return [...names].map(name => {
    const found = lookup.get(constraintsKind, undefined, name)
    return {
      name,
      isPowerful: found ? powersOf(readConstraints(found)).length > 0 : isPowerfulByName(name),
    }
  })
}

function grantsUse({ verbs, apiGroups = [], resources }: PolicyRule): boolean {
  return (
    includesOrAll(verbs, 'use') && apiGroups.includes(apiGroup) && coversResource(resources, resource, '')
  )
}
