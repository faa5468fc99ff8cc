// CIS Amazon EKS Benchmark 1.8.0, by what it changed against 1.7.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.7.0.ts'

// Twelve controls on what the API tells became manual; tools that call them automated follow 1.7.0.
const list = changeControls(older, {
  added: {
    'rbac.bind-impersonate-escalate': {
      'rbac.pv-create': 'M',
      'rbac.node-proxy': 'M',
      'rbac.webhook-config': 'M',
      'rbac.serviceaccount-token-create': 'M',
    },
  },
  relabelled: {
    M: [
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
      'network.namespace-networkpolicy',
    ],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-eks',
    edition: '1.8.0',
    title: 'CIS Amazon EKS Benchmark 1.8.0',
    source:
      'CIS Amazon EKS Benchmark 1.8.0 of 2025-10-22; ids and labels as in aquasecurity/kube-bench and CyberStrikeus/CyberStrike',
    distributions: ['eks'],
  },
  list,
)
