// AppArmor setting: the profile that a container runs under, from the fields or from the annotations before them.
//
// Source: Kubernetes pod strategy (applyAppArmorVersionSkew): a container's field, then its annotation, then the pod's field.

import { childPath } from '../../../kube/path.ts'
import type { Container, PodTemplate } from '../../../model/pod-template.ts'

const annotation = 'container.apparmor.security.beta.kubernetes.io/'

export interface AppArmorSetting {
  /** As written: a type such as `RuntimeDefault`, or an annotation's value such as `localhost/nginx`. */
  readonly value: string | undefined
  readonly confines: boolean
  readonly path: string
}

/** What is set for a container, or undefined where nothing is. */
export function findAppArmorSetting(pod: PodTemplate, container: Container): AppArmorSetting | undefined {
  const own = container.securityContext?.appArmorProfile
  if (own) return ofField(own.type, `${container.path}.securityContext`)
  const key = annotation + container.name
  const annotations = pod.metadata.annotations ?? {}
  if (Object.hasOwn(annotations, key)) {
    const value = annotations[key] as string
    const confines = value === 'runtime/default' || /^localhost\/./.test(value)
    return { value, confines, path: childPath(`${pod.metadataPath}.annotations`, key) }
  }
  const inherited = pod.spec.securityContext?.appArmorProfile
  return inherited && ofField(inherited.type, `${pod.path}.securityContext`)
}

function ofField(type: string | undefined, at: string): AppArmorSetting {
  const confines = type === 'RuntimeDefault' || type === 'Localhost'
  return { value: type, confines, path: `${at}.appArmorProfile.type` }
}
