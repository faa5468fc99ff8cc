// Rule: the server's own powerful roles are bound cluster-wide to nobody but those that the server binds them to.

import { nameOf } from '../../../kube/asset-key.ts'
import { isDefaultBinding } from '../../../kube/rbac/defaults.ts'
import { findFullControl, findTakeover } from '../../../kube/rbac/power.ts'
import { describeRights } from '../../../kube/rbac/right.ts'
import { defineRule } from '../../../model/rule.ts'
import {
  account,
  aggregatedRole,
  allow,
  clusterRole,
  clusterRoleBinding,
  group,
  serverRole,
  user,
} from '../../../samples/rbac.ts'
import { isNamedBy } from './accepted-names.ts'
import { bindingParameters, describePlaces, findBoundRole, subjectViolations } from './bound-role.ts'

export const rule = defineRule({
  id: 'cluster-wide-default-role-binding',
  title: 'No further subject is bound cluster-wide to a powerful role of the API server’s own',
  severity: 'high',
  subject: 'ClusterRoleBinding',
  reads: ['ClusterRole'],
  parameters: bindingParameters,
  rationale:
    'admin and edit are meant for a namespace: bound by a ClusterRoleBinding they reach kube-system, its Secrets and the tokens of all controllers, and so every right there is; the same holds for roles of components.',
  remediation:
    'Bind admin and edit by RoleBindings in the namespaces that are meant, and give components roles of their own.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  ],

  *violations(resource, { parameters, lookup }) {
    const bound = findBoundRole(resource, lookup)
    // Other roles are judged by what they allow, all rights by cluster-admin-binding.
    if (!bound?.isDefault || findFullControl(bound.rules, { everyGroup: false })) return
    const granted = findTakeover(bound.role, bound.rules)
    const worst = granted[0]
    if (!worst || isDefaultBinding(resource) || isNamedBy(parameters.except, nameOf(resource))) return
    const places = describePlaces([worst.rule])
    yield* subjectViolations(
      resource,
      () => true,
      `not bound in all namespaces to ClusterRole ${bound.name}, which allows ${describeRights([worst])} by ${places}`,
    )
  },

  examples: {
    fail: {
      'edit in all namespaces': {
        given: clusterRoleBinding('edit', [group('dev')]),
        at: ['subjects[0]'],
      },
      'a role of a component': {
        given: clusterRoleBinding('system:kube-controller-manager', [
          user('system:kube-controller-manager'),
          account('robot'),
        ]),
        at: ['subjects[0]', 'subjects[1]'],
      },
      'nodes by their group, as clusters did before 1.8': {
        given: clusterRoleBinding('system:node', [group('system:nodes')], {
          name: 'system:node',
          labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
        }),
      },
      'a role of the server as it is in the cluster': {
        given: clusterRoleBinding('system:kubelet-api-admin', [account('scraper')]),
        with: [
          serverRole('system:kubelet-api-admin', [
            allow(['get', 'list'], 'nodes'),
            allow('*', 'nodes/proxy'),
          ]),
        ],
      },
      'edit, called a Role, which the server takes for a ClusterRole': {
        given: {
          ...clusterRoleBinding('edit', [group('dev')]),
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'edit' },
        },
      },
    },
    pass: {
      reading: { given: clusterRoleBinding('view', [group('dev')]) },
      'asking who somebody is': { given: clusterRoleBinding('system:auth-delegator', [account('metrics')]) },
      'a binding of the server': {
        given: clusterRoleBinding(
          'system:kube-controller-manager',
          [user('system:kube-controller-manager')],
          {
            name: 'system:kube-controller-manager',
            labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
          },
        ),
      },
      'a role of one’s own, which is judged itself': {
        given: clusterRoleBinding('deployer', [group('dev')]),
        with: [clusterRole([allow('create', 'pods')], { name: 'deployer' })],
      },
      'a role of one’s own that gathers rules': {
        given: clusterRoleBinding('gathering', [group('dev')]),
        with: [aggregatedRole('gathering', 'example.com/gathered', [allow('create', 'pods')])],
      },
      'all rights, which another rule is about': {
        given: clusterRoleBinding('cluster-admin', [user('jane')]),
      },
      'an accepted binding': {
        given: clusterRoleBinding('edit', [group('dev')], { name: 'team-a' }),
        parameters: { except: ['team-*'] },
      },
      'a role that is not there': { given: clusterRoleBinding('gone-again', [group('dev')]) },
    },
  },
})
