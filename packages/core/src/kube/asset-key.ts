// Asset key: the lasting name of a resource, `<scope>/<kind>/<namespace>/<name>`, the same in every snapshot.

import type { Resource } from '../model/resource.ts'
import { groupOf } from './pod-template.ts'

/**
 * API groups that Kubernetes itself serves, and our own group of facts.
 * Source: k8s.io/api and the API servers' group lists, versions 1.0 to 1.37.
 */
const builtInGroups = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'facts.plimsoll.dev',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'settings.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
])

/** The built-in kinds that live in no namespace. Source: `kubectl api-resources --namespaced=false`, 1.16 to 1.37. */
const clusterKinds = new Set([
  'APIService',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterTrustBundle',
  'ComponentStatus',
  'CSIDriver',
  'CSINode',
  'CustomResourceDefinition',
  'DeviceClass',
  'DeviceTaintRule',
  'FlowSchema',
  'IngressClass',
  'IPAddress',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PodSecurityPolicy',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'ResourceSlice',
  'RuntimeClass',
  'ServiceCIDR',
  'StorageClass',
  'StorageVersion',
  'StorageVersionMigration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
  'CloudCluster',
  'CloudRegistry',
  'ImageReport',
  'NodeFacts',
])

/** True where Kubernetes itself (or we, for facts) defines the kinds of this API group. */
export function isBuiltInGroup(group: string): boolean {
  return builtInGroups.has(group)
}

/**
 * The namespace a resource lives in: `default` for a built-in namespaced kind that names none, as kubectl does;
 * empty for cluster-wide kinds, and for foreign kinds that name none (they may be either).
 */
export function namespaceOf(resource: Resource): string {
  const own = resource.metadata.namespace
  const foreign = !isBuiltInGroup(groupOf(resource.apiVersion))
  if (!foreign && clusterKinds.has(resource.kind)) return ''
  if (typeof own === 'string' && own !== '') return own
  return foreign ? '' : 'default'
}

/**
 * How a kind is written in an asset key: `Deployment`, but `Service.serving.knative.dev` for kinds of foreign groups,
 * since their names repeat each other's and the built-in ones.
 */
export function assetKind(apiVersion: string, kind: string): string {
  const group = groupOf(apiVersion)
  return isBuiltInGroup(group) ? kind : `${kind}.${group}`
}

/** The name of a resource; where it has only `generateName`, that with a `*` in place of what the server would add. */
export function nameOf(resource: Resource): string {
  const { name, generateName } = resource.metadata
  if (typeof name === 'string' && name !== '') return name
  return typeof generateName === 'string' && generateName !== '' ? `${generateName}*` : ''
}

/** The key of the asset that a resource is by itself, whoever owns it. */
export function assetKey(scope: string, resource: Resource): string {
  return `${scope}/${resourceKey(resource)}`
}

/** The key of a resource inside its cluster: `<kind or kind.group>/<namespace>/<name>`. */
export function resourceKey(resource: Resource): string {
  return `${assetKind(resource.apiVersion, resource.kind)}/${namespaceOf(resource)}/${nameOf(resource)}`
}
