// Rule: admission controls refuse requests while they cannot answer.

import { failurePolicyOf, readAdmissionPolicy, webhooksOf } from '../../../kube/admission/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { admissionPolicy, mutatingWebhooks, validatingWebhooks, webhook } from '../../../samples/admission.ts'
import { object } from '../../../samples/objects.ts'

export const rule = defineRule({
  id: 'admission-fails-open',
  title: 'Admission controls refuse requests while they cannot answer',
  severity: 'medium',
  subject: 'AdmissionControl',
  kinds: ['MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingWebhookConfiguration'],
  parameters: {
    mutating: {
      type: 'boolean',
      default: false,
      description:
        'Whether this holds for webhooks that change objects too, most of which only add conveniences.',
    },
  },
  rationale:
    'A control that lets everything through while it is down is no control: whoever can make it fail, by load or by deleting its pods, gets past it.',
  remediation:
    'Set failurePolicy: Fail, run the webhook in several replicas, and leave kube-system and its own namespace out of its reach.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy',
    'https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/',
  ],

  *violations(resource, { parameters }) {
    if (resource.kind === 'ValidatingAdmissionPolicy') {
      const failurePolicy = readAdmissionPolicy(resource).spec?.failurePolicy
      if (failurePolicy === 'Ignore')
        yield { path: 'spec.failurePolicy', actual: failurePolicy, expected: 'Fail, or unset' }
      return
    }
    if (resource.kind === 'MutatingWebhookConfiguration' && !parameters.mutating) return
    for (const [index, own] of webhooksOf(resource).entries())
      if (failurePolicyOf(resource, own) === 'Ignore')
        yield {
          path: `webhooks[${index}].failurePolicy`,
          actual: own.failurePolicy,
          expected: 'Fail',
          discriminator: own.name ?? '',
        }
  },

  examples: {
    fail: {
      'a validating webhook': {
        given: validatingWebhooks(webhook({ failurePolicy: 'Ignore' })),
        at: ['webhooks[0].failurePolicy'],
      },
      'a policy': { given: admissionPolicy({ failurePolicy: 'Ignore' }), at: ['spec.failurePolicy'] },
      'the second of two': {
        given: validatingWebhooks(
          webhook({ failurePolicy: 'Fail' }),
          webhook({ name: 'b', failurePolicy: 'Ignore' }),
        ),
        at: ['webhooks[1].failurePolicy'],
      },
      'nothing said, in the old version': {
        given: { ...validatingWebhooks(webhook()), apiVersion: 'admissionregistration.k8s.io/v1beta1' },
      },
      'a mutating one, where that is asked for': {
        given: mutatingWebhooks(webhook({ failurePolicy: 'Ignore' })),
        parameters: { mutating: true },
      },
    },
    pass: {
      'one that fails': { given: validatingWebhooks(webhook({ failurePolicy: 'Fail' })) },
      'nothing said': { given: validatingWebhooks(webhook()) },
      'a policy that says nothing': { given: admissionPolicy() },
      'a mutating one': { given: mutatingWebhooks(webhook({ failurePolicy: 'Ignore' })) },
      'no webhooks': { given: validatingWebhooks() },
      'a policy that is empty': {
        given: object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'),
      },
    },
  },
})
