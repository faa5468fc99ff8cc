// CIS Kubernetes Benchmark 1.9.0, by what it changed against 1.8.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.8.0.ts'

export const list = changeControls(older, {
  removed: ['apiserver.admission.SecurityContextDeny'],
  sections: { '4.3 kube-proxy': { 'kube-proxy.metrics-bind': 'A1' } },
  relabelled: {
    A1: [
      'rbac.cluster-admin',
      'rbac.secrets-access',
      'rbac.wildcards',
      'rbac.pod-create',
      'serviceaccount.default-unused',
      'serviceaccount.token-automount',
    ],
    A2: ['controller-manager.rotate-kubelet-server-certificate'],
    M1: [
      'pod.host-pid',
      'pod.host-ipc',
      'pod.host-network',
      'pod.allow-privilege-escalation',
      'pod.drop-net-raw',
      'pod.no-added-capabilities',
    ],
    M2: ['pod.run-as-non-root'],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-k8s',
    edition: '1.9.0',
    title: 'CIS Kubernetes Benchmark 1.9.0',
    source: 'CIS Kubernetes Benchmark 1.9.0; ids and labels as in aquasecurity/kube-bench',
    kubernetes: { min: '1.27', max: '1.29' },
  },
  list,
)
