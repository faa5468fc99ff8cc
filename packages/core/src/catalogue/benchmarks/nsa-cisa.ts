// NSA/CISA Kubernetes Hardening Guidance 1.0: its recommendations, bound to the rules that answer them.
//
// The guidance numbers nothing; ids and the label "automated" are those that tools came to use (aquasecurity/trivy-checks). Some bind
// 1.4 and 1.5, 1.8 and 1.9, 5.1, 6.1, 6.2 and 7.1 to tests of something else; here each asks for what the guidance says there.

import type { Control, Edition, RuleBinding, Undecided } from '../../model/benchmark.ts'

type Decision = Pick<Control, 'rules' | 'undecided'>

const by = (...rules: readonly (string | RuleBinding)[]): Decision => ({
  rules: rules.map(rule => (typeof rule === 'string' ? { rule } : rule)),
})
const undecided = (undecided: Undecided): Decision => ({ rules: [], undecided })
const onControlPlane = (flag: string) =>
  undecided({
    notCollected: 'control-plane',
    why: `it is decided by ${flag}, which is set on the control plane’s nodes; no collector reads them yet`,
  })

const pod = { section: 'pod', automated: true } as const
const controlPlane = { severity: 'high', automated: true } as const

const controls: readonly Control[] = [
  {
    ...pod,
    id: '1.0',
    title: 'Containers run as users other than root',
    severity: 'medium',
    remediation:
      'Build images for a user other than root, and have Kubernetes refuse root with runAsNonRoot.',
    ...by('run-as-non-root'),
  },
  {
    ...pod,
    id: '1.1',
    title: 'Root file systems of containers are read-only',
    severity: 'medium',
    remediation: 'Set readOnlyRootFilesystem and mount an emptyDir where the application must write.',
    ...by('writable-root-filesystem'),
  },
  {
    ...pod,
    id: '1.2',
    title: 'No container is privileged',
    severity: 'critical',
    remediation: 'Leave privileged unset and grant the single capability or device that is needed.',
    ...by('privileged-container'),
  },
  {
    ...pod,
    id: '1.3',
    title: 'No pod shares the IPC namespace of its node',
    severity: 'high',
    remediation: 'Leave hostIPC unset.',
    ...by('host-ipc'),
  },
  {
    ...pod,
    id: '1.4',
    title: 'No pod sees the processes of its node',
    severity: 'high',
    remediation: 'Leave hostPID unset.',
    ...by('host-pid'),
  },
  {
    ...pod,
    id: '1.5',
    title: 'No pod uses the network of its node',
    severity: 'high',
    remediation: 'Leave hostNetwork unset and reach the pod through a Service.',
    ...by('host-network'),
  },
  {
    ...pod,
    id: '1.6',
    title: 'No container runs as root or in the group root',
    severity: 'medium',
    remediation: 'Set runAsUser and runAsGroup to ids other than 0, and keep 0 out of the further groups.',
    ...by('runs-as-root', 'runs-as-root-group'),
  },
  {
    ...pod,
    id: '1.7',
    title: 'No process of a container can gain more privileges than it was started with',
    severity: 'high',
    remediation: 'Set allowPrivilegeEscalation to false.',
    ...by('privilege-escalation'),
  },
  {
    ...pod,
    id: '1.8',
    title: 'SELinux confines containers',
    severity: 'medium',
    remediation: 'Leave seLinuxOptions to the runtime, or name one of the types made for containers.',
    ...by('selinux-options'),
  },
  {
    ...pod,
    id: '1.9',
    title: 'AppArmor confines containers',
    severity: 'medium',
    remediation: 'Leave the AppArmor profile to the runtime, or name one that is loaded on the nodes.',
    ...by('apparmor-profile'),
  },
  {
    ...pod,
    id: '1.10',
    title: 'Seccomp narrows the system calls of containers',
    severity: 'medium',
    remediation: 'Set the seccomp profile RuntimeDefault for the pod.',
    ...by('seccomp-profile'),
  },
  {
    ...pod,
    id: '1.11',
    title: 'Pods that do not call the API server get no token for it',
    severity: 'medium',
    remediation: 'Turn automountServiceAccountToken off for the pod or its ServiceAccount.',
    ...by('service-account-token'),
  },
  {
    ...pod,
    id: '1.12',
    title: 'Namespaces of Kubernetes itself hold no workloads of users',
    severity: 'medium',
    remediation: 'Move the workload to a namespace of its own.',
    ...by('kube-system-placement'),
  },
  {
    id: '2.0',
    section: 'net',
    title: 'Network policies separate namespaces',
    automated: true,
    severity: 'medium',
    remediation: 'Give each namespace a NetworkPolicy that denies by default, and allow what is needed.',
    ...undecided({
      notCollected: 'kubernetes-api',
      why: 'no rule yet reads the policies of Kubernetes and of network plugins together',
    }),
  },
  {
    id: '3.0',
    section: 'net',
    title: 'The network plugin enforces network policies',
    automated: false,
    severity: 'high',
    remediation: 'Run a network plugin that enforces NetworkPolicy objects: without one they have no effect.',
    ...undecided({
      notCollected: 'kubernetes-api',
      why: 'no rule yet tells which network plugin runs on the nodes and whether it enforces policies',
    }),
  },
  {
    id: '4.0',
    section: 'res',
    title: 'Each namespace has a bound on what it may use',
    automated: true,
    severity: 'low',
    remediation: 'Create a ResourceQuota in the namespace.',
    ...by('namespace-resource-quota'),
  },
  {
    id: '4.1',
    section: 'res',
    title: 'Each namespace bounds what a single container may use',
    automated: true,
    severity: 'low',
    remediation: 'Create a LimitRange in the namespace.',
    ...by('namespace-limit-range'),
  },
  {
    ...controlPlane,
    id: '5.0',
    section: 'cp',
    title: 'The API server is not served without TLS',
    automated: false,
    severity: 'critical',
    remediation: 'Run a version without an insecure port (1.20 and newer), or set --insecure-port=0.',
    ...onControlPlane('the API server’s flag --insecure-port'),
  },
  {
    ...controlPlane,
    id: '5.1',
    section: 'cp',
    title: 'etcd speaks TLS alone, and only to the API server',
    severity: 'critical',
    remediation: 'Give etcd a server certificate and have it ask clients for theirs.',
    ...onControlPlane('the flags of etcd for certificates'),
  },
  {
    ...controlPlane,
    id: '6.0',
    section: 'sec',
    title: 'Files with credentials for the cluster can be read by their owner alone',
    automated: false,
    remediation: 'Give kubeconfig files to root and take all rights from group and others.',
    ...undecided({
      notCollected: 'node',
      why: 'it is decided by the modes of files on nodes; no collector reads them yet',
    }),
  },
  {
    ...controlPlane,
    id: '6.1',
    section: 'sec',
    title: 'Secrets are encrypted before they are stored',
    remediation: 'Start the API server with an encryption configuration.',
    ...onControlPlane('the API server’s flag --encryption-provider-config'),
  },
  {
    ...controlPlane,
    id: '6.2',
    section: 'sec',
    title: 'Secrets are encrypted by a strong provider',
    remediation: 'Put a key management service first in the encryption configuration.',
    ...onControlPlane('the providers in the API server’s encryption configuration'),
  },
  {
    ...controlPlane,
    id: '7.0',
    section: 'auth',
    title: 'The API server knows who asks',
    remediation: 'Turn anonymous requests off, or allow them for health checks alone.',
    ...onControlPlane('the API server’s flag --anonymous-auth'),
  },
  {
    ...controlPlane,
    id: '7.1',
    section: 'auth',
    title: 'Rights are given by role',
    remediation: 'Have RBAC among the authorization modes, and never AlwaysAllow.',
    ...onControlPlane('the API server’s flag --authorization-mode'),
  },
  {
    ...controlPlane,
    id: '8.0',
    section: 'aud',
    title: 'A policy says what the audit log records',
    automated: false,
    severity: 'medium',
    remediation: 'Give the API server an audit policy that records at least who changed what.',
    ...onControlPlane('the API server’s flag --audit-policy-file'),
  },
  {
    ...controlPlane,
    id: '8.1',
    section: 'aud',
    title: 'The audit log is written',
    severity: 'medium',
    remediation: 'Give the API server a file or a webhook for its audit log.',
    ...onControlPlane('the API server’s flag --audit-log-path'),
  },
  {
    ...controlPlane,
    id: '8.2',
    section: 'aud',
    title: 'The audit log is kept long enough',
    severity: 'medium',
    remediation: 'Keep audit logs for 30 days or longer.',
    ...onControlPlane('the API server’s flag --audit-log-maxage'),
  },
]

export const editions: readonly Edition[] = [
  {
    benchmark: 'nsa-cisa',
    edition: '1.0',
    title: 'NSA/CISA Kubernetes Hardening Guidance 1.0',
    source: 'NSA and CISA, Kubernetes Hardening Guidance, version 1.0, August 2021',
    sections: [
      { id: 'pod', title: 'Pods' },
      { id: 'net', title: 'Separation of networks' },
      { id: 'res', title: 'Bounds on resources' },
      { id: 'cp', title: 'Control plane' },
      { id: 'sec', title: 'Secrets and files' },
      { id: 'auth', title: 'Authentication and authorization' },
      { id: 'aud', title: 'Audit log' },
    ],
    controls,
  },
]
