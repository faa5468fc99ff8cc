// CIS Kubernetes Benchmark 1.7.0, by what it changed against 1.24.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.24.ts'

// 1.23 and 1.24 want DenyServiceExternalIPs off; from here on it is wanted on.
export const list = changeControls(older, {
  removed: ['kubelet.protect-kernel-defaults'],
  replaced: {
    'apiserver.admission.DenyServiceExternalIPs:off': 'apiserver.admission.DenyServiceExternalIPs',
  },
  added: {
    'auth.no-user-client-certs': { 'auth.no-user-sa-tokens': 'M1', 'auth.no-user-bootstrap-tokens': 'M1' },
    'kubelet.tls-cipher-suites:rsa': { 'kubelet.pod-pids-limit': 'M1' },
    'rbac.bind-impersonate-escalate': {
      'rbac.pv-create': 'M1',
      'rbac.node-proxy': 'M1',
      'rbac.csr-approval': 'M1',
      'rbac.webhook-config': 'M1',
      'rbac.serviceaccount-token-create': 'M1',
    },
  },
  relabelled: { M1: ['apiserver.admission.DenyServiceExternalIPs', 'apiserver.secure-port'] },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-k8s',
    edition: '1.7.0',
    title: 'CIS Kubernetes Benchmark 1.7.0',
    source: 'CIS Kubernetes Benchmark 1.7.0; ids and labels as in aquasecurity/kube-bench',
    kubernetes: { min: '1.25', max: '1.25' },
  },
  list,
)
