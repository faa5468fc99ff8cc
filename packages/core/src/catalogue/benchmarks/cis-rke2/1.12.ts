// RKE2 self-assessment against the CIS Kubernetes Benchmark 1.12, by what it changed against 1.12.0 of cis-k8s.

import { list as older } from '../cis-k8s/1.12.0.ts'
import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'

// The labels are the vendor’s own.
const list = changeControls(older, {
  replaced: { 'file.client-ca.mode:644': 'file.client-ca.mode:600' },
  relabelled: {
    A1: [
      'file.pki-cert.mode:644',
      'file.pki-key.mode:600',
      'apiserver.anonymous-auth',
      'apiserver.request-timeout',
      'apiserver.encryption-provider-config',
      'apiserver.encryption-providers',
      'apiserver.tls-cipher-suites',
      'audit.policy-set',
      'file.kube-proxy-kubeconfig.mode:600',
      'file.kube-proxy-kubeconfig.owner:root',
      'file.client-ca.mode:600',
      'file.client-ca.owner:root',
      'kubelet.read-only-port',
      'kubelet.hostname-override',
      'kubelet.tls-cert',
      'kubelet.rotate-server-certificate',
      'kube-proxy.metrics-bind',
    ],
    A2: ['etcd.unique-ca'],
    M1: [
      'file.etcd-manifest.mode:600',
      'file.etcd-manifest.owner:root',
      'file.etcd-data-dir.mode:700',
      'file.etcd-data-dir.owner:etcd',
    ],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-rke2',
    edition: '1.12',
    title: 'RKE2 self-assessment against the CIS Kubernetes Benchmark 1.12',
    source:
      'RKE2 self-assessment against the CIS Kubernetes Benchmark 1.12; ids and labels as in rancher/security-scan',
    distributions: ['rke2'],
    kubernetes: { min: '1.32', max: '1.34' },
  },
  list,
)
