// Resource amounts: finds the containers that have, in effect, no limit or request of a resource, or one above a maximum.

import { containerDefault, readLimitRange } from '../../../kube/kinds/limit-range.ts'
import { parseQuantity } from '../../../kube/quantity.ts'
import type { Container, PodTemplate } from '../../../model/pod-template.ts'
import type { Lookup, Violation } from '../../../model/rule.ts'

type Amount = number | string | undefined

export interface AmountDemand {
  readonly bound: 'limits' | 'requests'
  readonly resource: 'cpu' | 'memory' | 'ephemeral-storage'
  /** What to write, for people: `128Mi`. */
  readonly example: string
  /** Only what the container itself names counts, not what Kubernetes derives for it. */
  readonly explicit?: boolean
  /** The most that is allowed; empty for any amount. */
  readonly maximum?: string
}

/**
 * One violation for each ordinary, init or sidecar container without the amount asked for. A container has what it names; else, for a
 * request, its limit; else what the pod as a whole has; else what a LimitRange of the namespace gives to the pods that a template makes.
 * Zero is no amount: nothing is then limited or reserved. Ephemeral containers can have none.
 * Throws where the maximum is no quantity: that is a fault of the profile.
 */
export function findAmountFaults(
  pod: PodTemplate,
  lookup: Lookup,
  demand: AmountDemand,
): readonly Violation[] {
  const { bound, resource } = demand
  const maximum = readMaximum(demand.maximum)
  let faults: Violation[] | undefined
  for (const container of pod.containers) {
    if (container.role === 'ephemeral') continue
    const own = container.resources?.[bound]?.[resource]
    const amount = own ?? (demand.explicit ? undefined : derived(pod, container, lookup, demand))
    if (maximum === undefined && isPlainAmount(amount)) continue
    const size = amount === undefined ? undefined : parseQuantity(amount)
    const isTooMuch = size !== undefined && maximum !== undefined && size > maximum
    if (size !== undefined && size > 0n && !isTooMuch) continue
    faults ??= []
    faults.push({
      path: `${container.path}.resources.${bound}.${resource}`,
      actual: own,
      expected: isTooMuch
        ? `at most ${demand.maximum}${own === undefined ? `, and by default it gets ${amount}` : ''}`
        : `an amount above zero, such as ${demand.example}`,
      discriminator: container.name,
    })
  }
  return faults ?? noFaults
}

const noFaults: readonly Violation[] = []

/** True for what nearly all manifests write, such as `500m` or `1Gi`: it need not be worked out to know that it is above zero. */
const isPlainAmount = (amount: Amount) =>
  typeof amount === 'string' && /^[1-9][0-9]{0,8}(?:m|[KMG]i|[kMG])?$/.test(amount)

function readMaximum(text: string | undefined): bigint | undefined {
  if (text === undefined || text === '') return undefined
  const maximum = parseQuantity(text)
  if (maximum === undefined) throw new Error(`the maximum ${JSON.stringify(text)} is no amount such as 512Mi`)
  return maximum
}

function derived(pod: PodTemplate, container: Container, lookup: Lookup, demand: AmountDemand): Amount {
  const { bound, resource } = demand
  const whole = resource === 'ephemeral-storage' ? undefined : pod.spec.resources
  const limit = bound === 'requests' ? container.resources?.limits?.[resource] : undefined
  const ofPod =
    limit ?? whole?.[bound]?.[resource] ?? (bound === 'requests' ? whole?.limits?.[resource] : undefined)
  if (ofPod !== undefined || isAdmitted(pod)) return ofPod
  for (const limitRange of lookup.list('LimitRange', pod.namespace)) {
    const given = containerDefault(readLimitRange(limitRange), bound, resource)
    if (given !== undefined) return given
  }
  return undefined
}

/** A pod that a server has let in already shows what LimitRanges gave it; a later one does not change it. */
const isAdmitted = (pod: PodTemplate) =>
  pod.resource.kind === 'Pod' && pod.resource.metadata.uid !== undefined
