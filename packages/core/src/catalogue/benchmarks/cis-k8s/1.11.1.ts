// CIS Kubernetes Benchmark 1.11.1, by what it changed against 1.10.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.10.0.ts'

// It lists the certificate of etcd twice, as 2.1 and 2.2: its 2.3 to 2.8 are 2.2 to 2.7 elsewhere.
export const list = changeControls(older, {
  replaced: {
    'file.pki-cert.mode:600': 'file.pki-cert.mode:644',
    'file.client-ca.mode:600': 'file.client-ca.mode:644',
  },
  added: {
    'apiserver.tls-cipher-suites': { 'apiserver.service-account-extend-token-expiration': 'A1' },
    'etcd.server-cert': { 'etcd.server-cert': 'A1' },
    'kubelet.pod-pids-limit': { 'kubelet.seccomp-default': 'M1', 'node.systemd-ip-address-deny': 'M2' },
  },
  renumbered: { '5.7': '5.6' },
  relabelled: {
    M1: [
      'rbac.cluster-admin',
      'rbac.secrets-access',
      'rbac.wildcards',
      'rbac.pod-create',
      'serviceaccount.default-unused',
      'serviceaccount.token-automount',
    ],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-k8s',
    edition: '1.11.1',
    title: 'CIS Kubernetes Benchmark 1.11.1',
    source:
      'CIS Kubernetes Benchmark 1.11.1 of 2025-04; ids and labels as in aquasecurity/kube-bench and prowler-cloud/prowler',
    kubernetes: { min: '1.29', max: '1.32' },
  },
  list,
)
