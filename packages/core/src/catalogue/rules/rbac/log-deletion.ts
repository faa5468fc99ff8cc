// Rule: no role may delete the logs of containers.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'log-deletion',
  title: 'No role may delete the logs of containers',
  severity: 'low',
  defaultEnabled: false,
  parameters: roleParameters,
  rationale:
    'Logs show what happened in a container. The API server itself deletes none; a role that names it says what its author had in mind, and grants it should an API come that does.',
  remediation: 'Take delete and deletecollection on pods/log out.',
  references: ['https://kubernetes.io/docs/concepts/cluster-administration/logging/'],

  violations: (resource, context) => roleViolations(resource, rights.deleteLogs, context),

  examples: {
    fail: {
      delete: { given: role([allow(['get', 'delete'], 'pods/log')]), at: ['rules[0].verbs'] },
      'that subresource of everything': { given: clusterRole([allow('*', '*/log')]) },
    },
    pass: {
      reading: { given: role([allow('get', 'pods/log')]) },
      pods: { given: role([allow('delete', 'pods')]) },
    },
  },
})
