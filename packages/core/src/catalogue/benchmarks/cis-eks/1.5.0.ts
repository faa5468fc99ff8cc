// CIS Amazon EKS Benchmark 1.5.0, by what it changed against 1.4.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.4.0.ts'

export const list = changeControls(older, {
  removed: [
    'eks.container-optimized-os',
    'pod.run-as-non-root',
    'pod.no-added-capabilities',
    'pod.drop-all-capabilities',
    'eks.fargate',
  ],
  relabelled: {
    A: ['rbac.system-masters'],
    A1: [
      'cloud.audit-logs',
      'file.kubelet-kubeconfig.mode:644',
      'rbac.pod-create',
      'serviceaccount.default-unused',
      'serviceaccount.token-automount',
      'eks.dedicated-service-accounts',
      'cloud.control-plane-restricted',
      'cloud.private-nodes',
      'cloud.network-policy-enabled',
    ],
    A2: ['kubelet.event-qps', 'secrets.no-env-secrets', 'cloud.private-endpoint'],
    M2: ['pod.security-context'],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-eks',
    edition: '1.5.0',
    title: 'CIS Amazon EKS Benchmark 1.5.0',
    source: 'CIS Amazon EKS Benchmark 1.5.0; ids and labels as in aquasecurity/kube-bench',
    distributions: ['eks'],
  },
  list,
)
