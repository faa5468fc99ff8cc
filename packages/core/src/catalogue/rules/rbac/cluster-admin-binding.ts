// Rule: nobody is given all rights in the whole cluster.

import { nameOf } from '../../../kube/asset-key.ts'
import { isDefaultBinding } from '../../../kube/rbac/defaults.ts'
import { findFullControl } from '../../../kube/rbac/power.ts'
import { defineRule } from '../../../model/rule.ts'
import { account, allow, clusterRole, clusterRoleBinding, group, user } from '../../../samples/rbac.ts'
import { isNamedBy } from './accepted-names.ts'
import { bindingParameters, describePlaces, findBoundRole, subjectViolations } from './bound-role.ts'

const everything = allow('*', '*', '*')

export const rule = defineRule({
  id: 'cluster-admin-binding',
  title: 'Nobody is bound to cluster-admin or a role that allows as much',
  severity: 'high',
  subject: 'ClusterRoleBinding',
  reads: ['ClusterRole'],
  parameters: {
    ...bindingParameters,
    everyGroup: {
      type: 'boolean',
      default: false,
      description:
        'Whether a role must allow everything in every API group; else all of the core group is enough, since it leads to the rest.',
    },
  },
  rationale:
    'Whoever is bound to such a role owns the cluster and everything in it; a workload that is can be the door for anybody who gets into it.',
  remediation:
    'Bind a role with the rights that are used, in the namespaces where they are used; keep cluster-admin for a few people who need it in an emergency.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege'],

  *violations(resource, { parameters, lookup }) {
    const bound = findBoundRole(resource, lookup)
    const places = bound && findFullControl(bound.rules, parameters)
    if (!places || isDefaultBinding(resource) || isNamedBy(parameters.except, nameOf(resource))) return
    yield* subjectViolations(
      resource,
      () => true,
      `not bound to ClusterRole ${bound.name}, which allows everything by ${describePlaces(places)}`,
    )
  },

  examples: {
    fail: {
      'a user of cluster-admin': {
        given: clusterRoleBinding('cluster-admin', [user('jane')]),
        at: ['subjects[0]'],
      },
      'a group and a ServiceAccount': {
        given: clusterRoleBinding('cluster-admin', [group('dev'), account('deployer')]),
        at: ['subjects[0]', 'subjects[1]'],
      },
      'another role that allows as much': {
        given: clusterRoleBinding('platform-everything', [user('jane')]),
        with: [clusterRole([everything], { name: 'platform-everything' })],
      },
      'all verbs one by one, in two rules': {
        given: clusterRoleBinding('platform-every-verb', [user('jane')]),
        with: [
          clusterRole(
            [
              allow(['get', 'list', 'watch'], '*', '*'),
              allow(['create', 'update', 'patch', 'delete'], ['pods', '*'], ['apps', '*']),
            ],
            { name: 'platform-every-verb' },
          ),
        ],
      },
      'everything in the core group': {
        given: clusterRoleBinding('platform-core', [user('jane')]),
        with: [clusterRole([allow('*', '*')], { name: 'platform-core' })],
      },
      'one more in the binding of the server': {
        given: clusterRoleBinding('cluster-admin', [group('system:masters'), user('jane')], {
          name: 'cluster-admin',
          labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
        }),
      },
      'a binding that has a name of the server’s': {
        given: clusterRoleBinding('cluster-admin', [account('robot')], { name: 'system:node' }),
      },
    },
    pass: {
      'the binding of the server': {
        given: clusterRoleBinding('cluster-admin', [group('system:masters')], {
          name: 'cluster-admin',
          labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
        }),
      },
      'admin and edit are less': { given: clusterRoleBinding('admin', [user('jane')]) },
      nobody: { given: clusterRoleBinding('cluster-admin', []) },
      'a role that is not there': { given: clusterRoleBinding('cluster-administrators', [user('jane')]) },
      'a role that is called so and allows little': {
        given: clusterRoleBinding('cluster-admin', [user('jane')]),
        with: [clusterRole([allow('get', 'pods')], { name: 'cluster-admin' })],
      },
      'all rights to some resources': {
        given: clusterRoleBinding('pod-owner', [user('jane')]),
        with: [clusterRole([allow('*', ['pods', 'services'], '*')], { name: 'pod-owner' })],
      },
      'all rights to the objects of an operator': {
        given: clusterRoleBinding('widget-owner', [user('jane')]),
        with: [clusterRole([allow('*', '*', 'example.com')], { name: 'widget-owner' })],
      },
      'reading everything': {
        given: clusterRoleBinding('auditor', [user('jane')]),
        with: [clusterRole([allow(['get', 'list', 'watch'], '*', '*')], { name: 'auditor' })],
      },
      'everything in the core group, where every group is asked': {
        given: clusterRoleBinding('core-owner', [user('jane')]),
        with: [clusterRole([allow('*', '*')], { name: 'core-owner' })],
        parameters: { everyGroup: true },
      },
      'an accepted binding': {
        given: clusterRoleBinding('cluster-admin', [group('on-call')], { name: 'break-glass-eu' }),
        parameters: { except: ['break-glass-*'] },
      },
    },
  },
})
