// K3s self-assessment against the CIS Kubernetes Benchmark 1.12, by what it changed against 1.12.0 of cis-k8s.

import { list as older } from '../cis-k8s/1.12.0.ts'
import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'

// The labels are the vendor’s own.
const list = changeControls(older, {
  replaced: { 'file.client-ca.mode:644': 'file.client-ca.mode:600' },
  relabelled: {
    A1: [
      'file.cni-conf.mode:600',
      'file.cni-conf.owner:root',
      'file.pki-cert.mode:644',
      'file.pki-key.mode:600',
      'apiserver.anonymous-auth',
      'apiserver.tls-cipher-suites',
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
    M1: [
      'file.etcd-data-dir.mode:700',
      'apiserver.audit-log-path',
      'apiserver.audit-log-maxage',
      'apiserver.audit-log-maxbackup',
      'apiserver.audit-log-maxsize',
      'etcd.server-cert',
      'etcd.client-cert-auth',
      'etcd.no-auto-tls',
      'etcd.peer-cert',
      'etcd.peer-client-cert-auth',
      'etcd.no-peer-auto-tls',
    ],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-k3s',
    edition: '1.12',
    title: 'K3s self-assessment against the CIS Kubernetes Benchmark 1.12',
    source:
      'K3s self-assessment against the CIS Kubernetes Benchmark 1.12; ids and labels as in rancher/security-scan',
    distributions: ['k3s'],
    kubernetes: { min: '1.32', max: '1.34' },
  },
  list,
)
