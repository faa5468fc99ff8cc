// Host path volumes: the parts of the node that a pod asks for, in one form, with their places.

import { normalizeHostPath } from '../../../kube/host-path.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'

export interface HostPathVolume {
  /** The volume's name; empty when the manifest gives none. */
  readonly name: string
  /** As written. */
  readonly written: string
  /** In the form of normalizeHostPath. */
  readonly hostPath: string
  /** Where the path stands in the resource. */
  readonly path: string
}

const none: readonly never[] = []

/** The hostPath volumes of a pod, mounted or not: any container that is added later could mount them. */
export function hostPathVolumes(pod: PodTemplate): readonly HostPathVolume[] {
  const { volumes = none } = pod.spec
  let found: HostPathVolume[] | undefined
  for (let i = 0; i < volumes.length; i++) {
    const volume = volumes[i]
    const written = volume?.hostPath?.path
    if (written === undefined || written === '') continue
    found ??= []
    found.push({
      name: volume?.name ?? '',
      written,
      hostPath: normalizeHostPath(written),
      path: `${pod.path}.volumes[${i}].hostPath.path`,
    })
  }
  return found ?? none
}
