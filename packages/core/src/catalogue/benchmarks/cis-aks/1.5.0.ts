// CIS Azure Kubernetes Service Benchmark 1.5.0, by what it changed against 1.4.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.4.0.ts'

export const list = changeControls(older, {
  removed: [
    'kubelet.hostname-override',
    'pod.run-as-non-root',
    'pod.no-added-capabilities',
    'pod.drop-all-capabilities',
    'aks.azure-policy-addon',
    'cloud.untrusted-workloads',
    'cloud.hostile-multitenant',
  ],
  replaced: {
    'file.kubelet-config.mode:644': 'file.azure-json.mode:644',
    'file.kubelet-config.owner:root': 'file.azure-json.owner:root',
  },
  renumbered: { '4.7': '4.6' },
  relabelled: {
    A1: [
      'file.kubelet-kubeconfig.owner:root',
      'file.azure-json.mode:644',
      'file.azure-json.owner:root',
      'kubelet.read-only-port',
      'kubelet.rotate-server-certificate',
      'rbac.cluster-admin',
      'rbac.secrets-access',
      'rbac.wildcards',
      'rbac.pod-create',
      'serviceaccount.default-unused',
      'serviceaccount.token-automount',
      'pod.privileged',
      'pod.host-pid',
      'pod.host-ipc',
      'pod.host-network',
      'pod.allow-privilege-escalation',
      'network.cni-latest-version',
      'registry.image-scanning',
      'cloud.control-plane-restricted',
      'cloud.private-nodes',
      'cloud.network-policy-enabled',
    ],
    A2: ['network.namespace-networkpolicy', 'secrets.no-env-secrets', 'workload.default-namespace'],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-aks',
    edition: '1.5.0',
    title: 'CIS Azure Kubernetes Service Benchmark 1.5.0',
    source: 'CIS Azure Kubernetes Service Benchmark 1.5.0; ids and labels as in castai/kvisor',
    distributions: ['aks'],
  },
  list,
)
