// Rule: every namespace denies all traffic that no policy allows.

import { nameOf } from '../../../kube/asset-key.ts'
import type { Direction, Guard } from '../../../kube/network/guard.ts'
import { guardsOfAll, isDefaultDeny, policyKinds } from '../../../kube/network/isolation.ts'
import { guardOfUnweighed, unweighedKinds } from '../../../kube/network/unweighed-policy.ts'
import { groupOf } from '../../../kube/pod-template.ts'
import { defineRule } from '../../../model/rule.ts'
import {
  adminPolicy,
  ciliumPolicy,
  denyAll,
  globalCalicoPolicy,
  networkPolicy,
} from '../../../samples/network-policies.ts'
import { namespace } from '../../../samples/objects.ts'

const directions: readonly Direction[] = ['ingress', 'egress']

export const rule = defineRule({
  id: 'namespace-default-deny',
  title: 'Every namespace denies the traffic that no policy allows',
  severity: 'medium',
  defaultEnabled: false,
  subject: 'Namespace',
  reads: policyKinds,
  parameters: {
    directions: {
      type: 'string[]',
      default: ['ingress', 'egress'],
      description: 'What is to be denied: ingress, egress or both.',
    },
  },
  rationale:
    'Policies for single workloads leave open what nobody thought of; one for all pods that allows nothing closes it, for workloads to come as well.',
  remediation:
    'Create a NetworkPolicy with an empty podSelector, policyTypes Ingress and Egress, and no rules; then allow what is needed by further policies.',
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-and-all-egress-traffic',
  ],

  *violations(resource, { lookup, parameters }) {
    const name = nameOf(resource)
    const guards = lookup.derive(guardsOfAll).of(name)
    for (const direction of directions)
      if (parameters.directions.includes(direction) && stateOf(guards, direction) === 'allowed')
        yield {
          path: 'metadata.name',
          actual: resource.metadata.name,
          expected: `a network policy for all pods that lets no ${direction} through`,
        }
  },

  unseen(resource, { lookup, parameters }) {
    const guards = lookup.derive(guardsOfAll).of(nameOf(resource))
    return directions.some(one => parameters.directions.includes(one) && stateOf(guards, one) === 'unknown')
      ? 'policies of kinds that are not weighed may deny it'
      : undefined
  },

  examples: {
    fail: {
      'no policy': { given: namespace(), at: ['metadata.name', 'metadata.name'] },
      'ingress alone': { given: namespace(), with: [denyAll('Ingress')], at: ['metadata.name'] },
      'egress alone': { given: namespace(), with: [denyAll('Egress')] },
      'for some pods': {
        given: namespace(),
        with: [
          networkPolicy({ podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress', 'Egress'] }),
        ],
      },
      'with a rule': {
        given: namespace(),
        with: [networkPolicy({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] })],
        parameters: { directions: ['ingress'] },
      },
      'of another namespace': {
        given: namespace({ name: 'other' }),
        with: [denyAll('Ingress', 'Egress')],
      },
      'a policy of a kind that is not weighed, for the other direction': {
        given: namespace(),
        with: [adminPolicy({ subject: { namespaces: {} }, ingress: [{ action: 'Deny' }] })],
        parameters: { directions: ['egress'] },
      },
    },
    pass: {
      'both in one': { given: namespace(), with: [denyAll('Ingress', 'Egress')] },
      'both in two': { given: namespace(), with: [denyAll('Ingress'), denyAll('Egress')] },
      'no types, where ingress is asked for': {
        given: namespace(),
        with: [networkPolicy({ podSelector: {} })],
        parameters: { directions: ['ingress'] },
      },
      'allowances beside it': {
        given: namespace(),
        with: [denyAll('Ingress', 'Egress'), networkPolicy({ podSelector: {}, ingress: [{}] })],
      },
      'in the words of Cilium': {
        given: namespace(),
        with: [ciliumPolicy({ endpointSelector: {}, ingress: [{}], egress: [{}] })],
      },
      'in the words of Calico, for all namespaces': {
        given: namespace(),
        with: [globalCalicoPolicy({ types: ['Ingress', 'Egress'] })],
      },
      'a policy of a kind that is not weighed, for a direction that does not count': {
        given: namespace(),
        with: [
          denyAll('Egress'),
          adminPolicy({ subject: { namespaces: {} }, ingress: [{ action: 'Deny' }] }),
        ],
        parameters: { directions: ['egress'] },
      },
    },
    notEvaluated: {
      'a policy of a kind that is not weighed': {
        given: namespace(),
        with: [
          denyAll('Egress'),
          adminPolicy({ subject: { namespaces: {} }, ingress: [{ action: 'Deny' }] }),
        ],
      },
    },
  },
})

function stateOf(guards: readonly Guard[], direction: Direction): 'denied' | 'allowed' | 'unknown' {
  if (guards.some(guard => isDefaultDeny(guard, direction))) return 'denied'
  const anyPod = { namespace: '', labels: {}, serviceAccount: '', namespaceLabels: () => undefined }
  const isOpen = guards.every(
    ({ resource }) =>
      !unweighedKinds.includes(`${resource.kind}.${groupOf(resource.apiVersion)}`) ||
      guardOfUnweighed(resource).grip(anyPod, direction).selects === false,
  )
  return isOpen ? 'allowed' : 'unknown'
}
