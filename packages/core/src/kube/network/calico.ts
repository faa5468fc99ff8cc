// Calico: its network policies, which are ordered, may deny, and isolate the pods that they select.
//
// Source: docs.tigera.io, Calico reference, "Network policy" and "Global network policy" (types, selectors, actions).

import type { Resource } from '../../model/resource.ts'
import { anything, list, object, string, type TypeOf } from '../../model/shape.ts'
import { namespaceOf } from '../asset-key.ts'
import { type CalicoSelector, parseCalicoSelector } from './calico-selector.ts'
import { blockHolds, isEverywhere } from './cidr.ts'
import {
  type Admits,
  type Direction,
  describePolicy,
  type Grip,
  type Guard,
  loose,
  type NetworkPod,
  widest,
} from './guard.ts'

export const calicoGroups: readonly string[] = ['crd.projectcalico.org', 'projectcalico.org']

const entity = object({
  nets: list(string),
  notNets: list(string),
  selector: string,
  notSelector: string,
  namespaceSelector: string,
  serviceAccounts: anything,
  services: anything,
  ports: list(anything),
  notPorts: list(anything),
  domains: list(string),
})
const rules = list(
  object({
    action: string,
    protocol: anything,
    icmp: anything,
    http: anything,
    source: entity,
    destination: entity,
  }),
)
const spec = object({
  selector: string,
  namespaceSelector: string,
  serviceAccountSelector: string,
  types: list(string),
  ingress: rules,
  egress: rules,
})
const policyShape = object({ spec })
type Spec = TypeOf<typeof spec>
type Rule = NonNullable<Spec['ingress']>[number]
type Entity = TypeOf<typeof entity>

/** A NetworkPolicy or GlobalNetworkPolicy of Calico as a guard. */
export function guardOfCalico(resource: Resource): Guard {
  const isGlobal = resource.kind === 'GlobalNetworkPolicy'
  const problem = policyShape(resource)
  const own: Spec = problem ? {} : ((resource as TypeOf<typeof policyShape>).spec ?? {})
  const pods = parseCalicoSelector(own.selector ?? '')
  const namespaces = parseCalicoSelector(own.namespaceSelector ?? '')
  const accounts = parseCalicoSelector(own.serviceAccountSelector ?? '')
  const isReadable = !problem && pods && namespaces && accounts
  return {
    resource,
    namespace: isGlobal ? '' : namespaceOf(resource),
    grip(pod, direction) {
      if (!isReadable) return unknown(`${describePolicy(resource)} cannot be read`)
      if (!governs(own, direction)) return loose
      if (!pods(endpointLabels(pod))) return loose
      if (own.serviceAccountSelector !== undefined && own.serviceAccountSelector.trim() !== '')
        return unknown(`${describePolicy(resource)} selects pods by the labels of their ServiceAccounts`)
      const isInside = isGlobal ? selectsNamespace(own, namespaces, pod) : true
      if (isInside === undefined)
        return unknown(
          `${describePolicy(resource)} selects namespaces by labels, and the namespace was not read`,
        )
      return isInside ? gripOf(own, direction, resource) : loose
    },
    admitsAddress: (direction, address) =>
      rulesOf(own, direction).some(
        rule => rule.action === 'Allow' && entityHolds(peerOf(rule, direction), address),
      ),
  }
}

const unknown = (because: string): Grip => ({ selects: 'unknown', because })

/** As the policy says, or, where it does not: ingress, unless it has egress rules alone; egress, where it has such rules. */
function governs({ types, ingress = [], egress = [] }: Spec, direction: Direction): boolean {
  if (types !== undefined && types.length > 0)
    return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')
  return direction === 'ingress' ? ingress.length > 0 || egress.length === 0 : egress.length > 0
}

/** Calico adds these labels to each pod. */
const endpointLabels = ({ labels, namespace, serviceAccount }: NetworkPod) => ({
  ...labels,
  'projectcalico.org/namespace': namespace,
  'projectcalico.org/orchestrator': 'k8s',
  'projectcalico.org/serviceaccount': serviceAccount,
})

function selectsNamespace(
  { namespaceSelector = '' }: Spec,
  selector: CalicoSelector,
  pod: NetworkPod,
): boolean | undefined {
  const known = {
    'projectcalico.org/name': pod.namespace,
    'kubernetes.io/metadata.name': pod.namespace,
  }
  if (/^\s*(?:(?:all|global)\s*\(\s*\)\s*)?$/.test(namespaceSelector))
    return !namespaceSelector.includes('global')
  const labels = pod.namespaceLabels()
  return labels ? selector({ ...labels, ...known }) : undefined
}

const rulesOf = (own: Spec, direction: Direction): readonly Rule[] => own[direction] ?? []
const peerOf = (rule: Rule, direction: Direction): Entity =>
  (direction === 'ingress' ? rule.source : rule.destination) ?? {}

function gripOf(own: Spec, direction: Direction, resource: Resource): Grip {
  let admits: Admits = 'nothing'
  for (const rule of rulesOf(own, direction))
    if (rule.action === 'Allow') admits = widest(admits, admittedBy(rule, direction))
  const others = rulesOf(own, direction).some(({ action }) => action === 'Deny' || action === 'Pass')
  return admits === 'everything' && others
    ? unknown(`${describePolicy(resource)} allows and denies in an order that is not weighed here`)
    : { selects: true, admits }
}

function admittedBy(rule: Rule, direction: Direction): Admits {
  const { ports, notPorts, ...peer } = peerOf(rule, direction)
  const others = direction === 'ingress' ? rule.destination : rule.source
  const isAnybody =
    Object.keys(peer).length === 0 || (Object.keys(peer).length === 1 && (peer.nets ?? []).some(isEverywhere))
  if (!isAnybody || rule.http !== undefined) return 'some'
  const isLimited =
    rule.protocol !== undefined ||
    rule.icmp !== undefined ||
    ports !== undefined ||
    notPorts !== undefined ||
    (others !== undefined && Object.keys(others).length > 0)
  return isLimited ? 'everyone' : 'everything'
}

/** True for an address outside the cluster, which no selector picks. */
function entityHolds(
  { nets, notNets = [], selector, namespaceSelector, serviceAccounts, services, domains }: Entity,
  address: string,
): boolean {
  if ([selector, namespaceSelector, serviceAccounts, services, domains].some(field => field !== undefined))
    return false
  if (notNets.some(block => blockHolds(block, address))) return false
  return nets === undefined || nets.length === 0 || nets.some(block => blockHolds(block, address))
}

/** True where a policy is there to deny all of a direction to all pods that it may select. */
export function isCalicoDefaultDeny(resource: Resource, direction: Direction): boolean {
  if (policyShape(resource)) return false
  const own = (resource as TypeOf<typeof policyShape>).spec ?? {}
  const isAll = (selector = '') => /^\s*(?:all\s*\(\s*\)\s*)?$/.test(selector)
  return (
    governs(own, direction) &&
    isAll(own.selector) &&
    isAll(own.namespaceSelector) &&
    isAll(own.serviceAccountSelector) &&
    !rulesOf(own, direction).some(({ action }) => action === 'Allow' || action === 'Pass')
  )
}
