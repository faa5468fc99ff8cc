// Rule: no Service takes addresses for itself by externalIPs.

import { readService } from '../../../kube/kinds/service.ts'
import { defineRule } from '../../../model/rule.ts'
import { service } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'

export const rule = defineRule({
  id: 'service-external-ips',
  title: 'No Service takes addresses for itself by externalIPs',
  severity: 'medium',
  subject: 'Service',
  parameters: {
    allowed: {
      type: 'string[]',
      default: [],
      description: 'Addresses that may be named.',
    },
  },
  rationale:
    'Nodes send what is meant for such an address to the Service’s pods, whoever it belongs to: who may create Services can intercept others’ traffic (CVE-2020-8554).',
  remediation:
    'Remove spec.externalIPs and use a load balancer or an Ingress; the admission plugin DenyServiceExternalIPs keeps the field out.',
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/service/#external-ips',
    'https://github.com/kubernetes/kubernetes/issues/97076',
  ],

  *violations(resource, { parameters: { allowed } }) {
    for (const [index, address] of (readService(resource).spec?.externalIPs ?? []).entries())
      if (!allowed.includes(address))
        yield { path: `spec.externalIPs[${index}]`, actual: address, expected: 'no such address' }
  },

  examples: {
    fail: {
      'an address': { given: service({ externalIPs: ['192.0.2.1'] }), at: ['spec.externalIPs[0]'] },
      'one of two is allowed': {
        given: service({ externalIPs: ['192.0.2.1', '192.0.2.2'] }),
        parameters: { allowed: ['192.0.2.1'] },
        at: ['spec.externalIPs[1]'],
      },
    },
    pass: {
      'nothing said': { given: service() },
      'an empty list': { given: service({ externalIPs: [] }) },
      'an allowed address': {
        given: service({ externalIPs: ['192.0.2.1'] }),
        parameters: { allowed: ['192.0.2.1'] },
      },
      'the address that a load balancer gave': {
        given: service({ type: 'LoadBalancer', loadBalancerIP: '192.0.2.1' }),
      },
      'no spec at all': { given: object('v1', 'Service') },
    },
  },
})
