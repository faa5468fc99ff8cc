// Requirements on the control plane beside the API server: controller manager, scheduler, etcd, kube-proxy.

import { critical, high, low, medium, type Requirements } from './requirement.ts'

export const controlPlane = {
  'controller-manager.terminated-pod-gc-threshold': low(
    'Finished pods are removed before they fill the cluster',
    'Set --terminated-pod-gc-threshold of the controller manager to a number that suits the cluster.',
  ),
  'controller-manager.profiling': low(
    'The controller manager offers no profiling',
    'Start it with --profiling=false.',
  ),
  'controller-manager.use-service-account-credentials': medium(
    'Each controller acts as a ServiceAccount of its own',
    'Start the controller manager with --use-service-account-credentials=true.',
  ),
  'controller-manager.service-account-private-key-file': medium(
    'A key of its own signs the tokens of ServiceAccounts',
    'Set --service-account-private-key-file of the controller manager.',
  ),
  'controller-manager.root-ca-file': medium(
    'Pods are told which authority vouches for the API server',
    'Set --root-ca-file of the controller manager.',
  ),
  'controller-manager.rotate-kubelet-server-certificate': medium(
    'The controller manager signs renewed serving certificates of kubelets',
    'Take RotateKubeletServerCertificate=false out of its --feature-gates.',
  ),
  'controller-manager.bind-address': medium(
    'The controller manager is reached from its own machine alone',
    'Start it with --bind-address=127.0.0.1.',
  ),
  'controller-manager.healthz-rbac': medium(
    'What the controller manager tells of its health and metrics needs a right',
    'Give the right to its health and metrics endpoints to monitoring alone.',
  ),
  'controller-manager.tls-min-version': medium(
    'The controller manager refuses old versions of TLS',
    'Set --tls-min-version to VersionTLS12 or VersionTLS13.',
  ),
  'controller-manager.ports': low(
    'The controller manager uses approved ports alone',
    'Compare its ports with the list of your organization.',
  ),
  'scheduler.tls-min-version': medium(
    'The scheduler refuses old versions of TLS',
    'Set --tls-min-version to VersionTLS12 or VersionTLS13.',
  ),
  'scheduler.ports': low(
    'The scheduler uses approved ports alone',
    'Compare its ports with the list of your organization.',
  ),
  'etcd.ports': low(
    'etcd uses approved ports alone',
    'Compare its ports with the list of your organization.',
  ),
  'scheduler.profiling': low('The scheduler offers no profiling', 'Start it with --profiling=false.'),
  'scheduler.bind-address': medium(
    'The scheduler is reached from its own machine alone',
    'Start it with --bind-address=127.0.0.1.',
  ),
  'scheduler.bind-address:authorized': medium(
    'The scheduler serves over TLS alone, and asks for a right to all but its health',
    'Leave its ports and its open paths at their defaults, and bind its metrics to monitoring alone.',
  ),
  'scheduler.healthz-rbac': medium(
    'What the scheduler tells of its health and metrics needs a right',
    'Give the right to its health and metrics endpoints to monitoring alone.',
  ),
  'etcd.server-cert': high('etcd is served over TLS', 'Set --cert-file and --key-file of etcd.'),
  'etcd.client-cert-auth': critical(
    'etcd asks its clients for a certificate',
    'Start etcd with --client-cert-auth=true and --trusted-ca-file.',
  ),
  'etcd.no-auto-tls': medium(
    'etcd shows clients no certificate that it signed itself',
    'Remove --auto-tls of etcd, or set it to false.',
  ),
  'etcd.peer-cert': high(
    'Members of etcd talk to each other over TLS',
    'Set --peer-cert-file and --peer-key-file of etcd.',
  ),
  'etcd.peer-client-cert-auth': high(
    'Members of etcd ask each other for a certificate',
    'Start etcd with --peer-client-cert-auth=true and --peer-trusted-ca-file.',
  ),
  'etcd.no-peer-auto-tls': medium(
    'Members of etcd show no certificates that they signed themselves',
    'Remove --peer-auto-tls of etcd, or set it to false.',
  ),
  'etcd.unique-ca': medium(
    'etcd trusts an authority that signs for nothing else',
    'Set --trusted-ca-file of etcd to an authority other than --client-ca-file of the API server.',
  ),
  'etcd.separate-ca': medium(
    'The authority of etcd is not that of the cluster',
    'Make an authority for etcd alone and renew its certificates from it.',
  ),
  'etcd.tls': critical(
    'etcd speaks TLS alone, and only to the API server',
    'Give etcd a server certificate and have it ask clients for theirs.',
  ),
  'kube-proxy.metrics-bind': low(
    'kube-proxy shows its metrics to its own node alone',
    'Set metricsBindAddress in the configuration of kube-proxy to 127.0.0.1:10249.',
  ),
  'network.control-plane-tls': high(
    'The parts of the control plane talk to each other over TLS',
    'Give the API server, etcd and kubelets certificates, and have each verify those of the others.',
  ),
} as const satisfies Requirements
