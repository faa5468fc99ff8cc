// CIS Amazon EKS Benchmark 1.1.0.

import { listControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'

export const list = listControls({
  '2.1 Audit log': {
    'cloud.audit-logs': 'M1',
  },
  '3.1 Files of nodes': {
    'file.kubelet-kubeconfig.mode:644': 'M1',
    'file.kubelet-kubeconfig.owner:root': 'M1',
    'file.kubelet-config.mode:644': 'M1',
    'file.kubelet-config.owner:root': 'M1',
  },
  '3.2 Kubelets': {
    'kubelet.anonymous-auth': 'A1',
    'kubelet.authorization-mode': 'A1',
    'kubelet.client-ca-file': 'M1',
    'kubelet.read-only-port': 'M1',
    'kubelet.streaming-connection-idle-timeout': 'M1',
    'kubelet.protect-kernel-defaults': 'A1',
    'kubelet.make-iptables-util-chains': 'A1',
    'kubelet.hostname-override': 'M1',
    'kubelet.event-qps': 'A2',
    'kubelet.rotate-certificates': 'M2',
    'kubelet.rotate-server-certificate': 'M1',
  },
  '3.3 Operating system of nodes': {
    'eks.container-optimized-os': 'M',
  },
  '4.1 Roles and ServiceAccounts': {
    'rbac.cluster-admin': 'M1',
    'rbac.secrets-access': 'M1',
    'rbac.wildcards': 'M1',
    'rbac.pod-create': 'M1',
    'serviceaccount.default-unused': 'M1',
    'serviceaccount.token-automount': 'M1',
  },
  '4.2 Pods': {
    'pod.privileged': 'A1',
    'pod.host-pid': 'A1',
    'pod.host-ipc': 'A1',
    'pod.host-network': 'A1',
    'pod.allow-privilege-escalation': 'A1',
    'pod.run-as-non-root': 'A2',
    'pod.drop-net-raw': 'A1',
    'pod.no-added-capabilities': 'M1',
    'pod.drop-all-capabilities': 'M2',
  },
  '4.3 Network policies': {
    'network.cni-latest-version': 'M1',
    'network.namespace-networkpolicy': 'M2',
  },
  '4.4 Secrets': {
    'secrets.no-env-secrets': 'M2',
    'secrets.external-store': 'M2',
  },
  '4.6 Namespaces and security contexts': {
    'workload.namespaces-used': 'M1',
    'pod.security-context': 'M2',
    'workload.default-namespace': 'M2',
  },
  '5.1 Registry': {
    'registry.image-scanning': 'M1',
    'registry.user-access': 'M1',
    'registry.node-read-only': 'M1',
    'registry.allow-list': 'M2',
  },
  '5.2 Identities': {
    'eks.dedicated-service-accounts': 'M1',
  },
  '5.3 Encryption': {
    'cloud.secrets-kms': 'M1',
  },
  '5.4 Network': {
    'cloud.control-plane-restricted': 'M1',
    'cloud.private-endpoint': 'M2',
    'cloud.private-nodes': 'M1',
    'cloud.network-policy-enabled': 'M1',
    'cloud.lb-tls': 'M2',
  },
  '5.5 Authentication and authorization': {
    'eks.iam-authentication': 'M2',
  },
  '5.6 Untrusted workloads': {
    'eks.fargate': 'M2',
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-eks',
    edition: '1.1.0',
    title: 'CIS Amazon EKS Benchmark 1.1.0',
    source: 'CIS Amazon EKS Benchmark 1.1.0; ids and labels as in aquasecurity/kube-bench',
    distributions: ['eks'],
  },
  list,
)
