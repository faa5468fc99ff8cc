// Built-in kinds: where the API server keeps Kubernetes' own kinds that rules read.

import { assetKind } from '../asset-key.ts'

/** How a kind is listed. */
export interface KindEntry {
  readonly kind: string
  /** API group; empty for the core group. */
  readonly group: string
  readonly plural: string
  readonly namespaced: boolean
  /** Versions that we can read, the one wanted most first. */
  readonly versions: readonly string[]
  /** True for kinds that every server has served since 1.16: where one is missing, something is wrong. */
  readonly always: boolean
}

/** How rules and gaps name a kind: `Deployment`, but `HTTPRoute.gateway.networking.k8s.io` for one that is not Kubernetes' own. */
export const nameOfKind = ({ group, kind, versions }: KindEntry): string =>
  assetKind(group === '' ? 'v1' : `${group}/${versions[0]}`, kind)

const entry =
  (group: string, versions: readonly string[], always: boolean) =>
  (namespaced: boolean, kinds: Readonly<Record<string, string>>): KindEntry[] =>
    Object.entries(kinds).map(([kind, plural]) => ({ kind, group, plural, namespaced, versions, always }))

/**
 * The built-in kinds. Source: `kubectl api-resources` of 1.16 to 1.37 and the API deprecation guide. Older versions are for
 * servers that have no newer one.
 */
export const builtInKinds: readonly KindEntry[] = [
  ...entry(
    '',
    ['v1'],
    true,
  )(true, {
    ConfigMap: 'configmaps',
    Endpoints: 'endpoints',
    LimitRange: 'limitranges',
    PersistentVolumeClaim: 'persistentvolumeclaims',
    Pod: 'pods',
    PodTemplate: 'podtemplates',
    ReplicationController: 'replicationcontrollers',
    ResourceQuota: 'resourcequotas',
    Secret: 'secrets',
    Service: 'services',
    ServiceAccount: 'serviceaccounts',
  }),
  ...entry(
    '',
    ['v1'],
    true,
  )(false, {
    Namespace: 'namespaces',
    Node: 'nodes',
    PersistentVolume: 'persistentvolumes',
  }),
  ...entry(
    'apps',
    ['v1'],
    true,
  )(true, {
    DaemonSet: 'daemonsets',
    Deployment: 'deployments',
    ReplicaSet: 'replicasets',
    StatefulSet: 'statefulsets',
  }),
  ...entry('batch', ['v1'], true)(true, { Job: 'jobs' }),
  ...entry('batch', ['v1', 'v1beta1'], true)(true, { CronJob: 'cronjobs' }),
  ...entry(
    'autoscaling',
    ['v2', 'v2beta2', 'v1'],
    true,
  )(true, {
    HorizontalPodAutoscaler: 'horizontalpodautoscalers',
  }),
  ...entry('policy', ['v1', 'v1beta1'], true)(true, { PodDisruptionBudget: 'poddisruptionbudgets' }),
  ...entry('policy', ['v1beta1'], false)(false, { PodSecurityPolicy: 'podsecuritypolicies' }),
  ...entry('networking.k8s.io', ['v1'], true)(true, { NetworkPolicy: 'networkpolicies' }),
  ...entry('networking.k8s.io', ['v1', 'v1beta1'], true)(true, { Ingress: 'ingresses' }),
  ...entry('networking.k8s.io', ['v1', 'v1beta1'], false)(false, { IngressClass: 'ingressclasses' }),
  ...entry('discovery.k8s.io', ['v1', 'v1beta1'], false)(true, { EndpointSlice: 'endpointslices' }),
  ...entry('rbac.authorization.k8s.io', ['v1'], true)(true, { Role: 'roles', RoleBinding: 'rolebindings' }),
  ...entry(
    'rbac.authorization.k8s.io',
    ['v1'],
    true,
  )(false, {
    ClusterRole: 'clusterroles',
    ClusterRoleBinding: 'clusterrolebindings',
  }),
  ...entry(
    'admissionregistration.k8s.io',
    ['v1'],
    true,
  )(false, {
    MutatingWebhookConfiguration: 'mutatingwebhookconfigurations',
    ValidatingWebhookConfiguration: 'validatingwebhookconfigurations',
  }),
  ...entry(
    'admissionregistration.k8s.io',
    ['v1', 'v1beta1'],
    false,
  )(false, {
    MutatingAdmissionPolicy: 'mutatingadmissionpolicies',
    MutatingAdmissionPolicyBinding: 'mutatingadmissionpolicybindings',
    ValidatingAdmissionPolicy: 'validatingadmissionpolicies',
    ValidatingAdmissionPolicyBinding: 'validatingadmissionpolicybindings',
  }),
  ...entry(
    'apiextensions.k8s.io',
    ['v1'],
    true,
  )(false, {
    CustomResourceDefinition: 'customresourcedefinitions',
  }),
  ...entry('apiregistration.k8s.io', ['v1'], true)(false, { APIService: 'apiservices' }),
  ...entry('storage.k8s.io', ['v1'], true)(false, { StorageClass: 'storageclasses' }),
  ...entry('storage.k8s.io', ['v1'], false)(false, { CSIDriver: 'csidrivers' }),
  ...entry('scheduling.k8s.io', ['v1'], true)(false, { PriorityClass: 'priorityclasses' }),
  ...entry('node.k8s.io', ['v1', 'v1beta1'], false)(false, { RuntimeClass: 'runtimeclasses' }),
  ...entry(
    'certificates.k8s.io',
    ['v1', 'v1beta1'],
    true,
  )(false, {
    CertificateSigningRequest: 'certificatesigningrequests',
  }),
  ...entry('coordination.k8s.io', ['v1'], true)(true, { Lease: 'leases' }),
]

/** The kinds that make pods: what the subject `PodTemplate` of a rule stands for. */
export const podMakingKinds = [
  'Pod',
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'PodTemplate',
] as const
