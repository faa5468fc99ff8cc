// NSA/CISA Kubernetes Hardening Guidance 1.0.
//
// The guidance numbers nothing; ids and the label "automated" are those that tools came to use (aquasecurity/trivy-checks). Some bind
// 1.4 and 1.5, 1.8 and 1.9, 5.1, 6.1, 6.2 and 7.1 to tests of something else; here each asks for what the guidance says there.

import { listNumbered } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'

const list = listNumbered({
  'pod Pods': {
    '1.0': ['pod.run-as-non-root', 'A'],
    '1.1': ['pod.read-only-root-fs', 'A'],
    '1.2': ['pod.privileged', 'A'],
    '1.3': ['pod.host-ipc', 'A'],
    '1.4': ['pod.host-pid', 'A'],
    '1.5': ['pod.host-network', 'A'],
    '1.6': ['pod.run-as-root-or-root-group', 'A'],
    '1.7': ['pod.allow-privilege-escalation', 'A'],
    '1.8': ['pod.selinux-options', 'A'],
    '1.9': ['pod.apparmor-profile', 'A'],
    '1.10': ['pod.seccomp-profile', 'A'],
    '1.11': ['serviceaccount.token-automount', 'A'],
    '1.12': ['workload.kube-system-not-for-users', 'A'],
  },
  'net Separation of networks': {
    '2.0': ['network.namespace-networkpolicy', 'A'],
    '3.0': ['network.cni-supports-networkpolicy', 'M'],
  },
  'res Bounds on resources': {
    '4.0': ['workload.resource-quota', 'A'],
    '4.1': ['workload.limit-range', 'A'],
  },
  'cp Control plane': {
    '5.0': ['apiserver.insecure-port', 'M'],
    '5.1': ['etcd.tls', 'A'],
  },
  'sec Secrets and files': {
    '6.0': ['file.kubeconfig.mode:600', 'M'],
    '6.1': ['apiserver.encryption-provider-config', 'A'],
    '6.2': ['apiserver.encryption-providers', 'A'],
  },
  'auth Authentication and authorization': {
    '7.0': ['apiserver.anonymous-auth', 'A'],
    '7.1': ['apiserver.authorization-mode.rbac', 'A'],
  },
  'aud Audit log': {
    '8.0': ['audit.policy-set', 'M'],
    '8.1': ['apiserver.audit-log-path', 'A'],
    '8.2': ['apiserver.audit-log-maxage', 'A'],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'nsa-cisa',
    edition: '1.0',
    title: 'NSA/CISA Kubernetes Hardening Guidance 1.0',
    source: 'NSA and CISA, Kubernetes Hardening Guidance, version 1.0, August 2021',
  },
  list,
)
