// Unweighed policy: policies of other kinds that may deny traffic; that they are there is known, what they add up to is not worked out.
//
// Sources: network-policy-api.sigs.k8s.io (AdminNetworkPolicy, BaselineAdminNetworkPolicy, ClusterNetworkPolicy) and
// antrea.io, "Antrea Network Policy CRDs".

import type { Resource } from '../../model/resource.ts'
import { isRecord } from '../../model/shape.ts'
import { namespaceOf } from '../asset-key.ts'
import { groupOf } from '../pod-template.ts'
import { type Direction, describePolicy, type Guard, loose } from './guard.ts'

/** The kinds, with their groups; those named `NetworkPolicy` are of one namespace, the others of all. */
export const unweighedKinds: readonly string[] = [
  'AdminNetworkPolicy.policy.networking.k8s.io',
  'BaselineAdminNetworkPolicy.policy.networking.k8s.io',
  'ClusterNetworkPolicy.policy.networking.k8s.io',
  'ClusterNetworkPolicy.crd.antrea.io',
  'NetworkPolicy.crd.antrea.io',
]

const denying = new Set(['Deny', 'Drop', 'Reject'])

/** A policy that may deny, as a guard: of the pods that it may select nothing sure can be said. */
export function guardOfUnweighed(resource: Resource): Guard {
  const isNamespaced = groupOf(resource.apiVersion) === 'crd.antrea.io' && resource.kind === 'NetworkPolicy'
  const because = `${describePolicy(resource)} (${resource.apiVersion}) may limit it, and such policies are not weighed`
  const denies = { ingress: mayDeny(resource, 'ingress'), egress: mayDeny(resource, 'egress') }
  return {
    resource,
    namespace: isNamespaced ? namespaceOf(resource) : '',
    grip: (_, direction) => (denies[direction] ? { selects: 'unknown', because } : loose),
    admitsAddress: () => false,
  }
}

function mayDeny({ spec }: Resource, direction: Direction): boolean {
  const rules: unknown = isRecord(spec) ? spec[direction] : undefined
  if (rules === undefined || rules === null) return false
  return !Array.isArray(rules) || rules.some(rule => !isRecord(rule) || denying.has(String(rule.action)))
}
