// CIS Google Kubernetes Engine Benchmark 1.4.0.

import { listControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'

export const list = listControls({
  '2.1 Logging in': {
    'auth.no-user-client-certs': 'M',
  },
  '2.2 Audit log': {
    'audit.policy-set': 'M',
    'audit.policy-coverage': 'M',
  },
  '3.1 Files of nodes': {
    'file.kube-proxy-kubeconfig.mode:644': 'M1',
    'file.kube-proxy-kubeconfig.owner:root': 'M1',
    'file.kubelet-config.mode:644': 'M1',
    'file.kubelet-config.owner:root': 'M1',
  },
  '3.2 Kubelets': {
    'kubelet.anonymous-auth': 'A1',
    'kubelet.authorization-mode': 'A1',
    'kubelet.client-ca-file': 'A1',
    'kubelet.read-only-port': 'M1',
    'kubelet.streaming-connection-idle-timeout': 'A1',
    'kubelet.make-iptables-util-chains': 'A1',
    'kubelet.hostname-override': 'M',
    'kubelet.event-qps': 'A1',
    'kubelet.tls-cert': 'A',
    'kubelet.rotate-certificates': 'A1',
    'kubelet.rotate-server-certificate': 'A1',
  },
  '4.1 Roles and ServiceAccounts': {
    'rbac.cluster-admin': 'M1',
    'rbac.secrets-access': 'M1',
    'rbac.wildcards': 'M1',
    'rbac.pod-create': 'M',
    'serviceaccount.default-unused': 'M1',
    'serviceaccount.token-automount': 'M1',
  },
  '4.2 Pods': {
    'pod.privileged': 'M',
    'pod.host-pid': 'M',
    'pod.host-ipc': 'M',
    'pod.host-network': 'M',
    'pod.allow-privilege-escalation': 'M',
    'pod.run-as-non-root': 'M',
    'pod.no-added-capabilities': 'M',
    'pod.drop-all-capabilities': 'M',
  },
  '4.3 Network policies': {
    'network.cni-supports-networkpolicy': 'M1',
    'network.namespace-networkpolicy': 'M2',
  },
  '4.4 Secrets': {
    'secrets.no-env-secrets': 'M2',
    'secrets.external-store': 'M2',
  },
  '4.5 Admission of images': {
    'supplychain.image-provenance': 'M2',
  },
  '4.6 Namespaces and security contexts': {
    'workload.namespaces-used': 'M1',
    'pod.seccomp-profile': 'M2',
    'pod.security-context': 'M2',
    'workload.default-namespace': 'M2',
  },
  '5.1 Registry': {
    'registry.image-scanning': 'A1',
    'registry.user-access': 'M1',
    'registry.node-read-only': 'M1',
    'registry.allow-list': 'M',
  },
  '5.2 Identities': {
    'gke.no-default-compute-sa': 'A1',
    'gke.workload-identity': 'M2',
  },
  '5.3 Encryption': {
    'cloud.secrets-kms': 'A2',
  },
  '5.4 Metadata of nodes': {
    'gke.legacy-metadata-endpoints': 'A',
    'gke.metadata-server': 'A2',
  },
  '5.5 Nodes': {
    'gke.cos-image': 'A2',
    'gke.node-auto-repair': 'A1',
    'gke.node-auto-upgrade': 'A1',
    'gke.release-channel': 'M1',
    'gke.shielded-nodes': 'M1',
    'gke.integrity-monitoring': 'A1',
    'gke.secure-boot': 'A2',
  },
  '5.6 Network': {
    'gke.vpc-flow-logs': 'A2',
    'gke.vpc-native': 'A1',
    'gke.authorized-networks': 'A1',
    'cloud.private-endpoint': 'A2',
    'cloud.private-nodes': 'A1',
    'gke.worker-firewall': 'M2',
    'cloud.network-policy-enabled': 'M',
    'gke.managed-ssl-certs': 'M2',
  },
  '5.7 Logging': {
    'gke.logging-monitoring': 'A1',
    'gke.node-auditd': 'M2',
  },
  '5.8 Authentication and authorization': {
    'gke.no-basic-auth': 'A',
    'gke.no-client-cert': 'A1',
    'gke.google-groups-rbac': 'M2',
    'gke.legacy-abac': 'A1',
  },
  '5.9 Disks': {
    'gke.cmek-persistent-disks': 'M2',
  },
  '5.10 Other settings': {
    'cloud.dashboard-disabled': 'A1',
    'gke.no-alpha': 'A1',
    'gke.pod-security-policy': 'M',
    'gke.sandbox': 'M2',
    'gke.binary-authorization': 'A2',
    'cloud.security-center': 'M',
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-gke',
    edition: '1.4.0',
    title: 'CIS Google Kubernetes Engine Benchmark 1.4.0',
    source: 'CIS Google Kubernetes Engine Benchmark 1.4.0; ids and labels as in castai/kvisor',
    distributions: ['gke'],
  },
  list,
)
