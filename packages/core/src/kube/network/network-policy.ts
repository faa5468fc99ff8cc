// NetworkPolicy: Kubernetes' own policy of who may talk to and from pods.
//
// Names, types and meaning: Kubernetes networking.k8s.io/v1 and kubernetes.io, "Network Policies"; defaulting: SetDefaults_NetworkPolicy.

import type { Resource } from '../../model/resource.ts'
import { anything, integer, list, numberOrString, object, string, type TypeOf } from '../../model/shape.ts'
import { namespaceOf } from '../asset-key.ts'
import { findSelectorFault, labelSelectorShape, selects } from '../label-selector.ts'
import { blockHolds, isEverywhere } from './cidr.ts'
import { type Admits, type Direction, describePolicy, type Guard, loose, widest } from './guard.ts'

const peer = object({
  podSelector: labelSelectorShape,
  namespaceSelector: labelSelectorShape,
  ipBlock: object({ cidr: string, except: list(string) }),
})
const ports = list(object({ protocol: string, port: numberOrString, endPort: integer }))
const spec = object({
  podSelector: labelSelectorShape,
  policyTypes: list(string),
  ingress: list(object({ from: list(peer), ports })),
  egress: list(object({ to: list(peer), ports })),
  /** Never part of the API; some manifests carry it. */
  namespaceSelector: anything,
})
export const networkPolicyShape = object({ spec })

export type NetworkPolicy = Resource & TypeOf<typeof networkPolicyShape>
type Peer = TypeOf<typeof peer>

/** The resource as a NetworkPolicy; it has passed checkShape. */
export const readNetworkPolicy = (resource: Resource): NetworkPolicy => resource

/** One rule of either direction. */
export interface TrafficRule {
  /** Absent or empty: anybody. */
  readonly peers: readonly Peer[]
  /** Whether it is limited to some ports. */
  readonly hasPorts: boolean
}

/** Whether a policy governs a direction: as it says, or as the API server fills in. */
export function governs({ spec }: NetworkPolicy, direction: Direction): boolean {
  const types = spec?.policyTypes
  if (types !== undefined && types.length > 0)
    return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')
  return direction === 'ingress' || (spec?.egress?.length ?? 0) > 0
}

/** The rules of one direction. */
export function trafficRules({ spec }: NetworkPolicy, direction: Direction): readonly TrafficRule[] {
  const rule = (peers: readonly Peer[] | undefined, own: TypeOf<typeof ports> | undefined): TrafficRule => ({
    peers: peers ?? [],
    hasPorts: (own?.length ?? 0) > 0,
  })
  return direction === 'ingress'
    ? (spec?.ingress ?? []).map(one => rule(one.from, one.ports))
    : (spec?.egress ?? []).map(one => rule(one.to, one.ports))
}

/** The NetworkPolicy as a guard of its namespace's pods. */
export function guardOfNetworkPolicy(resource: Resource): Guard {
  const policy = readNetworkPolicy(resource)
  const selector = policy.spec?.podSelector ?? {}
  const isBroken = findSelectorFault(selector) !== undefined
  const admits = {
    ingress: admittedBy(trafficRules(policy, 'ingress')),
    egress: admittedBy(trafficRules(policy, 'egress')),
  }
  return {
    resource,
    namespace: namespaceOf(resource),
    grip(pod, direction) {
      if (!governs(policy, direction)) return loose
      if (isBroken)
        return {
          selects: 'unknown',
          because: `${describePolicy(resource)} has a selector that no API server takes`,
        }
      return selects(selector, pod.labels) ? { selects: true, admits: admits[direction] } : loose
    },
    admitsAddress: (direction, address) =>
      trafficRules(policy, direction).some(
        ({ peers }) => peers.length === 0 || peers.some(one => peerHolds(one, address)),
      ),
  }
}

function admittedBy(rules: readonly TrafficRule[]): Admits {
  let widestYet: Admits = 'nothing'
  for (const { peers, hasPorts } of rules) {
    const isOpen = peers.length === 0 || peers.some(isAnybody)
    widestYet = widest(widestYet, isOpen ? (hasPorts ? 'everyone' : 'everything') : 'some')
  }
  return widestYet
}

const isAnybody = ({ ipBlock }: Peer) =>
  ipBlock?.cidr !== undefined && isEverywhere(ipBlock.cidr) && (ipBlock.except ?? []).length === 0

/** True for an address outside the cluster, which no pod or namespace selector picks. */
function peerHolds({ ipBlock }: Peer, address: string): boolean {
  return (
    ipBlock?.cidr !== undefined &&
    blockHolds(ipBlock.cidr, address) &&
    !(ipBlock.except ?? []).some(block => blockHolds(block, address))
  )
}
