// Rule: a node has no public address.

import { readNode } from '../../../kube/kinds/node.ts'
import { isPublicAddress } from '../../../kube/network/public-address.ts'
import { defineRule } from '../../../model/rule.ts'
import { node } from '../../../samples/nodes.ts'
import { object } from '../../../samples/objects.ts'

const at = (...addresses: readonly (readonly [string, string])[]) => node({}, {}, addresses)

export const rule = defineRule({
  id: 'node-public-address',
  title: 'A node has no public address',
  severity: 'medium',
  defaultEnabled: false,
  subject: 'Node',
  absent: 'not-collected',
  rationale:
    'A node that the whole internet can reach answers there with its kubelet, its SSH and every host port and NodePort, unless a firewall says no.',
  remediation: 'Run nodes in private subnets, and give them a NAT gateway or proxies for what they fetch.',
  references: ['https://kubernetes.io/docs/reference/node/node-status/#addresses'],

  *violations(resource) {
    for (const [index, { type, address = '' }] of (readNode(resource).status?.addresses ?? []).entries())
      if (type?.endsWith('IP') && isPublicAddress(address))
        yield {
          path: `status.addresses[${index}].address`,
          actual: address,
          expected: 'private addresses alone',
        }
  },

  unseen: resource =>
    (readNode(resource).status?.addresses ?? []).length === 0 ? 'the node tells no addresses' : undefined,

  examples: {
    fail: {
      'an external one': {
        given: at(['InternalIP', '10.0.0.7'], ['ExternalIP', '203.0.114.9']),
        at: ['status.addresses[1].address'],
      },
      'a public one that is called internal': { given: at(['InternalIP', '8.8.8.8']) },
      'one of IPv6': { given: at(['InternalIP', '10.0.0.7'], ['ExternalIP', '2600:1f14::7']) },
    },
    pass: {
      'private ones': { given: at(['InternalIP', '10.0.0.7'], ['Hostname', 'node-1']) },
      'an external one that is private': {
        given: at(['InternalIP', '10.0.0.7'], ['ExternalIP', '192.168.1.7']),
      },
      'an external one that is empty, as GKE writes it': {
        given: at(['InternalIP', '10.0.0.7'], ['ExternalIP', '']),
      },
      'one of the carrier’s network': { given: at(['InternalIP', '100.64.3.7']) },
      'local ones of IPv6': { given: at(['InternalIP', 'fd00::7'], ['InternalIP', 'fe80::7']) },
      'a name': { given: at(['InternalIP', '10.0.0.7'], ['ExternalDNS', '8.8.8.8']) },
    },
    notEvaluated: { 'no addresses': { given: object('v1', 'Node') } },
  },
})
