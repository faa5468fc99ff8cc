// Used images: every image that a pod pulls, for its containers and its image volumes, read once with its place.

import { type ImageReading, parseImageReference } from '../../../kube/image-reference.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'

export interface UsedImage {
  /** As written. */
  readonly written: string
  readonly reading: ImageReading
  /** Where it stands, such as `spec.containers[0].image`. */
  readonly path: string
  /** As written; undefined where Kubernetes chooses. */
  readonly pullPolicy: string | undefined
  readonly pullPolicyPath: string
  /** The container's name, or `volume/` and the volume's. */
  readonly discriminator: string
}

/** The images of a pod; containers without one are left out, the API server refuses them. */
export function usedImages(pod: PodTemplate): UsedImage[] {
  const found: UsedImage[] = []
  for (const { image, imagePullPolicy, name, path } of pod.containers)
    if (image !== undefined)
      found.push({
        written: image,
        reading: parseImageReference(image),
        path: `${path}.image`,
        pullPolicy: imagePullPolicy,
        pullPolicyPath: `${path}.imagePullPolicy`,
        discriminator: name,
      })
  pod.spec.volumes?.forEach(({ name, image }, i) => {
    if (image?.reference === undefined) return
    const path = `${pod.path}.volumes[${i}].image`
    found.push({
      written: image.reference,
      reading: parseImageReference(image.reference),
      path: `${path}.reference`,
      pullPolicy: image.pullPolicy,
      pullPolicyPath: `${path}.pullPolicy`,
      discriminator: `volume/${name ?? ''}`,
    })
  })
  return found
}

/** What should stand there; where the reference cannot be read, also why. */
export function expectImage(reading: ImageReading, wanted: string): string {
  return reading.ok ? wanted : `${wanted}, in a well-formed reference; this is ${reading.problem}`
}
