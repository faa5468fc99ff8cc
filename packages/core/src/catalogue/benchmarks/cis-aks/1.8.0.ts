// CIS Azure Kubernetes Service Benchmark 1.8.0, by what it changed against 1.7.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.7.0.ts'

const list = changeControls(older, {
  added: {
    'serviceaccount.token-automount': {
      'rbac.bind-impersonate-escalate': 'M1',
      'rbac.pv-create': 'M1',
      'rbac.node-proxy': 'M1',
      'rbac.csr-approval': 'M1',
      'rbac.webhook-config': 'M1',
      'rbac.serviceaccount-token-create': 'M1',
    },
  },
  relabelled: {
    M1: [
      'rbac.cluster-admin',
      'rbac.secrets-access',
      'rbac.wildcards',
      'rbac.pod-create',
      'serviceaccount.default-unused',
      'serviceaccount.token-automount',
      'pod.privileged',
      'pod.host-pid',
      'pod.host-ipc',
      'pod.host-network',
      'pod.allow-privilege-escalation',
    ],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-aks',
    edition: '1.8.0',
    title: 'CIS Azure Kubernetes Service Benchmark 1.8.0',
    source:
      'CIS Azure Kubernetes Service Benchmark 1.8.0 of 2025-10-22; ids and labels as in aquasecurity/kube-bench and CyberStrikeus/CyberStrike',
    distributions: ['aks'],
  },
  list,
)
