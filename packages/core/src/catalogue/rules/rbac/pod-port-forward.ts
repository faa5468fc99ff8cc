// Rule: no role may reach the ports of pods through the API server.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'pod-port-forward',
  title: 'No role may reach the ports of pods through the API server',
  severity: 'low',
  parameters: roleParameters,
  rationale:
    'Port forwarding and the proxies of pods and services come from the API server and the node: they reach ports that NetworkPolicies keep closed, and those that listen on localhost alone.',
  remediation:
    'Give it to the people on duty for a namespace; let others come by the Services and Ingresses that are meant for them.',
  references: [
    'https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/',
  ],

  violations: (resource, context) => roleViolations(resource, rights.reachPods, context),

  examples: {
    fail: {
      'port forwarding': { given: role([allow('create', 'pods/portforward')]), at: ['rules[0].verbs'] },
      'the proxy of pods': { given: role([allow('get', 'pods/proxy')]) },
      'the proxy of services': { given: clusterRole([allow('*', ['services', 'services/proxy'])]) },
      'all resources': { given: role([allow('*', '*')]) },
    },
    pass: {
      'pods and services themselves': { given: role([allow(['get', 'create'], ['pods', 'services'])]) },
      'a verb that opens nothing': { given: role([allow('list', 'pods/portforward')]) },
      'another group': { given: role([allow('create', 'pods/portforward', 'apps')]) },
      'one service by its name': { given: role([allow('get', 'services/proxy', '', 'https:web:')]) },
      'a role of the server': {
        given: serverRole('system:aggregate-to-edit', [allow('create', 'pods/portforward')]),
      },
    },
  },
})
