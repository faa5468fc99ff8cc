// Isolation: whether network policies limit who talks to a pod, or whom it talks to; policies of all kinds taken together.

import type { PodTemplate } from '../../model/pod-template.ts'
import type { Resource } from '../../model/resource.ts'
import type { Derivation, Lookup } from '../../model/rule.ts'
import { groupOf } from '../pod-template.ts'
import { calicoGroups, guardOfCalico, isCalicoDefaultDeny } from './calico.ts'
import { ciliumGroup, guardOfCilium, isCiliumDefaultDeny } from './cilium.ts'
import { type Admits, type Direction, type Guard, type NetworkPod, widest } from './guard.ts'
import { governs, guardOfNetworkPolicy, readNetworkPolicy, trafficRules } from './network-policy.ts'
import { guardOfUnweighed, unweighedKinds } from './unweighed-policy.ts'

/** The kinds of network policies; a rule that asks for isolation lists them, and Namespace, in its `reads`. */
export const policyKinds: readonly string[] = [
  'NetworkPolicy',
  'CiliumNetworkPolicy.cilium.io',
  'CiliumClusterwideNetworkPolicy.cilium.io',
  ...calicoGroups.flatMap(group => [`NetworkPolicy.${group}`, `GlobalNetworkPolicy.${group}`]),
  ...unweighedKinds,
]

export type Isolation =
  /** No policy governs the direction: everything is let through. */
  | { readonly state: 'open' }
  /** Policies govern it and let through what they say, together. */
  | { readonly state: 'governed'; readonly admits: Admits; readonly by: readonly Guard[] }
  | { readonly state: 'unknown'; readonly because: string }

export interface Guards {
  /** The policies that may select pods of a namespace. */
  of(namespace: string): readonly Guard[]
}

/** All policies of a snapshot, by the namespaces that they are for. */
export const guardsOfAll: Derivation<Guards> = {
  kinds: policyKinds,
  from(resources) {
    const byNamespace = new Map<string, Guard[]>()
    for (const resource of resources) {
      const guard = guardOf(resource)
      const known = byNamespace.get(guard.namespace)
      if (known) known.push(guard)
      else byNamespace.set(guard.namespace, [guard])
    }
    const everywhere = byNamespace.get('') ?? []
    return {
      of: namespace =>
        namespace === '' ? everywhere : [...(byNamespace.get(namespace) ?? []), ...everywhere],
    }
  },
}

function guardOf(resource: Resource): Guard {
  const group = groupOf(resource.apiVersion)
  if (group === ciliumGroup) return guardOfCilium(resource)
  if (calicoGroups.includes(group)) return guardOfCalico(resource)
  if (unweighedKinds.includes(`${resource.kind}.${group}`)) return guardOfUnweighed(resource)
  return guardOfNetworkPolicy(resource)
}

/** What policies may know the pods of a template by. The lookup is asked for the namespace where a policy asks for its labels. */
export function networkPodOf(pod: PodTemplate, lookup: Lookup): NetworkPod {
  return {
    namespace: pod.namespace,
    labels: pod.metadata.labels ?? {},
    serviceAccount: pod.spec.serviceAccountName || pod.spec.serviceAccount || 'default',
    namespaceLabels() {
      const namespace = lookup.get('Namespace', undefined, pod.namespace)
      return namespace && { 'kubernetes.io/metadata.name': pod.namespace, ...namespace.metadata.labels }
    },
  }
}

/**
 * What all policies together say of a pod in one direction. Where it is not sure of some that they govern it, but others limit it, these
 * count: the former take away, and add peers inside the cluster at most.
 */
export function isolationOf(guards: Guards, pod: NetworkPod, direction: Direction): Isolation {
  const by: Guard[] = []
  let admits: Admits = 'nothing'
  let because: string | undefined
  for (const guard of guards.of(pod.namespace)) {
    const grip = guard.grip(pod, direction)
    if (grip.selects === 'unknown') because ??= grip.because
    else if (grip.selects) {
      by.push(guard)
      admits = widest(admits, grip.admits)
    }
  }
  const isLimited = by.length > 0 && admits !== 'everything'
  if (because !== undefined && !isLimited) return { state: 'unknown', because }
  return by.length > 0 ? { state: 'governed', admits, by } : { state: 'open' }
}

/** True where a policy denies all of a direction to every pod that it is for, whatever others allow. */
export function isDefaultDeny({ resource }: Guard, direction: Direction): boolean {
  const group = groupOf(resource.apiVersion)
  if (group === ciliumGroup) return isCiliumDefaultDeny(resource, direction)
  if (calicoGroups.includes(group)) return isCalicoDefaultDeny(resource, direction)
  if (unweighedKinds.includes(`${resource.kind}.${group}`)) return false
  const policy = readNetworkPolicy(resource)
  const { matchLabels = {}, matchExpressions = [] } = policy.spec?.podSelector ?? {}
  return (
    governs(policy, direction) &&
    Object.keys(matchLabels).length === 0 &&
    matchExpressions.length === 0 &&
    trafficRules(policy, direction).length === 0
  )
}
