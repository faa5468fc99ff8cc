// Rule: no role may write roles and bindings.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

const rbac = 'rbac.authorization.k8s.io'

export const rule = defineRule({
  ...roleRule,
  id: 'rbac-write',
  title: 'No role may write roles and bindings',
  severity: 'medium',
  parameters: roleParameters,
  rationale:
    'Who writes roles and bindings can hand the rights that they have to anybody, keep them after they leave, and with escalate or bind hand on any right at all.',
  remediation:
    'Keep RBAC in the hands of administrators and of the pipeline that deploys it; take create, update and patch out of other roles.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping',
  ],

  violations: (resource, context) => roleViolations(resource, rights.writeRbac, context),

  examples: {
    fail: {
      'bindings of a namespace': {
        given: role([allow('create', 'rolebindings', rbac)]),
        at: ['rules[0].verbs'],
      },
      ClusterRoles: { given: clusterRole([allow(['get', 'patch'], 'clusterroles', rbac)]) },
      'every group': { given: clusterRole([allow('update', 'clusterrolebindings', '*')]) },
      'all resources': { given: role([allow('*', '*', rbac)]) },
    },
    pass: {
      reading: {
        given: clusterRole([allow(['get', 'list', 'watch'], ['roles', 'clusterrolebindings'], rbac)]),
      },
      'what no Role can grant': { given: role([allow('create', 'clusterrolebindings', rbac)]) },
      'names that are no resources': { given: role([allow('*', ['rolebinding', 'rolebindings1'], rbac)]) },
      'another group': { given: clusterRole([allow('create', 'roles', 'iam.example.com')]) },
      'one role by its name': { given: role([allow('update', 'roles', rbac, 'web')]) },
      'a role of the server': {
        given: serverRole('system:aggregate-to-admin', [allow('create', ['roles', 'rolebindings'], rbac)], {
          'rbac.authorization.k8s.io/aggregate-to-admin': 'true',
        }),
      },
    },
  },
})
