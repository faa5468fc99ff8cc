// Mirror pod: what the API server shows of a static pod, which a kubelet runs from a file on its node.

import type { Resource } from '../model/resource.ts'
import { groupOf } from './pod-template.ts'

/**
 * True for the mirror of a static pod. Nobody placed it through the API, and it can use no ServiceAccount, Secret or ConfigMap.
 * Source: kubernetes.io, "Create static Pods"; the NodeRestriction and ServiceAccount admission plugins.
 */
export function isMirrorPod({ apiVersion, kind, metadata }: Resource): boolean {
  if (kind !== 'Pod' || groupOf(apiVersion) !== '') return false
  return (
    metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined &&
    (metadata.ownerReferences ?? []).some(owner => owner.kind === 'Node' && owner.apiVersion === 'v1')
  )
}
