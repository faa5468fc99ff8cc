// CIS GKE Autopilot Benchmark 1.3.0.

import { listControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'

const list = listControls({
  '4.1 Roles and ServiceAccounts': {
    'rbac.cluster-admin': 'M1',
    'rbac.secrets-access': 'M1',
    'rbac.wildcards': 'M1',
    'serviceaccount.default-unused': 'A1',
    'serviceaccount.token-automount': 'M1',
    'rbac.system-masters': 'A1',
    'rbac.bind-impersonate-escalate': 'M1',
    'rbac.no-bind-anonymous': 'A1',
    'rbac.no-bind-unauthenticated': 'A1',
    'rbac.no-bind-authenticated': 'A1',
  },
  '4.2 Pods': {
    'psa.baseline-enforced': 'M1',
  },
  '4.3 Network policies': {
    'network.namespace-networkpolicy': 'A2',
  },
  '4.4 Secrets': {
    'secrets.external-store': 'M2',
  },
  '4.5 Admission of images': {
    'supplychain.image-provenance': 'M2',
  },
  '4.6 Namespaces and security contexts': {
    'workload.namespaces-used': 'M1',
    'pod.seccomp-profile': 'A2',
    'pod.security-context': 'M2',
    'workload.default-namespace': 'A2',
  },
  '5.1 Registry': {
    'registry.image-scanning': 'A2',
    'registry.user-access': 'M2',
    'registry.node-read-only': 'M2',
    'gke.trusted-images': 'A2',
  },
  '5.2 Identities': {
    'gke.no-default-compute-sa': 'A2',
  },
  '5.3 Encryption': {
    'cloud.secrets-kms': 'A2',
  },
  '5.4 Network': {
    'gke.vpc-flow-logs': 'A1',
    'gke.authorized-networks': 'M2',
    'cloud.private-endpoint': 'A2',
    'cloud.private-nodes': 'A2',
    'gke.managed-ssl-certs': 'A2',
  },
  '5.5 Authentication and authorization': {
    'gke.google-groups-rbac': 'M2',
  },
  '5.6 Disks': {
    'gke.cmek-persistent-disks': 'M2',
  },
  '5.7 Other settings': {
    'gke.security-posture': 'A2',
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-gke-autopilot',
    edition: '1.3.0',
    title: 'CIS GKE Autopilot Benchmark 1.3.0',
    source: 'CIS GKE Autopilot Benchmark 1.3.0; ids and labels as in CyberStrikeus/CyberStrike',
    distributions: ['gke-autopilot'],
  },
  list,
)
