// Rule: no role may change how traffic flows.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'networking-write',
  title: 'No role may change Services, Ingresses and NetworkPolicies',
  severity: 'low',
  defaultEnabled: false,
  parameters: roleParameters,
  rationale:
    'Who writes these objects decides what can be reached from where: they can expose a workload, draw its traffic to themselves, or take away the policy that guards it.',
  remediation:
    'Give it to the people and controllers that deploy, in their own namespaces, and NetworkPolicies to fewer.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/'],

  violations: (resource, context) => roleViolations(resource, rights.changeNetworking, context),

  examples: {
    fail: {
      'a Service': { given: role([allow('create', 'services')]), at: ['rules[0].verbs'] },
      'a NetworkPolicy taken away': {
        given: role([allow('delete', 'networkpolicies', 'networking.k8s.io')]),
      },
      'an Ingress, in every group': { given: clusterRole([allow('patch', 'ingresses', '*')]) },
      'a route of a gateway': { given: role([allow('update', 'httproutes', 'gateway.networking.k8s.io')]) },
    },
    pass: {
      reading: { given: role([allow(['get', 'list', 'watch'], ['services', 'endpoints'])]) },
      'the status of Ingresses': {
        given: clusterRole([allow('update', 'ingresses/status', 'networking.k8s.io')]),
      },
      'Services of another group': { given: role([allow('create', 'services', 'serving.knative.dev')]) },
      'one by its name': { given: role([allow('patch', 'services', '', 'web')]) },
    },
  },
})
