// CIS Kubernetes Benchmark 1.12.0, by what it changed against 1.11.1.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.11.1.ts'

export const list = changeControls(older, {
  removed: ['etcd.server-cert', 'node.systemd-ip-address-deny', 'pod.no-added-capabilities'],
  replaced: { 'kubelet.tls-cipher-suites:rsa': 'kubelet.tls-cipher-suites' },
  relabelled: { M1: ['pod.drop-all-capabilities'] },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-k8s',
    edition: '1.12.0',
    title: 'CIS Kubernetes Benchmark 1.12.0',
    source:
      'CIS Kubernetes Benchmark 1.12.0 of 2025-09-26; ids and labels as in aquasecurity/kube-bench and prowler-cloud/prowler',
    kubernetes: { min: '1.32', max: '1.34' },
  },
  list,
)
