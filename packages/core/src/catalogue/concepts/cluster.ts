// Cluster concepts: which rules decide what other projects' test data says of network policies, exposure and credentials.

import type { Rule } from '../../model/rule.ts'
import { rule as credentialsInConfigmap } from '../rules/credentials/credentials-in-configmap.ts'
import { rule as credentialsInEnv } from '../rules/credentials/credentials-in-env.ts'
import { rule as autoscalerWithoutTarget } from '../rules/isolation/autoscaler-without-target.ts'
import { rule as exposedSensitiveInterface } from '../rules/isolation/exposed-sensitive-interface.ts'
import { rule as exposedWorkload } from '../rules/isolation/exposed-workload.ts'
import { rule as gatewayRouteWithoutService } from '../rules/isolation/gateway-route-without-service.ts'
import { rule as ingressWithoutService } from '../rules/isolation/ingress-without-service.ts'
import { rule as namespaceDefaultDeny } from '../rules/isolation/namespace-default-deny.ts'
import { rule as namespaceNetworkPolicy } from '../rules/isolation/namespace-network-policy.ts'
import { rule as networkPolicyWithoutPods } from '../rules/isolation/network-policy-without-pods.ts'
import { rule as podEgressIsolation } from '../rules/isolation/pod-egress-isolation.ts'
import { rule as podIngressIsolation } from '../rules/isolation/pod-ingress-isolation.ts'
import { rule as serviceWithoutPods } from '../rules/isolation/service-without-pods.ts'

interface Concept {
  /** A concept fails where any of them does. */
  readonly rules: readonly Rule[]
  /** For those of the rules that declare them. */
  readonly parameters?: Readonly<Record<string, unknown>>
}

/** By concept, or by concept and variant: `no-network-policy|namespace`. */
export const concepts: Readonly<Record<string, Concept>> = {
  'credentials-in-configmap': { rules: [credentialsInConfigmap] },
  'credentials-in-env': { rules: [credentialsInEnv] },
  'dangling-gateway-route': { rules: [gatewayRouteWithoutService] },
  'dangling-hpa': { rules: [autoscalerWithoutTarget] },
  'dangling-ingress': { rules: [ingressWithoutService] },
  'dangling-networkpolicy': { rules: [networkPolicyWithoutPods] },
  'dangling-service': { rules: [serviceWithoutPods] },
  'exposed-sensitive-interface': { rules: [exposedSensitiveInterface] },
  'internet-exposed-workload|gateway-api': { rules: [exposedWorkload] },
  'internet-exposed-workload|service-or-ingress': { rules: [exposedWorkload] },
  // The test data takes a policy that names every address for none.
  'no-network-policy|ingress-and-egress': {
    rules: [podIngressIsolation, podEgressIsolation],
    parameters: { allowEverywhere: false },
  },
  'no-network-policy|namespace': { rules: [namespaceNetworkPolicy] },
  'no-network-policy|namespace-default-deny': { rules: [namespaceDefaultDeny] },
  'no-network-policy|pod-unselected': { rules: [podIngressIsolation] },
}
