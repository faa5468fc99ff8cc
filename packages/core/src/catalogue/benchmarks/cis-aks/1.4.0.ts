// CIS Azure Kubernetes Service Benchmark 1.4.0.

import { listControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'

export const list = listControls({
  '2.1 Audit log': {
    'cloud.audit-logs': 'M1',
  },
  '3.1 Files of nodes': {
    'file.kubelet-kubeconfig.mode:644': 'M1',
    'file.kubelet-kubeconfig.owner:root': 'M1',
    'file.kubelet-config.mode:644': 'M',
    'file.kubelet-config.owner:root': 'M',
  },
  '3.2 Kubelets': {
    'kubelet.anonymous-auth': 'A1',
    'kubelet.authorization-mode': 'A1',
    'kubelet.client-ca-file': 'A1',
    'kubelet.read-only-port': 'M1',
    'kubelet.streaming-connection-idle-timeout': 'A1',
    'kubelet.make-iptables-util-chains': 'A1',
    'kubelet.hostname-override': 'M',
    'kubelet.event-qps': 'A2',
    'kubelet.rotate-certificates': 'A2',
    'kubelet.rotate-server-certificate': 'M1',
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
    'pod.privileged': 'M1',
    'pod.host-pid': 'M1',
    'pod.host-ipc': 'M1',
    'pod.host-network': 'M1',
    'pod.allow-privilege-escalation': 'M1',
    'pod.run-as-non-root': 'M',
    'pod.no-added-capabilities': 'M',
    'pod.drop-all-capabilities': 'M',
  },
  '4.4 Network policies': {
    'network.cni-latest-version': 'M1',
    'network.namespace-networkpolicy': 'M2',
  },
  '4.5 Secrets': {
    'secrets.no-env-secrets': 'M2',
    'secrets.external-store': 'M2',
  },
  '4.6 Admission': {
    'aks.azure-policy-addon': 'M',
  },
  '4.7 Namespaces and security contexts': {
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
    'aks.dedicated-service-accounts': 'M1',
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
    'aks.entra-id-rbac': 'M2',
    'aks.azure-rbac': 'M2',
  },
  '5.6 Untrusted workloads': {
    'cloud.untrusted-workloads': 'M',
    'cloud.hostile-multitenant': 'M',
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-aks',
    edition: '1.4.0',
    title: 'CIS Azure Kubernetes Service Benchmark 1.4.0',
    source: 'CIS Azure Kubernetes Service Benchmark 1.4.0; ids and labels as in castai/kvisor',
    distributions: ['aks'],
  },
  list,
)
