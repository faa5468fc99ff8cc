// CIS Google Kubernetes Engine Benchmark 1.5.0, by what it changed against 1.4.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.4.0.ts'

export const list = changeControls(older, {
  removed: [
    'audit.policy-set',
    'audit.policy-coverage',
    'kubelet.anonymous-auth',
    'kubelet.authorization-mode',
    'kubelet.client-ca-file',
    'kubelet.read-only-port',
    'kubelet.streaming-connection-idle-timeout',
    'kubelet.make-iptables-util-chains',
    'kubelet.hostname-override',
    'kubelet.event-qps',
    'kubelet.tls-cert',
    'kubelet.rotate-certificates',
    'kubelet.rotate-server-certificate',
    'pod.host-pid',
    'pod.host-ipc',
    'pod.host-network',
    'pod.allow-privilege-escalation',
    'pod.run-as-non-root',
    'pod.no-added-capabilities',
    'pod.drop-all-capabilities',
    'gke.no-basic-auth',
    'gke.pod-security-policy',
  ],
  replaced: {
    'file.kubelet-config.mode:644': 'file.kubelet-config.mode:600',
    'pod.privileged': 'psa.baseline-enforced',
  },
  added: {
    'serviceaccount.token-automount': {
      'rbac.system-masters': 'A1',
      'rbac.bind-impersonate-escalate': 'M1',
      'rbac.pv-create': 'M',
      'rbac.node-proxy': 'M',
      'rbac.csr-approval': 'M',
      'rbac.webhook-config': 'M',
      'rbac.serviceaccount-token-create': 'M',
    },
    'cloud.security-center': { 'gke.security-posture': 'M2' },
  },
  relabelled: {
    A1: [
      'rbac.cluster-admin',
      'rbac.secrets-access',
      'rbac.wildcards',
      'serviceaccount.default-unused',
      'serviceaccount.token-automount',
      'gke.cos-image',
      'gke.release-channel',
      'gke.shielded-nodes',
    ],
    A2: [
      'network.namespace-networkpolicy',
      'secrets.no-env-secrets',
      'pod.seccomp-profile',
      'workload.default-namespace',
      'registry.image-scanning',
      'gke.node-auto-repair',
      'gke.node-auto-upgrade',
      'gke.authorized-networks',
      'gke.managed-ssl-certs',
    ],
    M1: ['psa.baseline-enforced', 'cloud.private-nodes'],
    M2: ['registry.user-access', 'registry.node-read-only', 'cloud.private-endpoint'],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-gke',
    edition: '1.5.0',
    title: 'CIS Google Kubernetes Engine Benchmark 1.5.0',
    source: 'CIS Google Kubernetes Engine Benchmark 1.5.0; ids and labels as in castai/kvisor',
    distributions: ['gke'],
  },
  list,
)
