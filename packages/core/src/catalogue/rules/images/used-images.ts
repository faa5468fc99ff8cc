// Used images: every image that a pod pulls, for its containers and its image volumes, with its place.

import { parseImageReference } from '../../../kube/image-reference.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'

export interface UsedImage {
  /** As written. */
  readonly written: string
  /** Where it stands, such as `spec.containers[0].image`. */
  readonly path: string
  /** The container's name, or `volume/` and the volume's. */
  readonly discriminator: string
  /** As written; undefined where Kubernetes chooses. */
  readonly pullPolicy: string | undefined
  readonly pullPolicyPath: string
}

const none: readonly UsedImage[] = []

/**
 * The images of a pod that `isSought` picks by what is written of them. Containers without an image are left out: the API server
 * refuses them.
 */
export function findImages(
  pod: PodTemplate,
  isSought: (written: string, pullPolicy: string | undefined) => boolean,
): readonly UsedImage[] {
  let found: UsedImage[] | undefined
  for (const { image, imagePullPolicy, name, path } of pod.containers) {
    if (image === undefined || !isSought(image, imagePullPolicy)) continue
    found ??= []
    found.push({
      written: image,
      path: `${path}.image`,
      discriminator: name,
      pullPolicy: imagePullPolicy,
      pullPolicyPath: `${path}.imagePullPolicy`,
    })
  }
  const { volumes = [] } = pod.spec
  for (let i = 0; i < volumes.length; i++) {
    const volume = volumes[i]
    const reference = volume?.image?.reference
    if (reference === undefined || !isSought(reference, volume?.image?.pullPolicy)) continue
    found ??= []
    found.push({
      written: reference,
      path: `${pod.path}.volumes[${i}].image.reference`,
      discriminator: `volume/${volume?.name ?? ''}`,
      pullPolicy: volume?.image?.pullPolicy,
      pullPolicyPath: `${pod.path}.volumes[${i}].image.pullPolicy`,
    })
  }
  return found ?? none
}

/** What should stand there; where the reference cannot be read, also why. */
export function expectImage(written: string, wanted: string): string {
  const reading = parseImageReference(written)
  return reading.ok ? wanted : `${wanted}, in a well-formed reference; this is ${reading.problem}`
}
