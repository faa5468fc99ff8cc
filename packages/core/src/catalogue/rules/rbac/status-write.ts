// Rule: no role may write the status of Services and pods.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'status-write',
  title: 'No role may write the status of Services and pods',
  severity: 'low',
  parameters: roleParameters,
  rationale:
    'The status of a Service says for which addresses nodes catch traffic, that of a pod at which address it is: who writes them can draw the traffic of others to themselves.',
  remediation: 'Leave it to the kubelet and the controllers of load balancers.',
  references: ['https://github.com/kubernetes/kubernetes/issues/97076'],

  violations: (resource, context) => roleViolations(resource, rights.changeStatus, context),

  examples: {
    fail: {
      Services: { given: clusterRole([allow('patch', 'services/status')]), at: ['rules[0].verbs'] },
      pods: { given: role([allow(['get', 'update'], ['pods', 'pods/status'])]) },
      'the status of everything': { given: clusterRole([allow('update', '*/status', '*')]) },
    },
    pass: {
      reading: { given: role([allow('get', ['services/status', 'pods/status'])]) },
      'the objects themselves': { given: role([allow('update', ['services', 'pods'])]) },
      'the status of others': { given: role([allow('update', 'deployments/status', 'apps')]) },
      'a role of the server': {
        given: serverRole('system:controller:service-controller', [
          allow(['patch', 'update'], 'services/status'),
        ]),
      },
    },
  },
})
