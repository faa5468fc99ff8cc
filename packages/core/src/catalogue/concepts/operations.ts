// Operations concepts: which rules decide what other projects' test data says of resources, probes, namespaces, accounts and routes.

import type { Rule } from '../../model/rule.ts'
import { rule as defaultServiceAccount } from '../rules/accounts/default-service-account.ts'
import { rule as defaultServiceAccountAutomount } from '../rules/accounts/default-service-account-automount.ts'
import { rule as deprecatedServiceAccountField } from '../rules/accounts/deprecated-service-account-field.ts'
import { rule as legacyServiceAccountToken } from '../rules/accounts/legacy-service-account-token.ts'
import { rule as missingServiceAccount } from '../rules/accounts/missing-service-account.ts'
import { rule as serviceAccountAutomount } from '../rules/accounts/service-account-automount.ts'
import { rule as serviceAccountToken } from '../rules/accounts/service-account-token.ts'
import { rule as deprecatedApi } from '../rules/lifecycle/deprecated-api.ts'
import { rule as defaultNamespace } from '../rules/namespaces/default-namespace.ts'
import { rule as kubeSystemPlacement } from '../rules/namespaces/kube-system-placement.ts'
import { rule as namespacePodSecurity } from '../rules/namespaces/namespace-pod-security.ts'
import { rule as awsLoadBalancerTls } from '../rules/network/aws-load-balancer-tls.ts'
import { rule as ingressDefaultBackend } from '../rules/network/ingress-default-backend.ts'
import { rule as ingressEmptyHost } from '../rules/network/ingress-empty-host.ts'
import { rule as ingressNginxInjection } from '../rules/network/ingress-nginx-injection.ts'
import { rule as ingressNginxSnippets } from '../rules/network/ingress-nginx-snippets.ts'
import { rule as ingressNginxSnippetsAllowed } from '../rules/network/ingress-nginx-snippets-allowed.ts'
import { rule as ingressTls } from '../rules/network/ingress-tls.ts'
import { rule as ingressWildcardHost } from '../rules/network/ingress-wildcard-host.ts'
import { rule as serviceExternalIps } from '../rules/network/service-external-ips.ts'
import { rule as serviceLoadBalancer } from '../rules/network/service-load-balancer.ts'
import { rule as serviceNodePort } from '../rules/network/service-node-port.ts'
import { rule as serviceSshPort } from '../rules/network/service-ssh-port.ts'
import { rule as controlPlaneToleration } from '../rules/operations/control-plane-toleration.ts'
import { rule as cpuLimits } from '../rules/operations/cpu-limits.ts'
import { rule as cpuRequests } from '../rules/operations/cpu-requests.ts'
import { rule as duplicateEnv } from '../rules/operations/duplicate-env.ts'
import { rule as ephemeralStorageLimits } from '../rules/operations/ephemeral-storage-limits.ts'
import { rule as livenessProbe } from '../rules/operations/liveness-probe.ts'
import { rule as memoryLimits } from '../rules/operations/memory-limits.ts'
import { rule as memoryRequests } from '../rules/operations/memory-requests.ts'
import { rule as nakedPod } from '../rules/operations/naked-pod.ts'
import { rule as nodePinning } from '../rules/operations/node-pinning.ts'
import { rule as readinessProbe } from '../rules/operations/readiness-probe.ts'
import { rule as recommendedLabels } from '../rules/operations/recommended-labels.ts'
import { rule as replicas } from '../rules/operations/replicas.ts'
import { rule as rollingUpdate } from '../rules/operations/rolling-update.ts'
import { rule as secretsInEnv } from '../rules/operations/secrets-in-env.ts'
import { rule as selectorMismatch } from '../rules/operations/selector-mismatch.ts'

interface Concept {
  /** A concept fails where any of them does. */
  readonly rules: readonly Rule[]
  /** For those of the rules that declare them. */
  readonly parameters?: Readonly<Record<string, unknown>>
}

/** The test data asks for what the container itself names. */
const named = { explicit: true }
const anyLoadBalancer = { allowInternal: false, allowSourceRanges: false }

