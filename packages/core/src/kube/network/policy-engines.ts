// Policy engines: which network plugins run in a cluster, and whether they enforce network policies.
//
// Sources: the projects' own manifests; kubernetes.io, "Network Plugins" and "Network Policies" (a policy without an engine has no
// effect); docs.aws.amazon.com, "Configure your cluster for Kubernetes network policies" (the argument --enable-network-policy).

import type { PodTemplate } from '../../model/pod-template.ts'
import type { Resource } from '../../model/resource.ts'
import { parseImageReference } from '../image-reference.ts'
import { makesPods, readPodTemplate } from '../pod-template.ts'

export interface NetworkPlugin {
  readonly name: string
  readonly enforces: boolean
}

/** The last parts of the repositories of the plugins' images; the longest that fits is taken. */
const images: Readonly<Record<string, NetworkPlugin>> = {
  'amazon-k8s-cni': { name: 'the Amazon VPC CNI', enforces: false },
  'amazon/aws-network-policy-agent': { name: 'the Amazon VPC CNI', enforces: true },
  'antrea/antrea-agent-ubuntu': { name: 'Antrea', enforces: true },
  'antrea/antrea-ubuntu': { name: 'Antrea', enforces: true },
  'azure-cns': { name: 'Azure CNI', enforces: false },
  'azure-npm': { name: 'Azure NPM', enforces: true },
  'calico/node': { name: 'Calico', enforces: true },
  'cilium/cilium': { name: 'Cilium', enforces: true },
  'cloudnativelabs/kube-router': { name: 'kube-router', enforces: true },
  'flannel/flannel': { name: 'Flannel', enforces: false },
  'kindest/kindnetd': { name: 'kindnet', enforces: true },
  'mirrored-calico-node': { name: 'Calico', enforces: true },
  'mirrored-cilium-cilium': { name: 'Cilium', enforces: true },
  'mirrored-flannel-flannel': { name: 'Flannel', enforces: false },
  'networking/kube-network-policies': { name: 'kube-network-policies', enforces: true },
  'ovn-kubernetes/ovn-kube-ubuntu': { name: 'OVN-Kubernetes', enforces: true },
  'weaveworks/weave-npc': { name: 'Weave Net', enforces: true },
}
const eksAgent = 'aws-network-policy-agent'

/** The network plugins among workloads, each once. */
export function networkPlugins(workloads: readonly Resource[]): readonly NetworkPlugin[] {
  const found = new Map<string, NetworkPlugin>()
  for (const workload of workloads) {
    const reading = makesPods(workload) ? readPodTemplate(workload) : undefined
    if (!reading?.ok) continue
    for (const plugin of pluginsIn(reading.template))
      if (!found.get(plugin.name)?.enforces) found.set(plugin.name, plugin)
  }
  return [...found.values()]
}

function pluginsIn({ containers }: PodTemplate): NetworkPlugin[] {
  return containers.flatMap(({ image = '', args = [], command = [] }) => {
    const reading = parseImageReference(image)
    if (!reading.ok) return []
    const { repository } = reading.image
    const known = Object.entries(images).find(
      ([suffix]) => repository === suffix || repository.endsWith(`/${suffix}`),
    )
    if (!known) return []
    // The agent of the Amazon VPC CNI is always there, and enforces where it is told to.
    const isIdle =
      repository.endsWith(eksAgent) && ![...command, ...args].includes('--enable-network-policy=true')
    return [isIdle ? { ...known[1], enforces: false } : known[1]]
  })
}
