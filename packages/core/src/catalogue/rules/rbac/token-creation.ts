// Rule: no role may create tokens of ServiceAccounts.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'token-creation',
  title: 'No role may create tokens of ServiceAccounts',
  severity: 'high',
  parameters: roleParameters,
  rationale:
    'Who may create tokens can act as every ServiceAccount in reach, with all rights that any of them has, for as long as they ask the token to be valid.',
  remediation:
    'Limit it by resourceNames to the ServiceAccounts that are meant; the kubelet gives pods their tokens without it.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#token-request'],

  violations: (resource, context) => roleViolations(resource, rights.createTokens, context),

  examples: {
    fail: {
      'in a namespace': { given: role([allow('create', 'serviceaccounts/token')]), at: ['rules[0].verbs'] },
      'in all': { given: clusterRole([allow('*', ['serviceaccounts', 'serviceaccounts/token'])]) },
      'that subresource of everything': { given: clusterRole([allow('create', '*/token')]) },
      everything: { given: clusterRole([allow('create', '*', '*')]) },
      'by its name, where that counts': {
        given: role([allow('create', 'serviceaccounts/token', '', 'web')]),
        parameters: { named: true },
      },
    },
    pass: {
      'one ServiceAccount by its name': {
        given: role([allow('create', 'serviceaccounts/token', '', 'web')]),
      },
      'ServiceAccounts themselves': { given: role([allow(['create', 'get'], 'serviceaccounts')]) },
      'reviewing tokens': { given: clusterRole([allow('create', 'tokenreviews', 'authentication.k8s.io')]) },
      'another group': { given: role([allow('create', 'serviceaccounts/token', 'iam.example.com')]) },
      'a role of the server': {
        given: serverRole('system:kube-controller-manager', [allow('create', 'serviceaccounts/token')]),
      },
    },
  },
})
