// Rule: no Service opens a port on every node.

import { readService } from '../../../kube/kinds/service.ts'
import { defineRule } from '../../../model/rule.ts'
import { service } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'

export const rule = defineRule({
  id: 'service-node-port',
  title: 'No Service opens a port on every node',
  severity: 'medium',
  subject: 'Service',
  rationale:
    'A node port is reached at the address of each node, past ingress controllers, their TLS and their logs, by whoever reaches a node.',
  remediation:
    'Use the type ClusterIP, and an Ingress or Gateway for what must be reached from outside the cluster.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport'],

  *violations(resource) {
    if (readService(resource).spec?.type === 'NodePort')
      yield { path: 'spec.type', actual: 'NodePort', expected: 'ClusterIP' }
  },

  examples: {
    fail: {
      'a NodePort': { given: service({ type: 'NodePort' }), at: ['spec.type'] },
      'without any ports': { given: object('v1', 'Service', {}, { spec: { type: 'NodePort' } }) },
      'in kube-system too': { given: service({ type: 'NodePort' }, { namespace: 'kube-system' }) },
    },
    pass: {
      'nothing said': { given: service() },
      'no spec at all': { given: object('v1', 'Service') },
      'a ClusterIP': { given: service({ type: 'ClusterIP' }) },
      'a LoadBalancer, which another rule judges': { given: service({ type: 'LoadBalancer' }) },
    },
  },
})
