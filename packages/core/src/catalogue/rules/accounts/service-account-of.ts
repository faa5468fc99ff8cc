// Service account of a pod: which one it runs as, and whether that one's token is put into its containers.

import { readServiceAccount } from '../../../kube/kinds/service-account.ts'
import { isMirrorPod } from '../../../kube/mirror-pod.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import type { Lookup } from '../../../model/rule.ts'

export interface NamedAccount {
  readonly name: string
  /** Where the pod names it, or could. */
  readonly path: string
}

/**
 * The ServiceAccount that a pod runs as; undefined for the mirror of a static pod, which can have none. The field
 * `serviceAccount` counts where `serviceAccountName` is empty, and `default` where both are.
 * Source: Kubernetes core/v1 conversion of PodSpec; admission plugin ServiceAccount.
 */
export function serviceAccountOf(pod: PodTemplate): NamedAccount | undefined {
  if (isMirrorPod(pod.resource)) return undefined
  const { serviceAccountName, serviceAccount } = pod.spec
  const path = `${pod.path}.serviceAccountName`
  if (serviceAccountName) return { name: serviceAccountName, path }
  if (serviceAccount) return { name: serviceAccount, path: `${pod.path}.serviceAccount` }
  return { name: 'default', path }
}

/**
 * True where the token is put into the pod's containers: the pod's own word counts, else its ServiceAccount's, else it is.
 * A ServiceAccount that nobody wrote down says nothing: Kubernetes makes `default` without the field.
 */
export function mountsToken(pod: PodTemplate, account: NamedAccount, lookup: Lookup): boolean {
  const own = pod.spec.automountServiceAccountToken
  if (own !== undefined) return own
  const found = lookup.get('ServiceAccount', pod.namespace, account.name)
  return !found || readServiceAccount(found).automountServiceAccountToken !== false
}
