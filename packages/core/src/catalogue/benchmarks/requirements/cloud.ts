// Requirements on clouds: registries, keys, machines and services beside the cluster.

import { high, low, medium, type Requirements } from './requirement.ts'

export const cloud = {
  'registry.image-scanning': medium(
    'The registry scans images for vulnerabilities',
    'Turn on scanning for all repositories that the cluster pulls from.',
  ),
  'registry.user-access': high(
    'Few people can push to the registry',
    'Take rights to push and to administer from all who do not need them, and anonymous access too.',
  ),
  'registry.node-read-only': medium(
    'Nodes may pull from the registry, and no more',
    'Give the identity of nodes the registry’s reader role alone.',
  ),
  'cloud.secrets-kms': medium(
    'Secrets are encrypted with a key that you manage',
    'Turn on envelope encryption of Secrets with a key of your key management service.',
  ),
  'cloud.audit-logs': high(
    'The control plane’s audit log is on',
    'Turn on the cluster’s audit and control plane logs and send them to a store.',
  ),
  'cloud.audit-logs-managed': medium(
    'The control plane’s logs are kept, guarded and looked at',
    'Set how long the log group keeps them, encrypt it, and forward it to where someone looks.',
  ),
  'cloud.dashboard-disabled': medium(
    'The Kubernetes Dashboard is off',
    'Turn the add-on off and remove the Dashboard’s workloads.',
  ),
  'cloud.security-center': low(
    'The cloud’s security centre watches the cluster',
    'Turn on the Security Command Center for the project.',
  ),
  'cloud.untrusted-workloads': medium(
    'Workloads that are not trusted are kept apart',
    'Run them in node pools of their own, in pod sandboxes.',
  ),
  'cloud.hostile-multitenant': medium(
    'Tenants that may be hostile do not share a cluster',
    'Give each of them a cluster of its own.',
  ),
  'eks.container-optimized-os': low(
    'EKS’s nodes run an operating system made for containers',
    'Use Bottlerocket for node groups.',
  ),
  'eks.fargate': low(
    'Workloads on EKS that are not trusted run on Fargate',
    'Create a Fargate profile for their namespaces.',
  ),
  'aks.azure-policy-addon': low(
    'Azure Policy watches over AKS',
    'Turn on the Azure Policy add-on and assign its initiatives.',
  ),
  'gke.binary-authorization': medium(
    'Binary Authorization decides which images GKE runs',
    'Turn on Binary Authorization with a policy that does not allow everything.',
  ),
  'gke.trusted-images': medium(
    'GKE runs trusted images alone',
    'Turn on Binary Authorization and require attestations or approved registries.',
  ),
  'gke.cmek-boot-disks': low(
    'Boot disks of GKE’s nodes are encrypted with a key that you manage',
    'Name the key when you create a node pool.',
  ),
  'gke.cmek-persistent-disks': low(
    'Persistent disks of GKE are encrypted with a key that you manage',
    'Name the key in the parameter disk-encryption-kms-key of StorageClasses and move volumes to them.',
  ),
  'gke.cos-image': medium(
    'GKE’s nodes run Container-Optimized OS',
    'Set the image type of node pools to COS_CONTAINERD.',
  ),
  'gke.integrity-monitoring': low(
    'GKE’s nodes watch that they booted what they should',
    'Turn on integrity monitoring of node pools.',
  ),
  'gke.secure-boot': low('GKE’s nodes boot signed software alone', 'Turn on secure boot of node pools.'),
  'gke.shielded-nodes': medium('GKE’s nodes are shielded', 'Turn on shielded nodes for the cluster.'),
  'gke.legacy-metadata-endpoints': high(
    'GKE’s nodes do not answer on old metadata endpoints',
    'Set the metadata disable-legacy-endpoints of node pools to true.',
  ),
  'gke.metadata-server': high(
    'Pods on GKE ask GKE’s metadata server, not that of the node',
    'Set the metadata mode of node pools to GKE_METADATA.',
  ),
  'gke.logging-monitoring': medium(
    'GKE’s logs and metrics are collected',
    'Turn on logging and monitoring for the cluster’s components.',
  ),
  'gke.no-alpha': medium(
    'GKE runs without alpha features',
    'Move the workloads to a cluster that was created without alpha features.',
  ),
  'gke.node-auditd': low(
    'GKE’s nodes log system calls',
    'Deploy the auditd logging DaemonSet to nodes with Container-Optimized OS.',
  ),
  'gke.node-auto-repair': low('GKE repairs its nodes', 'Turn on auto-repair of node pools.'),
  'gke.node-auto-upgrade': medium('GKE upgrades its nodes', 'Turn on auto-upgrade of node pools.'),
  'gke.pod-security-policy': medium(
    'GKE’s PodSecurityPolicy controller is on',
    'Use Pod Security admission: PodSecurityPolicy was removed in Kubernetes 1.25.',
  ),
  'gke.release-channel': low(
    'GKE follows a release channel',
    'Subscribe the cluster to the regular or the stable channel.',
  ),
  'gke.sandbox': low(
    'Workloads on GKE that are not trusted run in GKE Sandbox',
    'Create a node pool with sandbox type gvisor and run them with that RuntimeClass.',
  ),
  'gke.security-posture': low(
    'GKE’s security posture service watches the cluster',
    'Turn on the security posture and the scanning of workloads.',
  ),
} as const satisfies Requirements
