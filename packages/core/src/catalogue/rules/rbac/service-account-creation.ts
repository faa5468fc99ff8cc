// Rule: no role may create ServiceAccounts.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'service-account-creation',
  title: 'No role may create ServiceAccounts',
  severity: 'low',
  defaultEnabled: false,
  parameters: roleParameters,
  rationale:
    'An account that an intruder made stays when theirs is closed, and can have a name for which rights are waiting.',
  remediation: 'Take create on serviceaccounts out of roles of all but those who set up namespaces.',
  references: ['https://kubernetes.io/docs/concepts/security/service-accounts/'],

  violations: (resource, context) => roleViolations(resource, rights.createAccounts, context),

  examples: {
    fail: {
      'in a namespace': {
        given: role([allow(['get', 'create'], 'serviceaccounts')]),
        at: ['rules[0].verbs'],
      },
      'in all': { given: clusterRole([allow('*', ['pods', 'serviceaccounts'])]) },
      everything: { given: clusterRole([allow('*', '*', '*')]) },
    },
    pass: {
      'reading and changing them': {
        given: role([allow(['get', 'list', 'update', 'patch'], 'serviceaccounts')]),
      },
      'their tokens': { given: role([allow('create', 'serviceaccounts/token')]) },
      'another group': { given: role([allow('create', 'serviceaccounts', 'iam.example.com')]) },
      'a role of the server': {
        given: serverRole('system:controller:service-account-controller', [
          allow('create', 'serviceaccounts'),
        ]),
      },
    },
  },
})
