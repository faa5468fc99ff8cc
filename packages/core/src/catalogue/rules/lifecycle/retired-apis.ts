// Retired APIs: the built-in API versions of kinds that Kubernetes deprecated or removed, and what to write instead.
//
// Sources: the lifecycle markers in k8s.io/api, releases 1.19 to 1.37, and the packages gone from it since 1.9 (their removal is
// the release without them); "notable changes" of kubernetes.io, Deprecated API Migration Guide, for what kept its fields.

import type { Resource } from '../../../model/resource.ts'

export interface RetiredApi {
  /** The minor version of Kubernetes 1 that deprecated it … */
  readonly deprecated: number
  /** … and the first that does not serve it; planned where it is newer than 1.37. */
  readonly removed: number
  /** Absent where nothing took its place. */
  readonly replacement?: string
  /** The replacement has the same fields with the same meaning. */
  readonly sameFields: boolean
}

/** API version; minors that deprecated and removed it; `=` same fields, `~` other ones, `-` no replacement; the replacement; kinds. */
const table = `
admissionregistration.k8s.io/v1alpha1 29 32 ~ admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding
admissionregistration.k8s.io/v1alpha1 35 38 ~ admissionregistration.k8s.io/v1 MutatingAdmissionPolicy MutatingAdmissionPolicyBinding
admissionregistration.k8s.io/v1beta1  16 22 ~ admissionregistration.k8s.io/v1 MutatingWebhookConfiguration ValidatingWebhookConfiguration
admissionregistration.k8s.io/v1beta1  31 34 ~ admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding
admissionregistration.k8s.io/v1beta1  37 40 ~ admissionregistration.k8s.io/v1 MutatingAdmissionPolicy MutatingAdmissionPolicyBinding
apiextensions.k8s.io/v1beta1          16 22 ~ apiextensions.k8s.io/v1         CustomResourceDefinition
apiregistration.k8s.io/v1beta1        19 22 = apiregistration.k8s.io/v1       APIService
apps/v1beta1                           8 16 ~ apps/v1                         ControllerRevision Deployment StatefulSet
apps/v1beta2                           9 16 ~ apps/v1                         ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet
auditregistration.k8s.io/v1alpha1     19 19 - -                               AuditSink
autoscaling/v2beta1                   22 25 ~ autoscaling/v2                  HorizontalPodAutoscaler
autoscaling/v2beta2                   23 26 ~ autoscaling/v2                  HorizontalPodAutoscaler
batch/v1beta1                         21 25 = batch/v1                        CronJob
batch/v2alpha1                        21 21 ~ batch/v1                        CronJob
certificates.k8s.io/v1alpha1          35 35 ~ certificates.k8s.io/v1          PodCertificateRequest
certificates.k8s.io/v1alpha1          34 37 ~ certificates.k8s.io/v1          ClusterTrustBundle
certificates.k8s.io/v1beta1           19 22 ~ certificates.k8s.io/v1          CertificateSigningRequest
certificates.k8s.io/v1beta1           37 40 ~ certificates.k8s.io/v1          ClusterTrustBundle PodCertificateRequest
coordination.k8s.io/v1alpha1          32 32 ~ coordination.k8s.io/v1beta1     LeaseCandidate
coordination.k8s.io/v1alpha2          35 38 ~ coordination.k8s.io/v1beta1     LeaseCandidate
coordination.k8s.io/v1beta1           19 22 = coordination.k8s.io/v1          Lease
coordination.k8s.io/v1beta1           36 39 - -                               LeaseCandidate
discovery.k8s.io/v1alpha1             21 21 ~ discovery.k8s.io/v1             EndpointSlice
discovery.k8s.io/v1beta1              21 25 ~ discovery.k8s.io/v1             EndpointSlice
events.k8s.io/v1beta1                 22 25 ~ events.k8s.io/v1                Event
extensions/v1beta1                     8 16 ~ apps/v1                         DaemonSet Deployment ReplicaSet
extensions/v1beta1                     9 16 ~ networking.k8s.io/v1            NetworkPolicy
extensions/v1beta1                    11 16 - -                               PodSecurityPolicy
extensions/v1beta1                    14 22 ~ networking.k8s.io/v1            Ingress
flowcontrol.apiserver.k8s.io/v1alpha1 20 21 ~ flowcontrol.apiserver.k8s.io/v1 FlowSchema PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io/v1beta1  23 26 ~ flowcontrol.apiserver.k8s.io/v1 FlowSchema PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io/v1beta2  26 29 ~ flowcontrol.apiserver.k8s.io/v1 FlowSchema PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io/v1beta3  29 32 ~ flowcontrol.apiserver.k8s.io/v1 FlowSchema PriorityLevelConfiguration
networking.k8s.io/v1alpha1            28 29 - -                               ClusterCIDR
networking.k8s.io/v1alpha1            30 33 ~ networking.k8s.io/v1            IPAddress ServiceCIDR
networking.k8s.io/v1beta1             19 22 ~ networking.k8s.io/v1            Ingress
networking.k8s.io/v1beta1             19 22 = networking.k8s.io/v1            IngressClass
networking.k8s.io/v1beta1             34 37 ~ networking.k8s.io/v1            IPAddress ServiceCIDR
node.k8s.io/v1beta1                   22 25 = node.k8s.io/v1                  RuntimeClass
policy/v1beta1                        21 25 ~ policy/v1                       PodDisruptionBudget
policy/v1beta1                        21 25 - -                               PodSecurityPolicy
rbac.authorization.k8s.io/v1beta1     17 22 = rbac.authorization.k8s.io/v1    ClusterRole ClusterRoleBinding Role RoleBinding
resource.k8s.io/v1alpha2              31 31 - -                               PodSchedulingContext ResourceClaimParameters ResourceClass ResourceClassParameters
resource.k8s.io/v1alpha2              31 31 ~ resource.k8s.io/v1              ResourceClaim ResourceClaimTemplate ResourceSlice
resource.k8s.io/v1alpha3              34 34 ~ resource.k8s.io/v1              DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice
resource.k8s.io/v1alpha3              36 39 ~ resource.k8s.io/v1              DeviceTaintRule
resource.k8s.io/v1beta1               35 38 ~ resource.k8s.io/v1              DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice
resource.k8s.io/v1beta2               36 39 ~ resource.k8s.io/v1              DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice
scheduling.k8s.io/v1beta1             14 22 = scheduling.k8s.io/v1            PriorityClass
settings.k8s.io/v1alpha1              20 20 - -                               PodPreset
storage.k8s.io/v1alpha1               21 24 ~ storage.k8s.io/v1               CSIStorageCapacity VolumeAttachment
storage.k8s.io/v1alpha1               32 35 ~ storage.k8s.io/v1               VolumeAttributesClass
storage.k8s.io/v1beta1                19 22 = storage.k8s.io/v1               CSIDriver StorageClass VolumeAttachment
storage.k8s.io/v1beta1                17 22 = storage.k8s.io/v1               CSINode
storage.k8s.io/v1beta1                24 27 = storage.k8s.io/v1               CSIStorageCapacity
storage.k8s.io/v1beta1                34 37 ~ storage.k8s.io/v1               VolumeAttributesClass
storagemigration.k8s.io/v1alpha1      33 35 ~ storagemigration.k8s.io/v1      StorageVersionMigration
storagemigration.k8s.io/v1beta1       37 40 ~ storagemigration.k8s.io/v1      StorageVersionMigration
`

/** What became of the API version that a resource is written in; undefined where it is current, or not Kubernetes' own. */
export function findRetiredApi({ apiVersion, kind }: Resource): RetiredApi | undefined {
  return byVersion.get(apiVersion)?.get(kind)
}

const byVersion = new Map<string, Map<string, RetiredApi>>()
for (const line of table.trim().split('\n')) {
  const [apiVersion = '', deprecated, removed, fields, replacement, ...kinds] = line.split(/ +/)
  const api = {
    deprecated: Number(deprecated),
    removed: Number(removed),
    sameFields: fields === '=',
    ...(fields !== '-' && replacement !== undefined && { replacement }),
  }
  const known = byVersion.get(apiVersion) ?? new Map<string, RetiredApi>()
  for (const kind of kinds) known.set(kind, api)
  byVersion.set(apiVersion, known)
}