/** By concept, or by concept and variant: `replicas|>=3`. */
export const concepts: Readonly<Record<string, Concept>> = {
  'automountServiceAccountToken|default-sa': { rules: [defaultServiceAccountAutomount] },
  'automountServiceAccountToken|pod-must-be-false': {
    rules: [serviceAccountToken],
    parameters: { decidedBy: 'pod' },
  },
  'automountServiceAccountToken|pod-or-sa': { rules: [serviceAccountToken] },
  'automountServiceAccountToken|sa-must-be-false': { rules: [serviceAccountAutomount] },
  'control-plane-toleration': { rules: [controlPlaneToleration] },
  'cpu-limits': { rules: [cpuLimits] },
  'cpu-requests': { rules: [cpuRequests], parameters: named },
  'default-namespace': { rules: [defaultNamespace] },
  'default-service-account': { rules: [defaultServiceAccount] },
  'deprecated-api': { rules: [deprecatedApi], parameters: { stage: 'deprecated' } },
  'deprecated-serviceaccount-field': { rules: [deprecatedServiceAccountField] },
  'duplicate-env': { rules: [duplicateEnv] },
  'ephemeral-storage-limits': { rules: [ephemeralStorageLimits] },
  'ingress-default-backend': { rules: [ingressDefaultBackend] },
  'ingress-empty-host': { rules: [ingressEmptyHost] },
  'ingress-nginx-snippets|risky-annotations': { rules: [ingressNginxSnippets, ingressNginxInjection] },
  'ingress-nginx-snippets|snippets': { rules: [ingressNginxSnippets, ingressNginxSnippetsAllowed] },
  'ingress-nginx-snippets|unsafe-annotation-values': { rules: [ingressNginxInjection] },
  'ingress-tls': { rules: [ingressTls], parameters: { everyHost: false } },
  'ingress-tls|every-host-in-tls': { rules: [ingressTls] },
  'ingress-wildcard-host': { rules: [ingressWildcardHost] },
  'kube-system-placement': { rules: [kubeSystemPlacement] },
  'lb-tls|aws-service': { rules: [awsLoadBalancerTls] },
  // What goes past an Ingress that ends TLS, and an Ingress that does not.
  'lb-tls|azure-ingress': {
    rules: [serviceNodePort, serviceLoadBalancer, ingressTls],
    parameters: { everyHost: false },
  },
  'legacy-sa-token-secret': { rules: [legacyServiceAccountToken] },
  liveness: { rules: [livenessProbe] },
  'memory-limits': { rules: [memoryLimits] },
  'memory-requests': { rules: [memoryRequests], parameters: named },
  'naked-pod': { rules: [nakedPod] },
  'namespace-psa|any-or-webhook': { rules: [namespacePodSecurity], parameters: { level: 'privileged' } },
  'namespace-psa|baseline': { rules: [namespacePodSecurity] },
  'namespace-psa|restricted': { rules: [namespacePodSecurity], parameters: { level: 'restricted' } },
  'node-pinning': { rules: [nodePinning] },
  'non-existent-service-account': { rules: [missingServiceAccount] },
  'probes-missing': { rules: [livenessProbe, readinessProbe] },
  readiness: { rules: [readinessProbe] },
  'recommended-labels|app.kubernetes.io': { rules: [recommendedLabels] },
  'replicas|>1': { rules: [replicas] },
  'replicas|>=3': { rules: [replicas], parameters: { minimum: 3 } },
  'resources-cpu|limit': { rules: [cpuLimits] },
  'resources-cpu|limit-and-request': { rules: [cpuLimits, cpuRequests], parameters: named },
  'resources-incomplete|cpu+memory requests and limits': {
    rules: [cpuLimits, cpuRequests, memoryLimits, memoryRequests],
    parameters: named,
  },
  'resources-memory|limit': { rules: [memoryLimits] },
  'resources-memory|limit-and-request': { rules: [memoryLimits, memoryRequests], parameters: named },
  'rolling-update': { rules: [rollingUpdate] },
  'secrets-in-env': { rules: [secretsInEnv] },
  'selector-mismatch': { rules: [selectorMismatch] },
  'service-external-ip': { rules: [serviceExternalIps] },
  'service-loadbalancer': { rules: [serviceLoadBalancer], parameters: anyLoadBalancer },
  'service-nodeport': { rules: [serviceNodePort] },
  'service-nodeport|or-loadbalancer': {
    rules: [serviceNodePort, serviceLoadBalancer],
    parameters: anyLoadBalancer,
  },
  'ssh-port|service': { rules: [serviceSshPort] },
}
