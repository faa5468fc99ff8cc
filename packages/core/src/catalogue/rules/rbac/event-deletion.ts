// Rule: no role may delete events.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'event-deletion',
  title: 'No role may delete events',
  severity: 'low',
  parameters: roleParameters,
  rationale: 'Events are the first trace of what happened: who deletes them can hide it.',
  remediation: 'Take delete and deletecollection out; events go by themselves after an hour.',
  references: ['https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/'],

  violations: (resource, context) => roleViolations(resource, rights.deleteEvents, context),

  examples: {
    fail: {
      delete: { given: role([allow(['get', 'delete'], 'events')]), at: ['rules[0].verbs'] },
      'many at once, by the newer group': {
        given: clusterRole([allow('deletecollection', 'events', 'events.k8s.io')]),
      },
      'all resources': { given: role([allow('*', '*')]) },
    },
    pass: {
      'writing events': {
        given: clusterRole([allow(['create', 'patch', 'update'], 'events', ['', 'events.k8s.io'])]),
      },
      'events of another group': { given: role([allow('delete', 'events', 'argoproj.io')]) },
      'a role of the server': {
        given: serverRole('system:aggregate-to-edit', [allow('delete', 'events', ['', 'events.k8s.io'])]),
      },
    },
  },
})
