// Isolation faults: what is wrong with how far network policies limit a pod, for the rules of both directions.

import type { Direction } from '../../../kube/network/guard.ts'
import {
  guardsOfAll,
  type Isolation,
  isolationOf,
  networkPodOf,
  policyKinds,
} from '../../../kube/network/isolation.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import type { Lookup, Violation } from '../../../model/rule.ts'

/** The kinds that a rule about isolation reads. */
export const isolationReads: readonly string[] = [...policyKinds, 'Namespace']

/** Pods in the network of their node are beyond network policies; other rules speak of them. */
export const hasOwnNetwork = (pod: PodTemplate): boolean => pod.spec.hostNetwork !== true

export function isolationOfPod(pod: PodTemplate, direction: Direction, lookup: Lookup): Isolation {
  return isolationOf(lookup.derive(guardsOfAll), networkPodOf(pod, lookup), direction)
}

/** A violation where no policy governs the direction, or those that do limit nothing. */
export function* unlimited(
  pod: PodTemplate,
  direction: Direction,
  allowEverywhere: boolean,
  lookup: Lookup,
): Generator<Violation> {
  const found = isolationOfPod(pod, direction, lookup)
  const at = { path: `${pod.metadataPath}.labels`, actual: pod.metadata.labels }
  if (found.state === 'open')
    yield { ...at, expected: `labels that a network policy for ${direction} selects` }
  if (found.state !== 'governed') return
  const names = found.by.map(({ resource }) => `${resource.kind} ${resource.metadata.name ?? ''}`).join(', ')
  if (found.admits === 'everything')
    yield { ...at, expected: `network policies that let less than everything through (${names})` }
  if (found.admits === 'everyone' && !allowEverywhere)
    yield { ...at, expected: `network policies that do not name every address (${names})` }
}

/** Why it cannot be told how far policies limit the direction. */
export function undecidedIsolation(
  pod: PodTemplate,
  direction: Direction,
  lookup: Lookup,
): string | undefined {
  const found = isolationOfPod(pod, direction, lookup)
  return found.state === 'unknown' ? found.because : undefined
}

export const everywhereParameter = {
  type: 'boolean',
  default: true,
  description: 'Whether a policy may let every address through, as long as it is to some ports alone.',
} as const
