// Slice of: tells to which slice of a cluster's API a kind belongs.

import { type KindEntry, podMakingKinds } from '../kube/api/built-in-kinds.ts'
import type { SliceId } from '../model/slice.ts'

/** Kinds of Kubernetes' own groups. */
const ofBuiltIn: Readonly<Partial<Record<SliceId, readonly string[]>>> = {
  cluster: ['Namespace', 'Node'],
  workloads: [
    ...podMakingKinds,
    'HorizontalPodAutoscaler',
    'LimitRange',
    'PodDisruptionBudget',
    'PriorityClass',
    'ResourceQuota',
    'RuntimeClass',
  ],
  access: [
    'CertificateSigningRequest',
    'ClusterRole',
    'ClusterRoleBinding',
    'Role',
    'RoleBinding',
    'ServiceAccount',
  ],
  network: ['Endpoints', 'EndpointSlice', 'Ingress', 'IngressClass', 'NetworkPolicy', 'Service'],
  configuration: ['ConfigMap', 'Lease'],
  storage: ['CSIDriver', 'PersistentVolume', 'PersistentVolumeClaim', 'StorageClass'],
  admission: [
    'APIService',
    'CustomResourceDefinition',
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'PodSecurityPolicy',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  secrets: ['Secret'],
}

/** Kinds of others, by their group. Groups of OpenShift that are not named belong to its slice. */
const ofGroup: Readonly<Partial<Record<SliceId, readonly string[]>>> = {
  workloads: ['apps.openshift.io', 'argoproj.io'],
  network: [
    'cilium.io',
    'crd.antrea.io',
    'crd.projectcalico.org',
    'eks.amazonaws.com',
    'elbv2.k8s.aws',
    'gateway.networking.k8s.io',
    'networking.gke.io',
    'networking.istio.io',
    'policy.networking.k8s.io',
    'projectcalico.org',
    'route.openshift.io',
  ],
  admission: [
    'constraints.gatekeeper.sh',
    'kyverno.io',
    'policies.kubewarden.io',
    'policies.kyverno.io',
    'policy.sigstore.dev',
    'templates.gatekeeper.sh',
  ],
  'external-secrets': ['external-secrets.io', 'secrets-store.csi.x-k8s.io', 'secrets.hashicorp.com'],
  // Of other clusters, too; rules ask for them on OpenShift alone.
  openshift: ['monitoring.coreos.com', 'operators.coreos.com'],
}

const inverted = (table: Readonly<Partial<Record<SliceId, readonly string[]>>>) =>
  new Map(
    Object.entries(table).flatMap(([slice, names]) => names.map(name => [name, slice as SliceId] as const)),
  )
const [sliceOfKind, sliceOfGroup] = [inverted(ofBuiltIn), inverted(ofGroup)]

/** The slice of a kind. Throws for one that no slice has: every kind in the tables must be in one. */
export function sliceOf({ group, kind }: Pick<KindEntry, 'group' | 'kind'>): SliceId {
  const slice =
    sliceOfGroup.get(group) ??
    (group.endsWith('.openshift.io') ? 'openshift' : isOwnGroup(group) ? sliceOfKind.get(kind) : undefined)
  if (!slice) throw new Error(`no slice has the kind ${kind} of group "${group}"`)
  return slice
}

/** Groups of Kubernetes itself: without a dot, or below k8s.io where no other project is known to have it. */
const isOwnGroup = (group: string) => !group.includes('.') || group.endsWith('.k8s.io')
