// Decided: the rules that answer a requirement. To bind a rule, name it here and take the requirement's line out of waiting.ts.

import type { RuleBinding } from '../../../model/benchmark.ts'
import type { RequirementKey } from '../requirements/table.ts'

/** Rules by requirement, by id, or with the parameters that the requirement asks for. */
export const decided: Readonly<Partial<Record<RequirementKey, readonly (string | RuleBinding)[]>>> = {
  // Pods
  'pod.privileged': ['privileged-container'],
  'pod.host-pid': ['host-pid'],
  'pod.host-ipc': ['host-ipc'],
  'pod.host-network': ['host-network'],
  'pod.host-namespaces': ['host-pid', 'host-ipc', 'host-network'],
  'pod.host-path': ['host-path-volume'],
  'pod.host-ports': ['host-port'],
  'pod.allow-privilege-escalation': ['privilege-escalation'],
  'pod.run-as-non-root': ['runs-as-root'],
  'pod.run-as-root-or-root-group': ['runs-as-root', 'runs-as-root-group'],
  'pod.drop-net-raw': [{ rule: 'undropped-capability', parameters: { capabilities: ['NET_RAW'] } }],
  'pod.drop-all-capabilities': [{ rule: 'undropped-capability', parameters: { capabilities: ['ALL'] } }],
  'pod.no-added-capabilities': [{ rule: 'added-capabilities', parameters: { allowed: [] } }],
  'pod.windows-host-process': ['windows-host-process'],
  'pod.seccomp-profile': ['seccomp-profile'],
  'pod.apparmor-profile': ['apparmor-profile'],
  'pod.selinux-options': ['selinux-options'],
  'pod.read-only-root-fs': ['writable-root-filesystem'],
  'pod.security-context': ['security-context-missing'],

  // Namespaces
  'psa.baseline-enforced': [{ rule: 'namespace-pod-security', parameters: { level: 'baseline' } }],
  'psa.namespace-enforcement': [{ rule: 'namespace-pod-security', parameters: { level: 'baseline' } }],
  'pod.unprivileged-ports': ['privileged-port'],
  'workload.dedicated-namespaces': [
    'default-namespace',
    { rule: 'kube-system-placement', parameters: { namespaces: ['kube-public', 'kube-node-lease'] } },
  ],
  'workload.default-namespace': ['default-namespace'],
  'workload.kube-system-not-for-users': ['kube-system-placement'],
  'workload.limit-range': ['namespace-limit-range'],
  'workload.resource-quota': ['namespace-resource-quota'],

  // Rights
  'rbac.bind-impersonate-escalate': ['role-bind', 'impersonation', 'role-escalation'],
  'rbac.cluster-admin': ['cluster-admin-binding'],
  'rbac.csr-approval': ['csr-approval'],
  'rbac.least-privilege': [
    'cluster-admin-binding',
    'namespace-admin-binding',
    'wildcard-role',
    'aggregated-rights',
    'authenticated-group-binding',
    'service-accounts-group-binding',
  ],
  'rbac.no-bind-anonymous': ['anonymous-binding'],
  'rbac.no-bind-authenticated': ['authenticated-group-binding'],
  'rbac.no-bind-unauthenticated': ['anonymous-binding'],
  'rbac.node-proxy': ['node-proxy'],
  'rbac.pod-create': ['pod-creation'],
  'rbac.pv-create': ['persistent-volume-creation'],
  'rbac.secrets-access': ['secrets-access'],
  'rbac.serviceaccount-token-create': ['token-creation'],
  'rbac.system-masters': ['system-masters-binding'],
  'rbac.webhook-config': ['admission-configuration-write'],
  'rbac.wildcards': ['wildcard-role'],

  // Accounts and secrets
  'auth.no-user-bootstrap-tokens': ['bootstrap-token'],
  'auth.no-user-client-certs': ['client-certificate-for-people'],
  'auth.no-user-sa-tokens': ['legacy-service-account-token', 'service-account-without-pods'],
  'secrets.external-store': ['external-secret-store'],
  'secrets.no-env-secrets': ['secrets-in-env'],
  'serviceaccount.default-unused': [
    'default-service-account-binding',
    'default-service-account-automount',
    'default-service-account',
  ],
  'serviceaccount.token-automount': ['service-account-token'],

  // Networks
  'network.cni-supports-networkpolicy': ['network-policy-engine'],
  'network.default-deny': ['namespace-default-deny'],
  'network.ingress-tls': ['ingress-tls'],
  'network.metadata-service-blocked': ['metadata-service-egress'],
  'network.namespace-networkpolicy': ['namespace-network-policy'],

  // What admission asks for
  'supplychain.image-provenance': ['image-provenance'],
  'workload.namespaces-used': ['namespace-boundaries'],

  // Clouds
  'cloud.dashboard-disabled': ['kubernetes-dashboard'],

  // API server
  'apiserver.admission.AlwaysPullImages': ['apiserver-always-pull-images'],
  'apiserver.admission.DenyServiceExternalIPs': [
    { rule: 'apiserver-deny-service-external-ips', parameters: { plugin: 'on' } },
  ],
  'apiserver.admission.DenyServiceExternalIPs:off': [
    { rule: 'apiserver-deny-service-external-ips', parameters: { plugin: 'off' } },
  ],
  'apiserver.admission.EventRateLimit': ['apiserver-event-rate-limit'],
  'apiserver.admission.NamespaceLifecycle': ['apiserver-namespace-lifecycle'],
  'apiserver.admission.NodeRestriction': ['apiserver-node-restriction'],
  'apiserver.admission.SecurityContextDeny': ['apiserver-security-context-deny'],
  'apiserver.admission.ServiceAccount': ['apiserver-service-account-admission'],
  'apiserver.admission.no-AlwaysAdmit': ['apiserver-always-admit'],
  'apiserver.anonymous-auth': ['apiserver-anonymous-auth'],
  'apiserver.audit-log-maxage': ['apiserver-audit-log-maxage'],
  'apiserver.audit-log-maxbackup': ['apiserver-audit-log-maxbackup'],
  'apiserver.audit-log-maxsize': [{ rule: 'apiserver-audit-log-maxsize', parameters: { explicit: true } }],
  'apiserver.audit-log-path': ['apiserver-audit-log-path'],
  'apiserver.authorization-mode.no-always-allow': ['apiserver-always-allow'],
  'apiserver.authorization-mode.node': ['apiserver-authorization-node'],
  'apiserver.authorization-mode.rbac': ['apiserver-authorization-rbac'],
  'apiserver.client-ca-file': ['apiserver-client-ca-file'],
  'apiserver.encryption-provider-config': ['apiserver-encryption-at-rest'],
  'apiserver.etcd-cafile': ['apiserver-etcd-ca-file'],
  'apiserver.etcd-client-cert': ['apiserver-etcd-client-certificate'],
  'apiserver.insecure-port': ['apiserver-insecure-port'],
  'apiserver.kubelet-certificate-authority': ['apiserver-kubelet-certificate-authority'],
  'apiserver.kubelet-client-cert': ['apiserver-kubelet-client-certificate'],
  'apiserver.kubelet-https': ['apiserver-kubelet-https'],
  'apiserver.profiling': ['apiserver-profiling'],
  'apiserver.request-timeout': ['apiserver-request-timeout'],
  'apiserver.secure-port': ['apiserver-secure-port'],
  'apiserver.service-account-extend-token-expiration': ['apiserver-service-account-token-extension'],
  'apiserver.service-account-key-file': ['apiserver-service-account-key-file'],
  'apiserver.service-account-lookup': ['apiserver-service-account-lookup'],
  'apiserver.tls-cert': ['apiserver-tls-certificate'],
  'apiserver.tls-cipher-suites': ['apiserver-tls-cipher-suites'],
  'apiserver.token-auth-file': ['apiserver-token-auth-file'],
  'audit.policy-set': ['apiserver-audit-policy'],

  // The rest of the control plane
  'controller-manager.bind-address': ['controller-manager-bind-address'],
  'controller-manager.profiling': ['controller-manager-profiling'],
  'controller-manager.root-ca-file': ['controller-manager-root-ca'],
  'controller-manager.rotate-kubelet-server-certificate': ['controller-manager-kubelet-certificate-rotation'],
  'controller-manager.service-account-private-key-file': ['controller-manager-service-account-key'],
  'controller-manager.terminated-pod-gc-threshold': [
    { rule: 'controller-manager-terminated-pods', parameters: { explicit: true } },
  ],
  'controller-manager.use-service-account-credentials': ['controller-manager-service-account-credentials'],
  'etcd.client-cert-auth': ['etcd-client-certificates'],
  'etcd.no-auto-tls': ['etcd-auto-tls'],
  'etcd.no-peer-auto-tls': ['etcd-peer-auto-tls'],
  'etcd.peer-cert': ['etcd-peer-certificate'],
  'etcd.peer-client-cert-auth': ['etcd-peer-client-certificates'],
  'etcd.separate-ca': ['etcd-unique-ca'],
  'etcd.server-cert': ['etcd-server-certificate'],
  'etcd.tls': ['etcd-server-certificate', 'etcd-client-certificates'],
  'etcd.unique-ca': ['etcd-unique-ca'],
  'kube-proxy.metrics-bind': ['kube-proxy-metrics-bind-address'],
  'network.control-plane-tls': [
    'apiserver-etcd-ca-file',
    'apiserver-kubelet-certificate-authority',
    'etcd-server-certificate',
    'etcd-peer-certificate',
  ],
  'scheduler.bind-address': ['scheduler-bind-address'],
  'scheduler.profiling': ['scheduler-profiling'],

  // Versions of TLS, and how people sign in
  'apiserver.tls-min-version': ['apiserver-tls-min-version'],
  'apiserver.user-authentication-method': ['apiserver-user-authentication'],
  'controller-manager.tls-min-version': ['controller-manager-tls-min-version'],
  'scheduler.tls-min-version': ['scheduler-tls-min-version'],
}
