// OWASP Kubernetes Top Ten: the risks that its editions rank, in our words; some stand in both, under different numbers.

import type { Topic } from '../editions/make-topics.ts'
import { high, medium } from '../requirements/requirement.ts'

export const workloads: Topic = {
  key: 'owasp.workloads',
  ...high(
    'Workloads are confined to their containers',
    'Hold namespaces to the restricted Pod Security Standard and accept what needs more one by one.',
  ),
  of: [
    'pod.privileged',
    'pod.host-namespaces',
    'pod.host-path',
    'pod.host-ports',
    'pod.allow-privilege-escalation',
    'pod.run-as-non-root',
    'pod.read-only-root-fs',
    'pod.seccomp-profile',
  ],
  rules: ['added-capabilities', 'container-runtime-socket', 'memory-limits', 'proc-mount', 'unsafe-sysctls'],
}

export const rights: Topic = {
  key: 'owasp.rights',
  ...high(
    'People and workloads have the rights that they need, and no others',
    'Remove wildcards and cluster-admin first, then the rights that lead to all others: Secrets, pods, tokens, escalate, bind, impersonate.',
  ),
  of: [
    'rbac.cluster-admin',
    'rbac.system-masters',
    'rbac.wildcards',
    'rbac.secrets-access',
    'rbac.pod-create',
    'rbac.bind-impersonate-escalate',
    'rbac.serviceaccount-token-create',
    'rbac.node-proxy',
    'serviceaccount.default-unused',
  ],
  rules: ['rbac-write', 'pod-exec', 'csr-signing'],
}

export const secrets: Topic = {
  key: 'owasp.secrets',
  ...high(
    'Secrets are kept secret',
    'Encrypt Secrets in etcd, give few the right to read them, mount them as files, and let tokens expire.',
  ),
  of: [
    'apiserver.encryption-provider-config',
    'apiserver.encryption-providers',
    'rbac.secrets-access',
    'secrets.no-env-secrets',
  ],
  rules: [
    'legacy-service-account-token',
    'credentials-in-env',
    'credentials-in-configmap',
    'credentials-in-args',
    'credentials-in-annotations',
  ],
}

export const policies: Topic = {
  key: 'owasp.policies',
  ...medium(
    'The cluster refuses what its rules forbid',
    'Enforce Pod Security levels on every namespace, and let a policy engine that fails closed refuse the rest.',
  ),
  of: ['admission.policy-control-present', 'psa.namespace-enforcement'],
}

export const segmentation: Topic = {
  key: 'owasp.segmentation',
  ...medium(
    'A workload reaches only those that it must',
    'Run a network plugin that enforces policies, deny by default in every namespace, and allow what is needed.',
  ),
  of: ['network.cni-supports-networkpolicy', 'network.namespace-networkpolicy', 'network.default-deny'],
}

export const authentication: Topic = {
  key: 'owasp.authentication',
  ...high(
    'Nobody is let in without a proof of who they are that can be taken back',
    'Connect an identity provider, turn anonymous requests off, and leave no long-lived certificates and tokens about.',
  ),
  of: [
    'apiserver.anonymous-auth',
    'apiserver.token-auth-file',
    'auth.no-user-bootstrap-tokens',
    'auth.no-user-client-certs',
    'auth.no-user-sa-tokens',
    'rbac.no-bind-anonymous',
    'rbac.no-bind-unauthenticated',
    'serviceaccount.token-automount',
  ],
}

export const logging: Topic = {
  key: 'owasp.logging',
  ...medium(
    'What happens in the cluster is recorded and looked at',
    'Write an audit log with a policy, keep it and the logs of workloads outside of the cluster, and watch them.',
  ),
  of: [
    'audit.policy-set',
    'apiserver.audit-log-path',
    'audit.log-shipping',
    'audit.worker-and-container-logs',
    'detection.runtime-ids',
  ],
}

export const supplyChain: Topic = {
  key: 'owasp.supply-chain',
  ...medium(
    'It is known where images come from and what is in them',
    'Pull from registries that you chose, name versions, scan images, and verify their signatures at admission.',
  ),
  of: ['supplychain.image-provenance', 'supplychain.image-scanning-admission', 'registry.allow-list'],
  rules: ['image-latest-tag', 'deprecated-image-registry'],
}

export const components: Topic = {
  key: 'owasp.components',
  ...high(
    'The parts of the cluster are set up so that they ask who calls, and what for',
    'Turn off anonymous and unencrypted access to the API server, kubelets and etcd.',
  ),
  of: [
    'apiserver.authorization-mode.no-always-allow',
    'apiserver.authorization-mode.rbac',
    'apiserver.insecure-port',
    'etcd.tls',
    'kubelet.anonymous-auth',
    'kubelet.authorization-mode',
    'kubelet.read-only-port',
  ],
}

export const outdated: Topic = {
  key: 'owasp.outdated',
  ...medium(
    'The cluster and its add-ons are of versions that get fixes',
    'Upgrade Kubernetes every few months, and replace add-ons that are given up.',
  ),
  of: ['lifecycle.supported-version', 'lifecycle.patching', 'lifecycle.vulnerability-scans'],
  rules: ['deprecated-api', 'helm-tiller', 'kubernetes-dashboard', 'retired-ingress-nginx'],
}

export const vulnerableComponents: Topic = {
  key: 'owasp.vulnerable-components',
  ...high(
    'The parts of the cluster are set up safely and get fixes',
    'Turn off what asks nobody who calls, upgrade Kubernetes every few months, and replace add-ons that are given up.',
  ),
  of: [...(components.of ?? []), 'lifecycle.supported-version', 'lifecycle.patching'],
  rules: [
    'deprecated-api',
    'helm-tiller',
    'ingress-nginx-injection',
    'ingress-nginx-snippets-allowed',
    'retired-ingress-nginx',
  ],
}

export const exposed: Topic = {
  key: 'owasp.exposed',
  ...high(
    'Only what is meant for the outside is reached from outside',
    'Give Services no public load balancers and node ports without need, and keep dashboards and control planes off the internet.',
  ),
  of: ['cloud.control-plane-restricted', 'etcd.client-cert-auth', 'kubelet.read-only-port'],
  rules: ['kubernetes-dashboard', 'service-external-ips', 'service-load-balancer', 'service-node-port'],
}

export const lateralToCloud: Topic = {
  key: 'owasp.lateral-to-cloud',
  ...high(
    'A taken-over pod does not lead into the cloud',
    'Give each workload a cloud identity of its own, and keep pods from the credentials of their node.',
  ),
  of: ['network.metadata-service-blocked'],
  rules: ['cloud-credentials-host-path', 'dedicated-cloud-identity'],
  inCloud: 'the identities of nodes, and what pods may get of them',
}
