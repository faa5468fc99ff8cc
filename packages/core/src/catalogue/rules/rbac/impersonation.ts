// Rule: no role may act as others.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'impersonation',
  title: 'No role may impersonate others',
  severity: 'high',
  parameters: roleParameters,
  rationale:
    'Who may impersonate users or groups has the rights of all of them, those of system:masters among them; who may impersonate ServiceAccounts has those of each in reach.',
  remediation:
    'Limit it by resourceNames to the users and groups that are needed, and leave groups such as system:masters out.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#impersonate-verb',
    'https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/',
  ],

  violations: (resource, context) => roleViolations(resource, rights.impersonate, context),

  examples: {
    fail: {
      users: { given: clusterRole([allow('impersonate', 'users')]), at: ['rules[0].verbs'] },
      'groups, among others': { given: clusterRole([allow(['get', 'impersonate'], ['pods', 'groups'])]) },
      'ServiceAccounts of a namespace': { given: role([allow('impersonate', 'serviceaccounts')]) },
      'all resources of a namespace': { given: role([allow('impersonate', '*', '*')]) },
      'among all verbs': { given: clusterRole([allow('*', '*')]) },
      'one user by its name, where that counts': {
        given: clusterRole([allow('impersonate', 'users', '', 'jane')]),
        parameters: { named: true },
      },
    },
    pass: {
      'one user by its name': { given: clusterRole([allow('impersonate', 'users', '', 'jane')]) },
      'users in a Role, which cannot grant it': { given: role([allow('impersonate', ['users', 'groups'])]) },
      'reading ServiceAccounts': { given: role([allow(['get', 'list'], 'serviceaccounts')]) },
      'something that nobody is': { given: clusterRole([allow('impersonate', ['configmaps', 'pods'])]) },
      'users of another group': { given: clusterRole([allow('impersonate', 'users', 'user.openshift.io')]) },
      'a role of the server': {
        given: serverRole('system:aggregate-to-edit', [allow('impersonate', 'serviceaccounts')]),
      },
    },
  },
})
