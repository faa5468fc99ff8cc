// Waiting: the requirements that no rule can answer, by who has to; beside rules, what those leave open.

import type { RequirementKey } from '../requirements/table.ts'

type Waiting = Readonly<Partial<Record<RequirementKey, string>>>

const ports = 'that its ports are among those that the organization approved'

/** Files and processes of nodes decide these; so do files and kubelets, which are known by their keys. */
export const forNodes: Waiting = {
  'apiserver.encryption-providers': 'the encryption configuration on the control plane’s nodes',
  'audit.policy-coverage': 'the audit policy on the control plane’s nodes',
  // A pod names its profile; what that does is a file of the node.
  'audit.seccomp-audit-mode': 'the seccomp profiles on nodes, of which some may log',
  'lifecycle.patching': 'the updates that the operating systems of nodes wait for',
}

/** A cloud's own API decides these. */
export const forClouds: Waiting = {
  'aks.azure-policy-addon': 'the cluster’s add-ons',
  'aks.azure-rbac': 'the cluster’s Entra profile',
  // What runs without an identity of its own calls the cloud as its node, which no object tells.
  'aks.dedicated-service-accounts': 'the identities of node pools, and what pods may get of them',
  'aks.entra-id-rbac': 'the cluster’s Entra profile',
  'cloud.audit-logs': 'where the control plane’s logs go',
  'cloud.audit-logs-managed': 'how the control plane’s logs are kept',
  'cloud.control-plane-restricted': 'who may reach the API server’s endpoint',
  'cloud.private-endpoint': 'the API server’s endpoint',
  'cloud.secrets-kms': 'the encryption of the cluster’s data',
  'cloud.security-center': 'the project’s services',
  'eks.access-entries-api': 'the cluster’s authentication mode',
  'eks.dedicated-service-accounts': 'its pod identity associations, and the roles of its nodes',
  'eks.fargate': 'the cluster’s Fargate profiles',
  'eks.iam-authentication': 'the cluster’s access entries',
  'gke.authorized-networks': 'who may reach the API server’s endpoint',
  'gke.binary-authorization': 'the policy of Binary Authorization',
  'gke.cmek-boot-disks': 'the node pools’ boot disks',
  'gke.cmek-persistent-disks': 'the keys of persistent disks',
  'gke.google-groups-rbac': 'the cluster’s groups for RBAC',
  'gke.integrity-monitoring': 'the node pools’ settings',
  'gke.legacy-abac': 'the cluster’s settings',
  'gke.legacy-metadata-endpoints': 'the node pools’ metadata',
  'gke.logging-monitoring': 'the cluster’s logging and monitoring',
  'gke.metadata-server': 'the node pools’ metadata server',
  'gke.no-alpha': 'the cluster’s settings',
  'gke.no-basic-auth': 'the cluster’s settings',
  'gke.no-client-cert': 'the cluster’s settings',
  'gke.no-default-compute-sa': 'the accounts of node pools',
  'gke.node-auto-repair': 'the node pools’ settings',
  'gke.node-auto-upgrade': 'the node pools’ settings',
  'gke.pod-security-policy': 'the cluster’s settings',
  'gke.release-channel': 'the cluster’s release channel',
  'gke.sandbox': 'the node pools’ sandboxes',
  'gke.secure-boot': 'the node pools’ settings',
  'gke.security-posture': 'the cluster’s settings',
  'gke.shielded-nodes': 'the cluster’s settings',
  'gke.trusted-images': 'the policy of Binary Authorization',
  'gke.vpc-flow-logs': 'the cluster’s network and its subnetwork',
  'gke.vpc-native': 'the cluster’s network',
  'gke.worker-firewall': 'the firewall rules of the network',
  'gke.workload-identity': 'the cluster’s identity pool',
  'network.cni-latest-version': 'the newest version of the network plugin',
  'registry.image-scanning': 'the registry’s scanning',
  'registry.node-read-only': 'the rights of nodes in the registry',
  'registry.user-access': 'the rights of people in the registry',
}

/** Only people can tell; what they have to attest. */
export const forPeople: Waiting = {
  'apiserver.ports': ports,
  'controller-manager.ports': ports,
  'etcd.ports': ports,
  'lifecycle.kubectl-version': 'that people use a kubectl without known holes',
  'scheduler.ports': ports,
  'audit.log-shipping': 'that the audit log is kept where the cluster’s administrators cannot change it',
  'audit.syslog-or-siem': 'that logs reach a place where alerts are raised, and somebody answers them',
  'cloud.hostile-multitenant': 'that tenants who may be hostile have clusters of their own',
  'cloud.untrusted-workloads': 'which workloads are not trusted, and that they are kept apart',
  'lifecycle.remove-unused-components': 'that what nobody needs was removed',
  'lifecycle.vulnerability-scans': 'that scans run on a schedule and their results are acted on',
  'pod.runtime-class-sandbox':
    'that what is not trusted runs in a sandbox; name its namespaces in a profile (rule sandboxed-runtime) to have it checked',
  'rbac.system-masters':
    'that certificates of system:masters which were signed outside of the API are locked away',
  'registry.allow-list':
    'that images come from approved registries; name them in a profile (rule image-registry) to have images held to them',
  'supplychain.minimal-images': 'that images hold no more than their application needs',
}
