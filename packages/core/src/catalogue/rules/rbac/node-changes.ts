// Rule: no role may change nodes.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'node-changes',
  title: 'No role may change nodes',
  severity: 'medium',
  parameters: roleParameters,
  rationale:
    'Who changes labels, taints or the status of nodes, or deletes them, decides where pods run: they can draw sensitive pods to a node that they hold, or drive them away from all others.',
  remediation:
    'Leave the rights to write nodes to the node lifecycle, the cloud provider and the autoscaler; limit others by resourceNames.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],

  violations: (resource, context) => roleViolations(resource, rights.changeNodes, context),

  examples: {
    fail: {
      'labels and taints': { given: clusterRole([allow('patch', 'nodes')]), at: ['rules[0].verbs'] },
      'the status': { given: clusterRole([allow('update', ['nodes', 'nodes/status'])]) },
      deleting: { given: clusterRole([allow(['get', 'delete'], 'nodes')]) },
      'the status of everything': { given: clusterRole([allow('update', '*/status', '*')]) },
    },
    pass: {
      reading: { given: clusterRole([allow(['get', 'list', 'watch'], ['nodes', 'nodes/status'])]) },
      'in a Role, which cannot grant it': { given: role([allow('patch', 'nodes')]) },
      'nodes of another group': { given: clusterRole([allow('delete', 'nodes', 'metal.example.com')]) },
      'one node by its name': { given: clusterRole([allow('patch', 'nodes', '', 'node-1')]) },
      'a role of the server': {
        given: serverRole('system:controller:node-controller', [allow(['get', 'patch', 'delete'], 'nodes')]),
      },
    },
  },
})
