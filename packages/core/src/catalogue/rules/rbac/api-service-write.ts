// Rule: no role may redirect parts of the API.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

const registration = 'apiregistration.k8s.io'

export const rule = defineRule({
  ...roleRule,
  id: 'api-service-write',
  title: 'No role may change APIServices',
  severity: 'high',
  parameters: roleParameters,
  rationale:
    'An APIService sends all requests of an API group to a server of its author’s choice, with the names and groups of those who ask: whoever writes them can answer in the API server’s place.',
  remediation:
    'Leave it to administrators and the pipeline; limit controllers by resourceNames to their own APIService.',
  references: ['https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/'],

  violations: (resource, context) => roleViolations(resource, rights.changeApiServices, context),

  examples: {
    fail: {
      create: { given: clusterRole([allow('create', 'apiservices', registration)]), at: ['rules[0].verbs'] },
      'every group': { given: clusterRole([allow(['get', 'patch'], 'apiservices', '*')]) },
      'all resources': { given: clusterRole([allow('*', '*', registration)]) },
    },
    pass: {
      reading: { given: clusterRole([allow(['get', 'list', 'watch'], 'apiservices', registration)]) },
      'one by its name': {
        given: clusterRole([allow('update', 'apiservices', registration, 'v1beta1.metrics.k8s.io')]),
      },
      'the status': { given: clusterRole([allow('update', 'apiservices/status', registration)]) },
      'in a Role, which cannot grant it': { given: role([allow('create', 'apiservices', registration)]) },
    },
  },
})
