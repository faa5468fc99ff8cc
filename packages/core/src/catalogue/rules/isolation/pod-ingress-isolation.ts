// Rule: network policies limit who may talk to a pod.

import { defineRule } from '../../../model/rule.ts'
import {
  adminPolicy,
  calicoPolicy,
  ciliumPolicy,
  clusterwideCiliumPolicy,
  denyAll,
  networkPolicy,
} from '../../../samples/network-policies.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'
import {
  everywhereParameter,
  hasOwnNetwork,
  isolationReads,
  undecidedIsolation,
  unlimited,
} from './isolation-faults.ts'

const forWeb = { podSelector: { matchLabels: { app: 'web' } } }
const from = (...peers: object[]) => ({ ingress: [{ from: peers }] })
const everywhere = { ipBlock: { cidr: '0.0.0.0/0' } }

export const rule = defineRule({
  id: 'pod-ingress-isolation',
  title: 'Network policies limit who may talk to a pod',
  severity: 'medium',
  subject: 'PodTemplate',
  reads: isolationReads,
  parameters: { allowEverywhere: everywhereParameter },
  rationale:
    'Without a policy every pod of the cluster may talk to every port of it, so one that is taken over reaches all the others.',
  remediation:
    'Create a NetworkPolicy that selects the pod with policyTypes Ingress and names who may come; begin with one that denies all in the namespace.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],

  concerns: hasOwnNetwork,
  violations: (pod, { lookup, parameters }) => unlimited(pod, 'ingress', parameters.allowEverywhere, lookup),
  unseen: (pod, { lookup }) => undecidedIsolation(pod, 'ingress', lookup),

  examples: {
    fail: {
      'no policy': { given: deployment(), at: ['spec.template.metadata.labels'] },
      'no policy, and no labels': { given: pod(), at: ['metadata.labels'] },
      'a policy for other pods': {
        given: deployment(),
        with: [networkPolicy({ podSelector: { matchLabels: { app: 'db' } } })],
      },
      'a policy of another namespace': {
        given: cronJob(),
        with: [{ ...denyAll('Ingress'), metadata: { name: 'deny', namespace: 'other' } }],
      },
      'a policy for egress alone': { given: deployment(), with: [denyAll('Egress')] },
      'a policy that lets everything through': {
        given: deployment(),
        with: [networkPolicy({ ...forWeb, ingress: [{}] })],
      },
      'a policy that names every address': {
        given: deployment(),
        with: [networkPolicy({ ...forWeb, ingress: [{ from: [everywhere], ports: [{ port: 80 }] }] })],
        parameters: { allowEverywhere: false },
      },
      'a policy of Cilium for other pods': {
        given: deployment(),
        with: [ciliumPolicy({ endpointSelector: { matchLabels: { app: 'db' } }, ingress: [{}] })],
      },
    },
    pass: {
      'a policy for the pod': {
        given: deployment(),
        with: [networkPolicy({ ...forWeb, ...from({ podSelector: { matchLabels: { app: 'front' } } }) })],
      },
      'a policy for all pods': { given: cronJob(), with: [denyAll('Ingress')] },
      'every address, on some ports': {
        given: deployment(),
        with: [networkPolicy({ ...forWeb, ingress: [{ from: [everywhere], ports: [{ port: 80 }] }] })],
      },
      'a policy of Cilium': {
        given: deployment(),
        with: [ciliumPolicy({ endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] })],
      },
      'a policy of Cilium for all namespaces': {
        given: pod(),
        with: [clusterwideCiliumPolicy({ endpointSelector: {}, ingress: [{ fromEntities: ['cluster'] }] })],
      },
      'a policy of Calico': { given: deployment(), with: [calicoPolicy({ selector: "app == 'web'" })] },
    },
    notEvaluated: {
      'a policy of a kind that is not weighed': {
        given: deployment(),
        with: [adminPolicy({ subject: { namespaces: {} }, ingress: [{ name: 'x', action: 'Deny' }] })],
      },
      'a policy that cannot be read': {
        given: deployment(),
        with: [calicoPolicy({ selector: 'app = web' })],
      },
    },
    unconcerned: { 'a pod in the network of its node': { given: deployment({ hostNetwork: true }) } },
  },
})
