// Cilium: its network policies, which isolate the endpoints that they select as Kubernetes' own do.
//
// Source: docs.cilium.io, "Policy Enforcement", "Layer 3 Examples", "Layer 4 Examples" and "Using Kubernetes Constructs in Policy"; and
// cilium/cilium pkg/policy/api (Rule.Sanitize: a direction with rules is denied by default, unless enableDefaultDeny says otherwise).

import type { Resource } from '../../model/resource.ts'
import { anything, boolean, isRecord, list, object, string, type TypeOf } from '../../model/shape.ts'
import { namespaceOf } from '../asset-key.ts'
import {
  findSelectorFault,
  type LabelSelector,
  type Labels,
  labelSelectorShape,
  selects,
} from '../label-selector.ts'
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

export const ciliumGroup = 'cilium.io'

const cidrSet = list(object({ cidr: string, except: list(string) }))
const ingressRule = object({
  fromEndpoints: list(labelSelectorShape),
  fromEntities: list(string),
  fromCIDR: list(string),
  fromCIDRSet: cidrSet,
  fromRequires: list(anything),
  fromNodes: list(anything),
  fromGroups: list(anything),
  toPorts: list(anything),
  icmps: list(anything),
})
const egressRule = object({
  toEndpoints: list(labelSelectorShape),
  toEntities: list(string),
  toCIDR: list(string),
  toCIDRSet: cidrSet,
  toServices: list(anything),
  toFQDNs: list(object({ matchName: string, matchPattern: string })),
  toRequires: list(anything),
  toNodes: list(anything),
  toGroups: list(anything),
  toPorts: list(anything),
  icmps: list(anything),
})
const rule = object({
  endpointSelector: labelSelectorShape,
  nodeSelector: labelSelectorShape,
  ingress: list(ingressRule),
  ingressDeny: list(anything),
  egress: list(egressRule),
  egressDeny: list(anything),
  enableDefaultDeny: object({ ingress: boolean, egress: boolean }),
})
const policyShape = object({ spec: rule, specs: list(rule) })
type Rule = TypeOf<typeof rule>

/** A peer of a rule, the same for both directions. */
interface Peers {
  /** The fields that name peers, where any is there; a field that is there and empty names nobody. */
  readonly named: boolean
  readonly entities: readonly string[]
  readonly blocks: readonly string[]
  readonly exceptions: readonly string[]
  readonly names: readonly string[]
  readonly hasPorts: boolean
}

/** A CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy as a guard. */
export function guardOfCilium(resource: Resource): Guard {
  const isClusterwide = resource.kind === 'CiliumClusterwideNetworkPolicy'
  const namespace = isClusterwide ? '' : namespaceOf(resource)
  const problem = policyShape(resource)
  const { spec, specs = [] } = resource as TypeOf<typeof policyShape>
  const rules = problem ? [] : [...(spec ? [spec] : []), ...specs]
  return {
    resource,
    namespace,
    grip(pod, direction) {
      if (problem) return unknown(`${describePolicy(resource)} cannot be read at ${problem.path.join('.')}`)
      let found: Grip = loose
      for (const one of rules) {
        const grip = gripOf(one, pod, direction, resource)
        if (grip.selects === 'unknown') return grip
        if (grip.selects)
          found = {
            selects: true,
            admits: found.selects === true ? widest(found.admits, grip.admits) : grip.admits,
          }
      }
      return found
    },
    admitsAddress: (direction, address) =>
      rules.some(one => peersOf(one, direction).some(peers => peersHold(peers, address))),
  }
}

const unknown = (because: string): Grip => ({ selects: 'unknown', because })

function gripOf(rule: Rule, pod: NetworkPod, direction: Direction, resource: Resource): Grip {
  // Rules with a nodeSelector are about nodes.
  if (!rule.endpointSelector || !deniesByDefault(rule, direction)) return loose
  const isSelected = selectsEndpoint(rule.endpointSelector, pod)
  if (isSelected === undefined)
    return unknown(
      `${describePolicy(resource)} selects pods by something that the scan does not know of them`,
    )
  if (!isSelected) return loose
  return { selects: true, admits: admittedBy(peersOf(rule, direction)) }
}

function deniesByDefault(rule: Rule, direction: Direction): boolean {
  const [allow, deny] =
    direction === 'ingress' ? [rule.ingress, rule.ingressDeny] : [rule.egress, rule.egressDeny]
  return rule.enableDefaultDeny?.[direction] ?? ((allow?.length ?? 0) > 0 || (deny?.length ?? 0) > 0)
}

/** Undefined where the selector asks for something that is not known of the pod. */
export function selectsEndpoint(selector: LabelSelector, pod: NetworkPod): boolean | undefined {
  const keys = [
    ...Object.keys(selector.matchLabels ?? {}),
    ...(selector.matchExpressions ?? []).map(({ key = '' }) => key),
  ]
  const labels = labelsOf(pod, keys)
  if (!labels || findSelectorFault(selector) !== undefined) return undefined
  return selects(selector, labels)
}

