// Guard: what one network policy, of whatever kind, says of a pod in one direction.

import type { Resource } from '../../model/resource.ts'
import type { Labels } from '../label-selector.ts'

export type Direction = 'ingress' | 'egress'

/** What policies may know a pod by. */
export interface NetworkPod {
  readonly namespace: string
  readonly labels: Labels
  readonly serviceAccount: string
  /** Asked for only where a policy needs them; undefined where the namespace was not seen: all that is known of it is its name. */
  namespaceLabels(): Labels | undefined
}

/**
 * Whom the rules of a policy let through, from nobody to everybody: `everyone` is any address on some ports, `everything` any address on
 * any port, so that selecting the pod changes nothing.
 */
export const admissions = ['nothing', 'some', 'everyone', 'everything'] as const
export type Admits = (typeof admissions)[number]

export type Grip =
  | { readonly selects: false }
  | { readonly selects: true; readonly admits: Admits }
  | { readonly selects: 'unknown'; readonly because: string }

export const loose: Grip = { selects: false }

export interface Guard {
  readonly resource: Resource
  /** The namespace whose pods it may select; empty for those of all. */
  readonly namespace: string
  /** What it says of a pod of that namespace. */
  grip(pod: NetworkPod, direction: Direction): Grip
  /** Whether it lets this address through to or from the pods that it selects, on any port. */
  admitsAddress(direction: Direction, address: string): boolean
}

/** The wider of two admissions. */
export function widest(a: Admits, b: Admits): Admits {
  return admissions.indexOf(a) >= admissions.indexOf(b) ? a : b
}

/** How a policy is called in a sentence: `CiliumNetworkPolicy web`. */
export const describePolicy = ({ kind, metadata }: Resource): string => `${kind} ${metadata.name ?? ''}`
