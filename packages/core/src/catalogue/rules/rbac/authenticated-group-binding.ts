// Rule: logging in alone gives no rights.

import { nameOf } from '../../../kube/asset-key.ts'
import { isDefaultBinding } from '../../../kube/rbac/defaults.ts'
import { authenticated } from '../../../kube/rbac/identity.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, clusterRoleBinding, group, roleBinding, user } from '../../../samples/rbac.ts'
import { isNamedBy } from './accepted-names.ts'
import { bindingParameters, bindingRule, subjectViolations } from './bound-role.ts'
import { givesPublicInformation, publicParameters } from './public-information.ts'

export const rule = defineRule({
  ...bindingRule,
  id: 'authenticated-group-binding',
  title: 'No binding gives rights to everybody who has logged in',
  severity: 'high',
  parameters: { ...bindingParameters, ...publicParameters },
  rationale:
    'The group system:authenticated is every user and every ServiceAccount; on some clouds it was everybody with an account at the provider.',
  remediation: 'Bind the groups and ServiceAccounts that need the rights.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings',
    'https://cloud.google.com/kubernetes-engine/docs/best-practices/rbac#default-roles-groups',
  ],

  *violations(resource, { parameters, lookup }) {
    const found = [
      ...subjectViolations(
        resource,
        ({ kind, name }) => kind === 'Group' && name === authenticated,
        'the group that needs it',
      ),
    ]
    if (found.length === 0) return
    if (isDefaultBinding(resource) || isNamedBy(parameters.except, nameOf(resource))) return
    if (parameters.allowPublic && givesPublicInformation(resource, lookup, 'known')) return
    yield* found
  },

  examples: {
    fail: {
      'in the whole cluster': {
        given: clusterRoleBinding('view', [group('system:authenticated')]),
        at: ['subjects[0]'],
      },
      'in a namespace': { given: roleBinding('web', [user('jane'), group('system:authenticated')]) },
      'a name of the server’s without its label': {
        given: clusterRoleBinding('everybodys-nodes', [group('system:authenticated')], {
          name: 'system:discovery',
        }),
        with: [clusterRole([allow('get', 'nodes')], { name: 'everybodys-nodes' })],
      },
      'public information, where that counts too': {
        given: clusterRoleBinding('system:discovery', [group('system:authenticated')]),
        parameters: { allowPublic: false },
      },
    },
    pass: {
      'a group of people': { given: clusterRoleBinding('view', [group('dev')]) },
      'a user of that name': { given: clusterRoleBinding('view', [user('system:authenticated')]) },
      'the binding of the server': {
        given: clusterRoleBinding('system:basic-user', [group('system:authenticated')], {
          name: 'system:basic-user',
          labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
        }),
      },
      'what everybody may know': {
        given: clusterRoleBinding('system:discovery', [group('system:authenticated')], { name: 'discovery' }),
      },
      'an accepted binding': {
        given: clusterRoleBinding('view', [group('system:authenticated')], { name: 'team-a' }),
        parameters: { except: ['team-*'] },
      },
      'the binding of the server, where public information counts too': {
        given: clusterRoleBinding('system:basic-user', [group('system:authenticated')], {
          name: 'system:basic-user',
          labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
        }),
        parameters: { allowPublic: false },
      },
      'what one may do oneself, by a binding of one’s own': {
        given: clusterRoleBinding('system:basic-user', [group('system:authenticated')]),
      },
      'which certificates to trust': {
        given: clusterRoleBinding('system:cluster-trust-bundle-discovery', [group('system:authenticated')]),
      },
    },
  },
})