const namespaceLabelPrefix = 'io.cilium.k8s.namespace.labels.'

/** The labels that Cilium gives to a pod's endpoint, under the keys that a selector asks for. */
function labelsOf(pod: NetworkPod, keys: readonly string[]): Labels | undefined {
  const labels: Record<string, string> = {}
  for (const key of keys) {
    const [, source, name = ''] = /^(?:(k8s|any|reserved|cidr|fqdn)[:.](?=.))?(.*)$/.exec(key) ?? []
    // Only pods are asked about, and these sources are never a pod's.
    if (source === 'reserved' || source === 'cidr' || source === 'fqdn') continue
    const value = endpointLabel(pod, name)
    if (value === 'unknown') return undefined
    if (value) labels[key] = value.text
  }
  return labels
}

function endpointLabel(pod: NetworkPod, name: string): { readonly text: string } | 'unknown' | undefined {
  if (name === 'io.kubernetes.pod.namespace') return { text: pod.namespace }
  if (name === 'io.cilium.k8s.policy.serviceaccount') return { text: pod.serviceAccount }
  if (name.startsWith(namespaceLabelPrefix)) {
    const labels = pod.namespaceLabels()
    if (!labels) return 'unknown'
    return textOf(labels, name.slice(namespaceLabelPrefix.length))
  }
  if (name.startsWith('io.cilium.')) return 'unknown'
  return textOf(pod.labels, name)
}

const textOf = (labels: Labels, name: string) =>
  Object.hasOwn(labels, name) ? { text: labels[name] as string } : undefined

function peersOf(rule: Rule, direction: Direction): Peers[] {
  return direction === 'ingress'
    ? (rule.ingress ?? []).map(one =>
        peers(
          one,
          [one.fromEndpoints, one.fromRequires, one.fromNodes, one.fromGroups],
          one.fromEntities,
          one.fromCIDR,
          one.fromCIDRSet,
        ),
      )
    : (rule.egress ?? []).map(one =>
        peers(
          one,
          [one.toEndpoints, one.toServices, one.toRequires, one.toNodes, one.toGroups],
          one.toEntities,
          one.toCIDR,
          one.toCIDRSet,
          one.toFQDNs,
        ),
      )
}

function peers(
  { toPorts, icmps }: { readonly toPorts?: readonly unknown[]; readonly icmps?: readonly unknown[] },
  others: readonly (readonly unknown[] | undefined)[],
  entities: readonly string[] | undefined,
  cidr: readonly string[] | undefined,
  sets: TypeOf<typeof cidrSet> | undefined,
  names?: readonly { readonly matchName?: string; readonly matchPattern?: string }[],
): Peers {
  return {
    named: [...others, entities, cidr, sets, names].some(field => field !== undefined),
    entities: entities ?? [],
    blocks: [...(cidr ?? []), ...(sets ?? []).map(set => set.cidr ?? '')],
    exceptions: (sets ?? []).flatMap(set => set.except ?? []),
    names: (names ?? []).map(({ matchName, matchPattern }) => matchName ?? matchPattern ?? ''),
    hasPorts: (toPorts?.length ?? 0) > 0 || (icmps?.length ?? 0) > 0,
  }
}

function admittedBy(rules: readonly Peers[]): Admits {
  let found: Admits = 'nothing'
  for (const own of rules) found = widest(found, admittedByRule(own))
  return found
}

function admittedByRule({ named, entities, blocks, exceptions, names, hasPorts }: Peers): Admits {
  // A rule without any peer lets everybody through to its ports; one without ports as well is written to deny all.
  if (!named) return hasPorts ? 'everyone' : 'nothing'
  const isOpen =
    entities.some(entity => entity === 'all' || entity === 'world') ||
    (blocks.some(isEverywhere) && exceptions.length === 0) ||
    names.includes('*')
  if (isOpen) return hasPorts ? 'everyone' : 'everything'
  return 'some'
}

function peersHold(
  { named, entities, blocks, exceptions, names, hasPorts }: Peers,
  address: string,
): boolean {
  if (!named) return hasPorts
  return (
    entities.some(entity =>
      ['all', 'world', address.includes(':') ? 'world-ipv6' : 'world-ipv4'].includes(entity),
    ) ||
    names.includes('*') ||
    (blocks.some(block => blockHolds(block, address)) &&
      !exceptions.some(block => blockHolds(block, address)))
  )
}

/** True where a policy is there to deny all of a direction to all pods that it may select. */
export function isCiliumDefaultDeny(resource: Resource, direction: Direction): boolean {
  if (policyShape(resource)) return false
  const { spec, specs = [] } = resource as TypeOf<typeof policyShape>
  return [spec, ...specs].some(
    one =>
      isRecord(one?.endpointSelector) &&
      isEmptySelector(one.endpointSelector) &&
      deniesByDefault(one, direction) &&
      admittedBy(peersOf(one, direction)) === 'nothing',
  )
}

const isEmptySelector = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector) =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0
