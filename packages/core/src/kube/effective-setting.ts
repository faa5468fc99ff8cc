// Effective setting: what a container really runs with, where the pod's value stands in for the container's own.
//
// Source: Kubernetes core/v1 API, "Values specified in both SecurityContext and PodSecurityContext": the container's wins whole.

import type { ContainerSecurityContext, PodSecurityContext } from '../model/pod-spec.ts'
import type { Container, PodTemplate } from '../model/pod-template.ts'

/** The settings that a pod gives to its containers. */
export type InheritedField = keyof ContainerSecurityContext & keyof PodSecurityContext

export interface EffectiveSetting<T> {
  readonly value: T
  /** Where the value stands. */
  readonly path: string
  readonly from: 'container' | 'pod'
}

/** The value that a container runs with and its place; undefined when neither it nor the pod says anything. */
export function effectiveSetting<F extends InheritedField>(
  pod: PodTemplate,
  container: Container,
  field: F,
): EffectiveSetting<NonNullable<ContainerSecurityContext[F]>> | undefined {
  const own = container.securityContext?.[field]
  if (own !== undefined)
    return { value: own, path: `${container.path}.securityContext.${field}`, from: 'container' }
  const inherited = pod.spec.securityContext?.[field]
  if (inherited !== undefined)
    return { value: inherited, path: `${pod.path}.securityContext.${field}`, from: 'pod' }
  return undefined
}
