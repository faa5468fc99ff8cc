// Rule: no role may delete workloads and their data.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'excessive-deletion',
  title: 'No role may delete workloads and their data',
  severity: 'low',
  defaultEnabled: false,
  parameters: roleParameters,
  rationale: 'Who deletes workloads, volumes or namespaces ends the service, and often the data with it.',
  remediation:
    'Give delete to the people and controllers that deploy, in their own namespaces, and deletecollection to hardly anybody.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#namespace-modification'],

  violations: (resource, context) => roleViolations(resource, rights.deleteData, context),

  examples: {
    fail: {
      workloads: { given: role([allow('delete', 'deployments', 'apps')]), at: ['rules[0].verbs'] },
      data: { given: role([allow(['get', 'deletecollection'], 'persistentvolumeclaims')]) },
      namespaces: { given: clusterRole([allow('delete', 'namespaces')]) },
      'all resources': { given: role([allow('*', '*')]) },
    },
    pass: {
      'reading and writing': { given: role([allow(['get', 'create', 'update'], ['pods', 'secrets'])]) },
      'other resources': { given: role([allow('delete', ['events', 'leases'])]) },
      'a foreign kind of that name': { given: role([allow('delete', 'jobs', 'kueue.example.com')]) },
      'one by its name': { given: role([allow('delete', 'configmaps', '', 'lock')]) },
    },
  },
})
