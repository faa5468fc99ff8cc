// Rule: no role may change the kinds that the API serves.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

const extensions = 'apiextensions.k8s.io'

export const rule = defineRule({
  ...roleRule,
  id: 'custom-resource-definition-write',
  title: 'No role may change CustomResourceDefinitions',
  severity: 'medium',
  parameters: roleParameters,
  rationale:
    'A CustomResourceDefinition may send every object of its kind through a webhook of its author’s choice, and deleting one deletes all its objects in all namespaces.',
  remediation:
    'Leave it to administrators and the pipeline that installs operators; limit operators by resourceNames to their own kinds.',
  references: [
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#webhook-conversion',
  ],

  violations: (resource, context) => roleViolations(resource, rights.changeDefinitions, context),

  examples: {
    fail: {
      create: {
        given: clusterRole([allow(['get', 'create'], 'customresourcedefinitions', extensions)]),
        at: ['rules[0].verbs'],
      },
      delete: { given: clusterRole([allow('delete', 'customresourcedefinitions', extensions)]) },
      'every group': { given: clusterRole([allow('*', 'customresourcedefinitions', '*')]) },
    },
    pass: {
      reading: {
        given: clusterRole([allow(['get', 'list', 'watch'], 'customresourcedefinitions', extensions)]),
      },
      'one by its name': {
        given: clusterRole([allow('patch', 'customresourcedefinitions', extensions, 'widgets.example.com')]),
      },
      'the status': { given: clusterRole([allow('update', 'customresourcedefinitions/status', extensions)]) },
      'in a Role, which cannot grant it': {
        given: role([allow('create', 'customresourcedefinitions', extensions)]),
      },
      'custom resources': { given: clusterRole([allow('*', '*', 'example.com')]) },
    },
  },
})
