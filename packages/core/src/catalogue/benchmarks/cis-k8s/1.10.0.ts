// CIS Kubernetes Benchmark 1.10.0, by what it changed against 1.9.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.9.0.ts'

export const list = changeControls(older, {
  relabelled: {
    A1: ['controller-manager.rotate-kubelet-server-certificate'],
    M1: ['kube-proxy.metrics-bind'],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-k8s',
    edition: '1.10.0',
    title: 'CIS Kubernetes Benchmark 1.10.0',
    source:
      'CIS Kubernetes Benchmark 1.10.0; ids and labels as in aquasecurity/kube-bench and prowler-cloud/prowler',
    kubernetes: { min: '1.28', max: '1.28' },
  },
  list,
)
