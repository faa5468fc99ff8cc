// CIS Kubernetes Benchmark 1.8.0, by what it changed against 1.7.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.7.0.ts'

export const list = changeControls(older, {
  removed: ['apiserver.secure-port'],
  relabelled: {
    A1: [
      'controller-manager.rotate-kubelet-server-certificate',
      'file.kubelet-config.mode:600',
      'file.kubelet-config.owner:root',
      'pod.allow-privilege-escalation',
      'pod.no-added-capabilities',
    ],
    A2: [
      'apiserver.admission.ServiceAccount',
      'apiserver.admission.NamespaceLifecycle',
      'apiserver.admission.NodeRestriction',
      'pod.run-as-non-root',
    ],
    M1: ['auth.no-user-client-certs'],
    M2: ['apiserver.admission.SecurityContextDeny', 'secrets.no-env-secrets'],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-k8s',
    edition: '1.8.0',
    title: 'CIS Kubernetes Benchmark 1.8.0',
    source:
      'CIS Kubernetes Benchmark 1.8.0; ids and labels as in aquasecurity/kube-bench and prowler-cloud/prowler',
    kubernetes: { min: '1.26', max: '1.26' },
  },
  list,
)
