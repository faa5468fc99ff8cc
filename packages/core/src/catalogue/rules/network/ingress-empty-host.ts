// Rule: each rule of an Ingress names its host.

import { readIngress } from '../../../kube/kinds/ingress.ts'
import { defineRule } from '../../../model/rule.ts'
import { ingress } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'

export const rule = defineRule({
  id: 'ingress-empty-host',
  title: 'Each rule of an Ingress names its host',
  severity: 'low',
  subject: 'Ingress',
  rationale:
    'A rule without a host holds for every name that leads to the ingress controller: it answers for applications of others.',
  remediation: 'Give the rule the host that it is for.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-rules'],

  *violations(resource) {
    for (const [index, { host }] of (readIngress(resource).spec?.rules ?? []).entries())
      if (!host) yield { path: `spec.rules[${index}].host`, actual: host, expected: 'a host' }
  },

  examples: {
    fail: {
      'no host': { given: ingress({ rules: [{ http: {} }] }), at: ['spec.rules[0].host'] },
      'an empty host': { given: ingress({ rules: [{ host: '' }] }) },
      'the second rule': {
        given: ingress({ rules: [{ host: 'shop.example.com' }, { http: {} }] }),
        at: ['spec.rules[1].host'],
      },
    },
    pass: {
      'a host': { given: ingress() },
      'a wildcard, which another rule judges': { given: ingress({ rules: [{ host: '*.example.com' }] }) },
      'no rules': { given: ingress({ rules: [] }) },
      'nothing but a default backend': { given: ingress({ rules: undefined, defaultBackend: {} }) },
      'no spec at all': { given: object('networking.k8s.io/v1', 'Ingress') },
    },
  },
})
