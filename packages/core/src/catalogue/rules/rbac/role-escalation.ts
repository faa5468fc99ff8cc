// Rule: no role may widen roles beyond what its holder may do.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

const rbac = 'rbac.authorization.k8s.io'

export const rule = defineRule({
  ...roleRule,
  id: 'role-escalation',
  title: 'No role may escalate',
  severity: 'high',
  parameters: roleParameters,
  rationale:
    'The API server lets nobody write rights into a role that they do not have themselves, except who may escalate: they can write any right into a role that they are bound to.',
  remediation:
    'Take the verb escalate out, also where it hides in *; people who write roles need only create, update and patch.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#escalate-verb'],

  violations: (resource, context) => roleViolations(resource, rights.escalate, context),

  examples: {
    fail: {
      ClusterRoles: { given: clusterRole([allow('escalate', 'clusterroles', rbac)]), at: ['rules[0].verbs'] },
      'Roles of a namespace': { given: role([allow(['get', 'escalate'], 'roles', rbac)]) },
      'among all verbs': { given: clusterRole([allow('*', ['roles', 'clusterroles'], '*')]) },
      'among all resources': { given: clusterRole([allow('escalate', '*', rbac)]) },
      'one role by its name, where that counts': {
        given: clusterRole([allow('escalate', 'clusterroles', rbac, 'web')]),
        parameters: { named: true },
      },
      'ClusterRoles in a Role, where that counts': {
        given: role([allow('escalate', 'clusterroles', rbac)]),
        parameters: { ineffective: true },
      },
    },
    pass: {
      'writing roles': { given: clusterRole([allow(['create', 'update', 'patch'], 'clusterroles', rbac)]) },
      'ClusterRoles in a Role, which cannot grant it': {
        given: role([allow('escalate', 'clusterroles', rbac)]),
      },
      bindings: { given: clusterRole([allow('escalate', 'clusterrolebindings', rbac)]) },
      'another group': { given: clusterRole([allow('escalate', 'roles', 'iam.example.com')]) },
      'a role of the server': {
        given: serverRole('system:controller:clusterrole-aggregation-controller', [
          allow(['escalate', 'get', 'list', 'patch', 'update', 'watch'], 'clusterroles', rbac),
        ]),
      },
    },
  },
})
