// CIS Kubernetes Benchmark 1.24, by what it changed against 1.23.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.23.ts'

export const list = changeControls(older, {
  removed: ['apiserver.kubelet-https'],
  replaced: {
    'file.apiserver-manifest.mode:644': 'file.apiserver-manifest.mode:600',
    'file.controller-manager-manifest.mode:644': 'file.controller-manager-manifest.mode:600',
    'file.scheduler-manifest.mode:644': 'file.scheduler-manifest.mode:600',
    'file.etcd-manifest.mode:644': 'file.etcd-manifest.mode:600',
    'file.cni-conf.mode:644': 'file.cni-conf.mode:600',
    'file.scheduler-kubeconfig.mode:644': 'file.scheduler-kubeconfig.mode:600',
    'file.controller-manager-kubeconfig.mode:644': 'file.controller-manager-kubeconfig.mode:600',
    'file.pki-cert.mode:644': 'file.pki-cert.mode:600',
    'file.kubelet-service.mode:644': 'file.kubelet-service.mode:600',
    'file.kube-proxy-kubeconfig.mode:644': 'file.kube-proxy-kubeconfig.mode:600',
    'file.kubelet-kubeconfig.mode:644': 'file.kubelet-kubeconfig.mode:600',
    'file.client-ca.mode:644': 'file.client-ca.mode:600',
    'file.kubelet-config.mode:644': 'file.kubelet-config.mode:600',
  },
  relabelled: {
    A1: ['pod.run-as-non-root'],
    A2: ['pod.allow-privilege-escalation', 'pod.no-added-capabilities'],
    M1: ['file.kubelet-config.mode:600', 'file.kubelet-config.owner:root'],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-k8s',
    edition: '1.24',
    title: 'CIS Kubernetes Benchmark 1.24',
    source: 'CIS Kubernetes Benchmark 1.24; ids and labels as in aquasecurity/kube-bench',
    kubernetes: { min: '1.24', max: '1.24' },
  },
  list,
)
