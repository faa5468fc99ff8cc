// Components: the part of a cluster that a kind of resource belongs to, for inventories that people read.

import type { resourcesApi } from '@plimsoll/core/contract'

type Component = (typeof resourcesApi.components)[number]

const kinds: Readonly<Record<Exclude<Component, 'other'>, readonly string[]>> = {
  nodes: ['Node', 'NodeFacts', 'RuntimeClass', 'CSINode', 'Lease'],
  workloads: [
    'Pod',
    'Deployment',
    'ReplicaSet',
    'StatefulSet',
    'DaemonSet',
    'Job',
    'CronJob',
    'ReplicationController',
    'PodTemplate',
    'HorizontalPodAutoscaler',
    'PodDisruptionBudget',
    'PriorityClass',
  ],
  access: [
    'ServiceAccount',
    'Role',
    'ClusterRole',
    'RoleBinding',
    'ClusterRoleBinding',
    'CertificateSigningRequest',
    'SecurityContextConstraints',
  ],
  network: [
    'Service',
    'Ingress',
    'IngressClass',
    'NetworkPolicy',
    'Endpoints',
    'EndpointSlice',
    'Gateway',
    'GatewayClass',
    'HTTPRoute',
    'GRPCRoute',
    'TLSRoute',
    'TCPRoute',
    'UDPRoute',
    'ReferenceGrant',
    'Route',
    'IngressController',
  ],
  storage: [
    'PersistentVolume',
    'PersistentVolumeClaim',
    'StorageClass',
    'VolumeAttachment',
    'CSIDriver',
    'VolumeSnapshot',
    'VolumeSnapshotClass',
  ],
  configuration: ['ConfigMap', 'Secret'],
  admission: [
    'ValidatingWebhookConfiguration',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'ClusterPolicy',
    'Policy',
    'ConstraintTemplate',
  ],
  namespaces: ['Namespace', 'ResourceQuota', 'LimitRange'],
  cluster: ['APIService', 'CustomResourceDefinition', 'CloudCluster', 'CloudRegistry', 'ClusterVersion'],
}
const byKind = new Map(
  Object.entries(kinds).flatMap(([component, own]) => own.map(kind => [kind, component as Component])),
)

/** `kind` as assets have it: `Deployment`, `HTTPRoute.gateway.networking.k8s.io`. A group does not decide. */
export const componentOf = (kind: string): Component => byKind.get(kind.split('.', 1)[0] ?? '') ?? 'other'
