// Rule: no role may change what the API server admits.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations, withVerbs } from './role-rights.ts'

const admission = 'admissionregistration.k8s.io'

export const rule = defineRule({
  ...roleRule,
  id: 'admission-configuration-write',
  title: 'No role may change admission control',
  severity: 'high',
  parameters: {
    ...roleParameters,
    verbs: {
      type: 'string[]',
      default: ['create', 'update', 'patch', 'delete', 'deletecollection'],
      description: 'The verbs that count.',
    },
  },
  rationale:
    'Admission webhooks and policies see every object on its way, Secrets included, may change it, and are what keeps dangerous ones out: who writes them can read, alter or let through anything.',
  remediation:
    'Leave these rights to administrators and the pipeline; limit controllers that renew their own webhook’s certificate by resourceNames.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#control-admission-webhooks',
  ],

  violations: (resource, context) =>
    roleViolations(resource, withVerbs(rights.changeAdmission, context.parameters.verbs), context),

  examples: {
    fail: {
      'webhooks that change objects': {
        given: clusterRole([allow('create', 'mutatingwebhookconfigurations', admission)]),
        at: ['rules[0].verbs'],
      },
      'webhooks that refuse objects, taken away': {
        given: clusterRole([allow(['get', 'delete'], 'validatingwebhookconfigurations', admission)]),
      },
      policies: { given: clusterRole([allow('patch', 'validatingadmissionpolicybindings', admission)]) },
      'every group': { given: clusterRole([allow('*', 'mutatingwebhookconfigurations', '*')]) },
      'in a Role, where that counts': {
        given: role([allow('patch', 'mutatingwebhookconfigurations', admission)]),
        parameters: { ineffective: true },
      },
      'other verbs, where they count': {
        given: clusterRole([allow('impersonate', 'validatingwebhookconfigurations', admission)]),
        parameters: { verbs: ['impersonate'] },
      },
      'each of these verbs by itself': {
        given: clusterRole(
          ['update', 'deletecollection'].map(verb => allow(verb, 'mutatingadmissionpolicies', admission)),
        ),
        at: ['rules[0].verbs', 'rules[1].verbs'],
      },
    },
    pass: {
      reading: {
        given: clusterRole([allow(['get', 'list', 'watch'], 'mutatingwebhookconfigurations', admission)]),
      },
      'one by its name': {
        given: clusterRole([
          allow('update', 'validatingwebhookconfigurations', admission, 'ingress-nginx-admission'),
        ]),
      },
      'the status of policies': {
        given: clusterRole([allow('update', 'validatingadmissionpolicies/status', admission)]),
      },
      'in a Role, which cannot grant it': {
        given: role([allow('create', 'mutatingwebhookconfigurations', admission)]),
      },
      'another group': {
        given: clusterRole([allow('create', 'validatingadmissionpolicies', 'policies.example.com')]),
      },
    },
  },
})
