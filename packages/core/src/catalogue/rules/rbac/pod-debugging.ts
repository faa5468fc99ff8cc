// Rule: no role may put containers into running pods.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'pod-debugging',
  title: 'No role may put containers into running pods',
  severity: 'medium',
  parameters: roleParameters,
  rationale:
    'Who may add an ephemeral container runs an image of their choice inside a running pod, with its network, its processes and, by a volume mount, its token.',
  remediation: 'Give it to the people on duty for a namespace and for a time.',
  references: ['https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/'],

  violations: (resource, context) => roleViolations(resource, rights.debugPods, context),

  examples: {
    fail: {
      patch: { given: role([allow('patch', 'pods/ephemeralcontainers')]), at: ['rules[0].verbs'] },
      'update, among others': {
        given: clusterRole([allow(['get', 'update'], ['pods/log', 'pods/ephemeralcontainers'])]),
      },
      'all resources': { given: clusterRole([allow('patch', '*')]) },
    },
    pass: {
      reading: { given: role([allow('get', 'pods/ephemeralcontainers')]) },
      'pods themselves': { given: role([allow('patch', 'pods')]) },
      'another group': { given: role([allow('patch', 'pods/ephemeralcontainers', 'apps')]) },
      'one pod by its name': { given: role([allow('patch', 'pods/ephemeralcontainers', '', 'web-0')]) },
    },
  },
})
