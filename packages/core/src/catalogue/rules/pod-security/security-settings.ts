// Security settings: where a pod and its containers set one field of their security context.

import type { InheritedField } from '../../../kube/effective-setting.ts'
import type { ContainerSecurityContext } from '../../../model/pod-spec.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'

export interface Setting<T> {
  readonly value: T
  readonly path: string
  /** What tells its finding apart: the container's name, nothing for the pod's own setting. */
  readonly finding: { readonly discriminator?: string }
}

type ValueOf<F extends InheritedField> = NonNullable<ContainerSecurityContext[F]>

const none: readonly never[] = []

/**
 * Every place that sets the field: the pod's own setting, then those of its containers. A setting counts even where nothing
 * runs with it, because the admission controller refuses a bad value on the pod that every container overrides.
 */
export function settingsOf<F extends InheritedField>(
  pod: PodTemplate,
  field: F,
): readonly Setting<ValueOf<F>>[] {
  // Every pod is asked and most set most fields nowhere: nothing is allocated for those.
  let settings: Setting<ValueOf<F>>[] | undefined
  const ofPod = pod.spec.securityContext?.[field] as ValueOf<F> | undefined
  if (ofPod !== undefined)
    settings = [{ value: ofPod, path: `${pod.path}.securityContext.${field}`, finding: {} }]
  for (const container of pod.containers) {
    const own = container.securityContext?.[field]
    if (own === undefined) continue
    settings ??= []
    settings.push({
      value: own,
      path: `${container.path}.securityContext.${field}`,
      finding: { discriminator: container.name },
    })
  }
  return settings ?? none
}
