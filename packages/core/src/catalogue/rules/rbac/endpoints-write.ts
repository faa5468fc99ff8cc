// Rule: no role may say where the traffic of Services goes.

import { nameOf } from '../../../kube/asset-key.ts'
import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'endpoints-write',
  title: 'No role may write endpoints',
  severity: 'low',
  parameters: roleParameters,
  rationale:
    'Endpoints may name any address: who writes them can have an Ingress or a Service of one namespace send traffic to pods of another, past its NetworkPolicies.',
  remediation:
    'Take the right out. Clusters that have seen Kubernetes before 1.22 still have it in system:aggregate-to-edit: take it out of that role, whose annotation autoupdate puts back nothing that newer versions left out.',
  references: ['https://github.com/kubernetes/kubernetes/issues/103675'],

  violations: (resource, context) =>
    roleViolations(resource, rights.changeEndpoints, context, {
      judgesDefault: own => nameOf(own) === 'system:aggregate-to-edit',
    }),

  examples: {
    fail: {
      endpoints: { given: role([allow(['get', 'update'], 'endpoints')]), at: ['rules[0].verbs'] },
      'slices, in every group': { given: clusterRole([allow('create', 'endpointslices', '*')]) },
      'the role of the server that had it until 1.22': {
        given: serverRole(
          'system:aggregate-to-edit',
          [allow(['create', 'update'], ['configmaps', 'endpoints'])],
          {
            'rbac.authorization.k8s.io/aggregate-to-edit': 'true',
          },
        ),
      },
    },
    pass: {
      reading: { given: role([allow(['get', 'list', 'watch'], 'endpoints')]) },
      'a resource of that name in another group': { given: role([allow('update', 'endpoints', 'apps')]) },
      'one by its name': { given: role([allow('update', 'endpoints', '', 'leader')]) },
      'a controller of the server': {
        given: serverRole('system:controller:endpoint-controller', [
          allow(['create', 'update'], 'endpoints'),
        ]),
      },
    },
  },
})
