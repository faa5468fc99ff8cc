// Rule: no Ingress takes a whole domain for itself.

import { readIngress } from '../../../kube/kinds/ingress.ts'
import { defineRule } from '../../../model/rule.ts'
import { ingress } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'

const rules = (...hosts: string[]) => ({ rules: hosts.map(host => ({ host })) })

export const rule = defineRule({
  id: 'ingress-wildcard-host',
  title: 'No Ingress takes a whole domain for itself',
  severity: 'low',
  subject: 'Ingress',
  rationale:
    'A wildcard host catches the requests to every name of the domain that nobody else serves, also those meant for an application of others that is down or yet to come.',
  remediation: 'Name the hosts that the application serves.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards'],

  *violations(resource) {
    for (const [index, { host }] of (readIngress(resource).spec?.rules ?? []).entries())
      if (host?.includes('*'))
        yield { path: `spec.rules[${index}].host`, actual: host, expected: 'a host without *' }
  },

  examples: {
    fail: {
      'a wildcard': { given: ingress(rules('*.example.com')), at: ['spec.rules[0].host'] },
      'the second rule': {
        given: ingress(rules('shop.example.com', '*')),
        at: ['spec.rules[1].host'],
      },
      'in an old version': { given: ingress(rules('*.example.com'), {}, 'networking.k8s.io/v1beta1') },
    },
    pass: {
      'a host': { given: ingress() },
      'no rules': { given: ingress({ rules: [] }) },
      'no host, which another rule judges': { given: ingress({ rules: [{ http: {} }] }) },
      'a wildcard certificate': { given: ingress({ tls: [{ hosts: ['*.example.com'] }] }) },
      'nothing but a default backend': { given: ingress({ rules: undefined, defaultBackend: {} }) },
      'no spec at all': { given: object('networking.k8s.io/v1', 'Ingress') },
    },
  },
})
