// Node: a machine of the cluster: its addresses, and what its kubelet says of itself.
//
// Names and types: Kubernetes core/v1.

import type { Resource } from '../../model/resource.ts'
import { list, object, string, type TypeOf } from '../../model/shape.ts'

export const nodeShape = object({
  spec: object({ providerID: string }),
  status: object({
    addresses: list(object({ type: string, address: string })),
    nodeInfo: object({ kubeletVersion: string, osImage: string, operatingSystem: string }),
  }),
})

export type Node = Resource & TypeOf<typeof nodeShape>

/** The resource as a Node; it has passed checkShape. */
export const readNode = (resource: Resource): Node => resource

/** True where a provider runs the machine, or there is none, so that nobody else can choose its system: Fargate, virtual kubelets. */
export function isVirtualNode({ metadata }: Node): boolean {
  const labels = metadata.labels ?? {}
  return labels['eks.amazonaws.com/compute-type'] === 'fargate' || labels.type === 'virtual-kubelet'
}

/** The numbers of a version such as `v1.34.4-eks-1a2b`; undefined where the text is none. */
export function parseFullVersion(
  text: string,
): { readonly minor: number; readonly patch: number } | undefined {
  const found = /^v?1\.(\d{1,3})\.(\d{1,4})(?:[.+-].*)?$/.exec(text.trim())
  return found ? { minor: Number(found[1]), patch: Number(found[2]) } : undefined
}

/** The cloud or distribution that a node is of, as it shows itself; undefined for one that shows none. */
export function providerOf({
  metadata,
  spec,
  status,
}: Node): 'eks' | 'gke' | 'aks' | 'openshift' | undefined {
  const labels = metadata.labels ?? {}
  const version = status?.nodeInfo?.kubeletVersion ?? ''
  if (labels['node.openshift.io/os_id'] !== undefined) return 'openshift'
  if (/-eks-/.test(version)) return 'eks'
  if (/-gke\./.test(version)) return 'gke'
  return labels['kubernetes.azure.com/cluster'] !== undefined &&
    spec?.providerID?.startsWith('azure://') === true
    ? 'aks'
    : undefined
}
