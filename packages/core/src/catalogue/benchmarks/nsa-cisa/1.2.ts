// NSA/CISA Kubernetes Hardening Guidance 1.2.
//
// The guidance numbers nothing, and no list of it is in common use: ids, and which of its topics are controls, are our own reading.

import { listNumbered } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'

const list = listNumbered({
  'pod Pods': {
    'NSA12-01': ['pod.run-as-non-root', 'A'],
    'NSA12-02': ['pod.read-only-root-fs', 'A'],
    'NSA12-03': ['supplychain.image-scanning-admission', 'A'],
    'NSA12-04': ['supplychain.minimal-images', 'M'],
    'NSA12-05': ['pod.privileged', 'A'],
    'NSA12-06': ['pod.host-namespaces', 'A'],
    'NSA12-07': ['pod.host-path', 'A'],
    'NSA12-08': ['pod.allow-privilege-escalation', 'A'],
    'NSA12-09': ['pod.seccomp-profile', 'A'],
    'NSA12-10': ['pod.apparmor-profile', 'A'],
    'NSA12-11': ['pod.selinux-options', 'A'],
    'NSA12-12': ['psa.namespace-enforcement', 'A'],
    'NSA12-13': ['serviceaccount.token-automount', 'A'],
    'NSA12-14': ['pod.runtime-class-sandbox', 'A'],
  },
  'net Networks and control plane': {
    'NSA12-15': ['network.namespace-networkpolicy', 'A'],
    'NSA12-16': ['network.default-deny', 'A'],
    'NSA12-17': ['network.cni-supports-networkpolicy', 'A'],
    'NSA12-18': ['workload.limit-range', 'A'],
    'NSA12-19': ['workload.resource-quota', 'A'],
    'NSA12-20': ['cloud.control-plane-restricted', 'A'],
    'NSA12-21': ['etcd.tls', 'A'],
    'NSA12-22': ['etcd.separate-ca', 'A'],
    'NSA12-23': ['file.kubeconfig.mode:600', 'A'],
    'NSA12-24': ['apiserver.encryption-provider-config', 'A'],
    'NSA12-25': ['apiserver.encryption-providers', 'A'],
    'NSA12-26': ['network.metadata-service-blocked', 'A'],
    'NSA12-27': ['network.control-plane-tls', 'A'],
    'NSA12-28': ['workload.namespaces-used', 'A'],
    'NSA12-29': ['network.ingress-tls', 'A'],
  },
  'auth Authentication and authorization': {
    'NSA12-30': ['apiserver.anonymous-auth', 'A'],
    'NSA12-31': ['apiserver.user-authentication-method', 'A'],
    'NSA12-32': ['apiserver.authorization-mode.rbac', 'A'],
    'NSA12-33': ['rbac.least-privilege', 'A'],
    'NSA12-34': ['rbac.cluster-admin', 'A'],
  },
  'aud Audit logs and detection': {
    'NSA12-35': ['audit.policy-set', 'A'],
    'NSA12-36': ['audit.policy-coverage', 'A'],
    'NSA12-37': ['apiserver.audit-log-path', 'A'],
    'NSA12-38': ['audit.log-shipping', 'A'],
    'NSA12-39': ['audit.worker-and-container-logs', 'A'],
    'NSA12-40': ['audit.seccomp-audit-mode', 'A'],
    'NSA12-41': ['audit.syslog-or-siem', 'A'],
    'NSA12-42': ['detection.runtime-ids', 'A'],
  },
  'upg Updates': {
    'NSA12-43': ['lifecycle.supported-version', 'A'],
    'NSA12-44': ['lifecycle.patching', 'A'],
    'NSA12-45': ['lifecycle.vulnerability-scans', 'A'],
    'NSA12-46': ['lifecycle.remove-unused-components', 'M'],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'nsa-cisa',
    edition: '1.2',
    title: 'NSA/CISA Kubernetes Hardening Guidance 1.2',
    source: 'NSA and CISA, Kubernetes Hardening Guidance, version 1.2, August 2022',
  },
  list,
)
