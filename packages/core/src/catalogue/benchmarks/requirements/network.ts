// Requirements on networks: policies, entrances to the cluster, and its endpoint.

import { high, low, medium, type Requirements } from './requirement.ts'

export const network = {
  'network.namespace-networkpolicy': medium(
    'Network policies separate namespaces',
    'Give each namespace a NetworkPolicy that denies by default, and allow what is needed.',
  ),
  'network.default-deny': medium(
    'Traffic is denied where no policy allows it',
    'Create in each namespace a NetworkPolicy that selects all pods and allows nothing.',
  ),
  'network.cni-supports-networkpolicy': high(
    'The network plugin enforces network policies',
    'Run a network plugin that enforces NetworkPolicy objects: without one they have no effect.',
  ),
  'network.cni-latest-version': low(
    'The network plugin is up to date',
    'Update the network plugin with the cluster.',
  ),
  'network.metadata-service-blocked': high(
    'Pods do not reach the metadata service of the cloud',
    'Deny egress to 169.254.169.254 by policy, or have the cloud refuse pods.',
  ),
  'network.ingress-tls': medium(
    'What enters the cluster by Ingress is encrypted',
    'Add spec.tls with a certificate to each Ingress.',
  ),
  'cloud.lb-tls': medium(
    'Load balancers that serve HTTPS end TLS with a certificate',
    'Name a certificate in the annotations of the Service or the Ingress.',
  ),
  'cloud.network-policy-enabled': high(
    'The cloud’s network policy engine is on',
    'Turn on network policies for the cluster’s network plugin.',
  ),
  'cloud.control-plane-restricted': high(
    'The API server’s endpoint is open to known addresses alone',
    'Make the endpoint private, or list the addresses that may reach it.',
  ),
  'cloud.private-endpoint': medium(
    'The API server’s endpoint has no public address',
    'Turn private access on and public access off.',
  ),
  'cloud.private-nodes': medium(
    'Nodes have no public addresses',
    'Run nodes in private subnets and give them a gateway for what they fetch.',
  ),
  'gke.authorized-networks': high(
    'GKE’s endpoint is open to authorized networks alone',
    'Turn on authorized networks and list no range that holds the whole internet.',
  ),
  'gke.vpc-native': low(
    'Pods of GKE have addresses of the VPC',
    'Create the cluster VPC-native, with alias IP ranges.',
  ),
  'gke.vpc-flow-logs': low(
    'Traffic inside GKE’s nodes is seen and logged',
    'Turn on intranode visibility, and flow logs of the subnetwork.',
  ),
  'gke.worker-firewall': medium(
    'Firewall rules guard GKE’s nodes',
    'Allow to nodes what they need alone, from where it comes.',
  ),
  'gke.managed-ssl-certs': low(
    'GKE’s Ingresses use certificates that Google renews',
    'Create a ManagedCertificate and name it at the Ingress.',
  ),
} as const satisfies Requirements
