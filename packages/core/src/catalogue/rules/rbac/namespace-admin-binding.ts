// Rule: nobody is given all rights in a namespace.

import { nameOf, namespaceOf } from '../../../kube/asset-key.ts'
import { isDefaultBinding } from '../../../kube/rbac/defaults.ts'
import { findFullControl } from '../../../kube/rbac/power.ts'
import { defineRule } from '../../../model/rule.ts'
import {
  account,
  aggregatedRole,
  allow,
  clusterRole,
  role,
  roleBinding,
  user,
} from '../../../samples/rbac.ts'
import { isNamedBy } from './accepted-names.ts'
import {
  bindingParameters,
  bindingRule,
  describePlaces,
  findBoundRole,
  subjectViolations,
} from './bound-role.ts'

export const rule = defineRule({
  ...bindingRule,
  id: 'namespace-admin-binding',
  title: 'Nobody is given all rights in a namespace',
  severity: 'medium',
  kinds: ['RoleBinding'],
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
    'All rights are more than the role admin gives: to change quotas and limits, to widen roles, to hand them on; in kube-system they are those to the cluster.',
  remediation:
    'Bind the ClusterRole admin or edit in the namespace, or a Role with the rights that are used.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles'],

  *violations(resource, { parameters, lookup }) {
    const bound = findBoundRole(resource, lookup)
    const places = bound && findFullControl(bound.rules, parameters)
    if (!places || isDefaultBinding(resource) || isNamedBy(parameters.except, nameOf(resource))) return
    yield* subjectViolations(
      resource,
      () => true,
      `not bound in ${namespaceOf(resource)} to ${bound.kind} ${bound.name}, which allows everything by ${describePlaces(places)}`,
    )
  },

  examples: {
    fail: {
      'cluster-admin in one namespace': {
        given: roleBinding('cluster-admin', [user('jane')], {}, 'ClusterRole'),
        at: ['subjects[0]'],
      },
      'a Role that allows everything': {
        given: roleBinding('shop-everything', [account('deployer')]),
        with: [role([allow('*', '*', '*')], { name: 'shop-everything' })],
      },
      'a ClusterRole that allows every verb': {
        given: roleBinding('every-verb', [user('jane')], {}, 'ClusterRole'),
        with: [
          clusterRole([allow(['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'], '*', '*')], {
            name: 'every-verb',
          }),
        ],
      },
      'everything in the core group, which leads to the rest': {
        given: roleBinding('shop-core', [user('jane')]),
        with: [role([allow('*', '*')], { name: 'shop-core' })],
      },
      'a role that gathers everything, before the controller has filled it': {
        given: roleBinding('shop-gathered', [user('jane')], {}, 'ClusterRole'),
        with: [
          { ...aggregatedRole('shop-gathered', 'example.com/shop-gathered'), rules: undefined },
          clusterRole([allow('*', '*', '*')], {
            name: 'shop-gathered-from',
            labels: { 'example.com/shop-gathered': 'true' },
          }),
        ],
      },
    },
    pass: {
      'admin is less': { given: roleBinding('admin', [user('jane')], {}, 'ClusterRole') },
      'a Role of that name in another namespace': {
        given: roleBinding('owner', [user('jane')]),
        with: [role([allow('*', '*', '*')], { name: 'owner', namespace: 'other' })],
      },
      'a ClusterRole of that name': {
        given: roleBinding('owner', [user('jane')]),
        with: [clusterRole([allow('*', '*', '*')], { name: 'owner' })],
      },
      'all rights to pods': {
        given: roleBinding('pods', [user('jane')]),
        with: [role([allow('*', 'pods', '*')], { name: 'pods' })],
      },
      nobody: { given: roleBinding('cluster-admin', [], {}, 'ClusterRole') },
      'an accepted binding': {
        given: roleBinding('cluster-admin', [user('jane')], { name: 'team-a' }, 'ClusterRole'),
        parameters: { except: ['team-*'] },
      },
      'everything in the core group, where it takes every group': {
        given: roleBinding('shop-core-too', [user('jane')]),
        with: [role([allow('*', '*')], { name: 'shop-core-too' })],
        parameters: { everyGroup: true },
      },
      'a role that has gathered less, as the controller has filled it': {
        given: roleBinding('shop-filled', [user('jane')], {}, 'ClusterRole'),
        with: [
          aggregatedRole('shop-filled', 'example.com/shop-filled', [allow('get', 'pods')]),
          clusterRole([allow('*', '*', '*')], {
            name: 'shop-filled-from',
            labels: { 'example.com/shop-filled': 'true' },
          }),
        ],
      },
      'a role without rules': {
        given: roleBinding('shop-nothing', [user('jane')]),
        with: [{ ...role([], { name: 'shop-nothing' }), rules: undefined }],
      },
      'no role': { given: { ...roleBinding('', [user('jane')]), roleRef: undefined } },
      'a Role called as one of the server’s ClusterRoles, that is not there': {
        given: roleBinding('cluster-admin', [user('jane')]),
      },
      'something else than a role': {
        given: {
          ...roleBinding('shop-widget', [user('jane')]),
          roleRef: { apiGroup: 'example.com', kind: 'Widget', name: 'shop-widget' },
        },
        with: [role([allow('*', '*', '*')], { name: 'shop-widget' })],
      },
    },
  },
})
