// Rule: network policies limit whom a pod may talk to.

import { defineRule } from '../../../model/rule.ts'
import { adminPolicy, ciliumPolicy, denyAll, networkPolicy } from '../../../samples/network-policies.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'
import {
  everywhereParameter,
  hasOwnNetwork,
  isolationReads,
  undecidedIsolation,
  unlimited,
} from './isolation-faults.ts'

const forWeb = { podSelector: { matchLabels: { app: 'web' } } }
const to443 = { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }] }

export const rule = defineRule({
  id: 'pod-egress-isolation',
  title: 'Network policies limit whom a pod may talk to',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  reads: isolationReads,
  parameters: { allowEverywhere: everywhereParameter },
  rationale:
    'Whoever takes over a pod wants to fetch tools, carry data away and reach other machines; a policy for egress stops all of it.',
  remediation:
    'Create a NetworkPolicy that selects the pod with policyTypes Egress and names what it needs, DNS among it.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],

  concerns: hasOwnNetwork,
  violations: (pod, { lookup, parameters }) => unlimited(pod, 'egress', parameters.allowEverywhere, lookup),
  unseen: (pod, { lookup }) => undecidedIsolation(pod, 'egress', lookup),

  examples: {
    fail: {
      'no policy': { given: deployment(), at: ['spec.template.metadata.labels'] },
      'a policy for ingress alone': { given: cronJob(), with: [denyAll('Ingress')] },
      'rules for egress that the types leave out': {
        given: deployment(),
        with: [networkPolicy({ ...forWeb, policyTypes: ['Ingress'], egress: [to443] })],
      },
      'a policy that lets everything through': {
        given: deployment(),
        with: [networkPolicy({ ...forWeb, egress: [{}] })],
      },
      'a policy that names every address': {
        given: deployment(),
        with: [networkPolicy({ ...forWeb, egress: [to443] })],
        parameters: { allowEverywhere: false },
      },
    },
    pass: {
      'a policy with rules for egress, and no types': {
        given: deployment(),
        with: [networkPolicy({ ...forWeb, egress: [to443] })],
      },
      'a policy for all pods': { given: pod(), with: [denyAll('Egress')] },
      'a policy of Cilium': {
        given: deployment(),
        with: [ciliumPolicy({ endpointSelector: {}, egress: [{ toEndpoints: [{}] }] })],
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
