// Rule: network policies keep a pod from the metadata service of the cloud.

import { defineRule } from '../../../model/rule.ts'
import {
  adminPolicy,
  ciliumPolicy,
  denyAll,
  globalCalicoPolicy,
  networkPolicy,
} from '../../../samples/network-policies.ts'
import { deployment, pod } from '../../../samples/pods.ts'
import { hasOwnNetwork, isolationOfPod, isolationReads, undecidedIsolation } from './isolation-faults.ts'

const toBlock = (cidr: string, ...except: string[]) =>
  networkPolicy({ podSelector: {}, egress: [{ to: [{ ipBlock: { cidr, except } }] }] })

export const rule = defineRule({
  id: 'metadata-service-egress',
  title: 'Network policies keep a pod from the metadata service of the cloud',
  severity: 'medium',
  defaultEnabled: false,
  subject: 'PodTemplate',
  reads: isolationReads,
  parameters: {
    addresses: {
      type: 'string[]',
      default: ['169.254.169.254'],
      description: 'The addresses of the metadata service; fd00:ec2::254 is that of AWS in IPv6.',
    },
  },
  rationale:
    'The metadata service of most clouds gives the credentials of the node to whoever asks from it; a pod that reaches it acts as the node.',
  remediation:
    'Limit egress by a NetworkPolicy whose blocks leave out 169.254.169.254/32, and make the nodes require session tokens with a hop limit of 1.',
  references: [
    'https://kubernetes.io/docs/concepts/security/security-checklist/',
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  ],

  concerns: hasOwnNetwork,

  *violations(pod, { lookup, parameters: { addresses } }) {
    const found = isolationOfPod(pod, 'egress', lookup)
    if (found.state === 'unknown') return
    const path = `${pod.metadataPath}.labels`
    const actual = pod.metadata.labels
    for (const address of addresses) {
      const through =
        found.state === 'open' ? undefined : found.by.find(guard => guard.admitsAddress('egress', address))
      if (found.state === 'open' || through)
        yield {
          path,
          actual,
          expected: through
            ? `no policy that lets it through to ${address} (${through.resource.metadata.name ?? ''} does)`
            : `a network policy for egress that leaves out ${address}`,
        }
    }
  },

  unseen: (pod, { lookup }) => undecidedIsolation(pod, 'egress', lookup),

  examples: {
    fail: {
      'no policy': { given: deployment(), at: ['spec.template.metadata.labels'] },
      'every address': { given: deployment(), with: [toBlock('0.0.0.0/0')] },
      'a block that holds it': { given: pod(), with: [toBlock('169.254.0.0/16', '169.254.170.0/24')] },
      'a strict policy beside a wide one': { given: pod(), with: [denyAll('Egress'), toBlock('0.0.0.0/0')] },
      'another address, by parameter': {
        given: pod(),
        with: [toBlock('fd00::/8')],
        parameters: { addresses: ['fd00:ec2::254'] },
      },
      'the world, in the words of Cilium': {
        given: pod(),
        with: [ciliumPolicy({ endpointSelector: {}, egress: [{ toEntities: ['world'] }] })],
      },
    },
    pass: {
      'no egress at all': { given: deployment(), with: [denyAll('Egress')] },
      'every address but this': { given: deployment(), with: [toBlock('0.0.0.0/0', '169.254.169.254/32')] },
      'every address but more than this': {
        given: deployment(),
        with: [toBlock('0.0.0.0/0', '169.254.0.0/16')],
      },
      'other blocks': { given: deployment(), with: [toBlock('10.0.0.0/8')] },
      'pods alone': {
        given: deployment(),
        with: [networkPolicy({ podSelector: {}, egress: [{ to: [{ namespaceSelector: {} }] }] })],
      },
      'every address but this, in the words of Cilium': {
        given: pod(),
        with: [
          ciliumPolicy({
            endpointSelector: {},
            egress: [{ toCIDRSet: [{ cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] }] }],
          }),
        ],
      },
      'every address but this, in the words of Calico': {
        given: pod(),
        with: [
          globalCalicoPolicy({
            types: ['Egress'],
            egress: [{ action: 'Allow', destination: { notNets: ['169.254.169.254/32'] } }],
          }),
        ],
      },
    },
    notEvaluated: {
      'a policy of a kind that is not weighed': {
        given: deployment(),
        with: [adminPolicy({ subject: { namespaces: {} }, egress: [{ name: 'x', action: 'Deny' }] })],
      },
    },
    unconcerned: { 'a pod in the network of its node': { given: pod({ hostNetwork: true }) } },
  },
})
