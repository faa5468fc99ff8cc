// Rule: the Service of an admission webhook is there.

import { webhooksOf } from '../../../kube/admission/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { mutatingWebhooks, validatingWebhooks, webhook } from '../../../samples/admission.ts'
import { service } from '../../../samples/network.ts'

const gone = { clientConfig: { service: { namespace: 'guard', name: 'gone' } } }
const guard = service({}, { namespace: 'guard', name: 'guard' })

export const rule = defineRule({
  id: 'webhook-without-service',
  title: 'The Service of an admission webhook is there',
  severity: 'medium',
  subject: 'WebhookConfiguration',
  kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  reads: ['Service'],
  rationale:
    'Left behind by something that was removed, such a webhook refuses requests or lets them pass unseen; and whoever may create the Service sees and answers every request that it is asked about.',
  remediation: 'Delete the webhook configuration, or bring its Service back.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/'],

  *violations(resource, { lookup }) {
    for (const [index, { name, clientConfig }] of webhooksOf(resource).entries()) {
      const named = clientConfig?.service
      if (named && !lookup.get('Service', named.namespace, named.name ?? ''))
        yield {
          path: `webhooks[${index}].clientConfig.service.name`,
          actual: named.name,
          expected: `a Service of the namespace ${named.namespace ?? ''} among what was scanned`,
          discriminator: name ?? '',
        }
    }
  },

  examples: {
    fail: {
      'no Service': {
        given: validatingWebhooks(webhook(gone)),
        with: [guard],
        at: ['webhooks[0].clientConfig.service.name'],
      },
      'a Service of another namespace': {
        given: mutatingWebhooks(webhook(gone)),
        with: [service({}, { namespace: 'other', name: 'gone' })],
      },
      'the second of two': {
        given: validatingWebhooks(webhook(), webhook({ ...gone, name: 'b' })),
        with: [guard],
        at: ['webhooks[1].clientConfig.service.name'],
      },
    },
    pass: {
      'it is there': { given: validatingWebhooks(webhook()), with: [guard] },
      'an address outside': {
        given: validatingWebhooks(webhook({ clientConfig: { url: 'https://guard.example.com' } })),
      },
      'nothing said of where it is': { given: validatingWebhooks({ name: 'a' }) },
      'no webhooks': { given: mutatingWebhooks() },
    },
  },
})
