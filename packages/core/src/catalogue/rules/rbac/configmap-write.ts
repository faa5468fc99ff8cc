// Rule: no role may change ConfigMaps.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations, withVerbs } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'configmap-write',
  title: 'No role may change ConfigMaps',
  severity: 'low',
  defaultEnabled: false,
  parameters: {
    ...roleParameters,
    verbs: {
      type: 'string[]',
      default: ['create', 'update', 'patch', 'delete', 'deletecollection'],
      description: 'The verbs that count.',
    },
  },
  rationale: 'Applications read their settings from ConfigMaps: who changes them can change what runs.',
  remediation:
    'Limit it by resourceNames to the ConfigMaps that are meant, and use Leases for the election of leaders.',
  references: ['https://kubernetes.io/docs/concepts/configuration/configmap/'],

  violations: (resource, context) =>
    roleViolations(resource, withVerbs(rights.changeConfigMaps, context.parameters.verbs), context),

  examples: {
    fail: {
      update: { given: role([allow(['get', 'update'], 'configmaps')]), at: ['rules[0].verbs'] },
      'delete, in every group': { given: clusterRole([allow('delete', 'configmaps', '*')]) },
      'all resources': { given: role([allow('create', '*')]) },
      'other verbs, where they count': {
        given: role([allow('impersonate', 'configmaps')]),
        parameters: { verbs: ['impersonate'] },
      },
      'each of these verbs by itself': {
        given: role(['patch', 'deletecollection'].map(verb => allow(verb, 'configmaps'))),
        at: ['rules[0].verbs', 'rules[1].verbs'],
      },
    },
    pass: {
      reading: { given: role([allow(['get', 'list', 'watch'], 'configmaps')]) },
      'one by its name': { given: role([allow('update', 'configmaps', '', 'web-config')]) },
      'another group': { given: role([allow('update', 'configmaps', 'example.com')]) },
    },
  },
})
