// CIS Amazon EKS Benchmark 1.4.0, by what it changed against 1.1.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.1.0.ts'

export const list = changeControls(older, {
  removed: ['kubelet.protect-kernel-defaults', 'kubelet.hostname-override', 'pod.drop-net-raw'],
  replaced: { 'network.cni-latest-version': 'network.cni-supports-networkpolicy' },
  added: {
    'serviceaccount.token-automount': { 'rbac.system-masters': 'M', 'rbac.bind-impersonate-escalate': 'M1' },
  },
  renumbered: { '4.6': '4.5' },
  relabelled: {
    A1: [
      'file.kubelet-kubeconfig.owner:root',
      'file.kubelet-config.mode:644',
      'file.kubelet-config.owner:root',
      'kubelet.client-ca-file',
      'kubelet.read-only-port',
      'kubelet.streaming-connection-idle-timeout',
      'kubelet.rotate-server-certificate',
      'rbac.cluster-admin',
      'rbac.secrets-access',
      'rbac.wildcards',
      'pod.no-added-capabilities',
      'registry.image-scanning',
    ],
    A2: [
      'kubelet.rotate-certificates',
      'pod.drop-all-capabilities',
      'pod.security-context',
      'workload.default-namespace',
      'network.namespace-networkpolicy',
    ],
    M2: ['kubelet.event-qps'],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-eks',
    edition: '1.4.0',
    title: 'CIS Amazon EKS Benchmark 1.4.0',
    source: 'CIS Amazon EKS Benchmark 1.4.0; ids and labels as in castai/kvisor',
    distributions: ['eks'],
  },
  list,
)
