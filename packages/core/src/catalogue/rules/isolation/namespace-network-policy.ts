// Rule: every namespace has a network policy.

import { nameOf } from '../../../kube/asset-key.ts'
import { guardsOfAll, isDefaultDeny, policyKinds } from '../../../kube/network/isolation.ts'
import { defineRule } from '../../../model/rule.ts'
import {
  adminPolicy,
  calicoPolicy,
  ciliumPolicy,
  clusterwideCiliumPolicy,
  denyAll,
  globalCalicoPolicy,
  networkPolicy,
} from '../../../samples/network-policies.ts'
import { namespace } from '../../../samples/objects.ts'

const isForAll = ({ namespace: own }: { readonly namespace: string }) => own === ''

export const rule = defineRule({
  id: 'namespace-network-policy',
  title: 'Every namespace has a network policy',
  severity: 'medium',
  defaultEnabled: false,
  subject: 'Namespace',
  reads: policyKinds,
  rationale:
    'In a namespace without network policies all pods talk to all others, and to those of every other namespace.',
  remediation: 'Create NetworkPolicies in the namespace; begin with one that denies all ingress and egress.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],

  *violations(resource, { lookup }) {
    const name = nameOf(resource)
    if (lookup.derive(guardsOfAll).of(name).length === 0)
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected: 'a network policy in this namespace',
      }
  },

  unseen(resource, { lookup }) {
    const guards = lookup.derive(guardsOfAll).of(nameOf(resource))
    const isCovered = guards.some(
      guard => !isForAll(guard) || isDefaultDeny(guard, 'ingress') || isDefaultDeny(guard, 'egress'),
    )
    return guards.length === 0 || isCovered
      ? undefined
      : 'it has no network policy of its own, and which of its pods the policies for all namespaces select is not known'
  },

  examples: {
    fail: {
      none: { given: namespace(), at: ['metadata.name'] },
      'one of another namespace': {
        given: namespace(),
        with: [{ ...denyAll('Ingress'), metadata: { name: 'deny', namespace: 'other' } }],
      },
      'kube-system too': { given: namespace({ name: 'kube-system' }), with: [denyAll('Ingress')] },
    },
    pass: {
      one: { given: namespace(), with: [denyAll('Ingress')] },
      'one for some pods': {
        given: namespace(),
        with: [networkPolicy({ podSelector: { matchLabels: { app: 'web' } } })],
      },
      'one of Cilium': { given: namespace(), with: [ciliumPolicy({ endpointSelector: {}, ingress: [{}] })] },
      'one of Calico': { given: namespace(), with: [calicoPolicy({ selector: 'has(app)' })] },
      'one that denies all in all namespaces': { given: namespace(), with: [globalCalicoPolicy({})] },
      'one that denies all egress in all namespaces, beside one for some pods': {
        given: namespace(),
        with: [
          clusterwideCiliumPolicy({ endpointSelector: { matchLabels: { app: 'web' } }, ingress: [{}] }),
          globalCalicoPolicy({ types: ['Egress'] }),
        ],
      },
    },
    notEvaluated: {
      'one of Cilium for all namespaces': {
        given: namespace(),
        with: [clusterwideCiliumPolicy({ endpointSelector: { matchLabels: { app: 'web' } }, ingress: [{}] })],
      },
      'one of a kind that is not weighed': {
        given: namespace(),
        with: [adminPolicy({ subject: { namespaces: {} }, ingress: [{ action: 'Deny' }] })],
      },
    },
  },
})
