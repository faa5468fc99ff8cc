// CIS Google Kubernetes Engine Benchmark 1.6.0, by what it changed against 1.5.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.5.0.ts'

export const list = changeControls(older, {
  removed: [
    'rbac.pod-create',
    'rbac.pv-create',
    'rbac.node-proxy',
    'rbac.csr-approval',
    'rbac.webhook-config',
    'rbac.serviceaccount-token-create',
    'gke.legacy-metadata-endpoints',
    'cloud.network-policy-enabled',
    'cloud.security-center',
  ],
  replaced: { 'registry.allow-list': 'gke.trusted-images' },
  added: {
    'rbac.bind-impersonate-escalate': {
      'rbac.no-bind-anonymous': 'A2',
      'rbac.no-bind-unauthenticated': 'A1',
      'rbac.no-bind-authenticated': 'A1',
    },
    'gke.cmek-persistent-disks': { 'gke.cmek-boot-disks': 'A2' },
  },
  sections: {
    '3.2 Kubelets': {
      'kubelet.anonymous-auth': 'A1',
      'kubelet.authorization-mode': 'A1',
      'kubelet.client-ca-file': 'A1',
      'kubelet.read-only-port': 'A1',
      'kubelet.streaming-connection-idle-timeout': 'A1',
      'kubelet.make-iptables-util-chains': 'A1',
      'kubelet.event-qps': 'A1',
      'kubelet.rotate-certificates': 'A1',
      'kubelet.rotate-server-certificate': 'A1',
    },
  },
  relabelled: { M2: ['gke.trusted-images'] },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-gke',
    edition: '1.6.0',
    title: 'CIS Google Kubernetes Engine Benchmark 1.6.0',
    source: 'CIS Google Kubernetes Engine Benchmark 1.6.0; ids and labels as in aquasecurity/kube-bench',
    distributions: ['gke'],
  },
  list,
)
