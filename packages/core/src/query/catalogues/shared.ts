// Shared fields: those that several lists have: of the cluster, of the resource and of the rule.

import { severities } from '../../model/severity.ts'
import type { Field } from '../field.ts'

/** From least to most; a value's rank is its place here. */
export const severityWords: readonly string[] = [...severities].reverse()

const kinds = [
  'ClusterRole',
  'ClusterRoleBinding',
  'ConfigMap',
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Ingress',
  'Job',
  'MutatingWebhookConfiguration',
  'Namespace',
  'NetworkPolicy',
  'Node',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Pod',
  'PodDisruptionBudget',
  'ReplicaSet',
  'ReplicationController',
  'Role',
  'RoleBinding',
  'Secret',
  'Service',
  'ServiceAccount',
  'StatefulSet',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingWebhookConfiguration',
]

export const severity: Field = {
  name: 'severity',
  type: 'rank',
  description: 'How bad it is: low, medium, high or critical',
  words: severityWords,
  examples: ['>= high', 'critical'],
}

/** Of the cluster that a record is in. */
export const clusterFields: readonly Field[] = [
  {
    name: 'cluster',
    type: 'text',
    description: 'Name or id of the cluster',
    examples: ['prod-eu', 'prod-*'],
  },
  {
    name: 'account',
    type: 'text',
    description: 'Cloud account, project or subscription of the cluster',
    examples: ['123456789012'],
  },
  {
    name: 'provider',
    type: 'text',
    description: 'Who runs the machines of the cluster',
    words: ['aws', 'azure', 'gcp'],
    examples: ['aws'],
  },
  { name: 'region', type: 'text', description: 'Region of the cluster', examples: ['eu-*'] },
  {
    name: 'distribution',
    type: 'text',
    description: 'Kubernetes distribution of the cluster',
    words: ['aks', 'eks', 'gke', 'gke-autopilot', 'k3s', 'openshift', 'rke2', 'vanilla'],
    examples: ['eks'],
  },
  {
    name: 'version',
    type: 'version',
    description: 'Kubernetes version of the cluster, compared to the precision given',
    examples: ['< 1.33', '1.34'],
  },
  {
    name: 'environment',
    type: 'text',
    description: 'Environment of the cluster',
    words: ['production', 'staging', 'development', 'test'],
    examples: ['production'],
  },
  {
    name: 'cluster.label',
    type: 'labels',
    description: 'Labels of the cluster, by key',
    examples: ['cluster.label.team : payments'],
  },
  {
    name: 'cluster.benchmark',
    type: 'text',
    vocabulary: 'benchmarks',
    description: 'Benchmarks that the cluster is judged by now; a family means any of its editions',
    examples: ['cis-eks@1.8.0', 'cis-k8s'],
  },
]

/** Of the resource that a record is, or is about. */
export const resourceFields: readonly Field[] = [
  {
    name: 'kind',
    type: 'text',
    description: 'Kind of the resource; kinds of foreign API groups carry the group',
    words: kinds,
    examples: ['Deployment', 'Service.serving.knative.dev'],
    isFreeText: true,
  },
  {
    name: 'namespace',
    type: 'text',
    description: 'Namespace of the resource; empty for what has none',
    examples: ['payments', 'kube-*'],
    isFreeText: true,
  },
  {
    name: 'name',
    type: 'text',
    description: 'Name of the resource',
    examples: ['web', 'system:*'],
    isFreeText: true,
  },
  {
    name: 'label',
    type: 'labels',
    description: 'Labels of the resource, by key',
    examples: ['label."app.kubernetes.io/name" : web', 'label.tier : *'],
  },
  {
    name: 'api-version',
    type: 'text',
    description: 'API version of the resource',
    examples: ['apps/v1'],
  },
  {
    name: 'root',
    type: 'text',
    description: 'What one would edit to mend it, as kind/namespace/name',
    examples: ['HelmRelease/payments/web', 'Deployment/*'],
  },
  {
    name: 'root.kind',
    type: 'text',
    description: 'Kind of what one would edit to mend it',
    examples: ['HelmRelease'],
  },
]

/** Of the rule; the last ones are asked of the catalogue. */
export const ruleFields: readonly Field[] = [
  {
    name: 'rule',
    type: 'text',
    description: 'Id of the rule',
    vocabulary: 'rules',
    examples: ['privileged-container', 'host-*'],
    isFreeText: true,
  },
  {
    name: 'rule.title',
    type: 'rule',
    attribute: 'title',
    description: 'Title of the rule',
    examples: ['*root*'],
  },
  {
    name: 'rule.benchmark',
    type: 'rule',
    attribute: 'benchmarks',
    description: 'Benchmarks that have a control that the rule answers; a family means its newest edition',
    examples: ['cis-k8s', 'pss-restricted@1.34'],
  },
  {
    name: 'rule.section',
    type: 'rule',
    attribute: 'sections',
    description: 'Sections of benchmarks that the rule belongs to, by title or as benchmark@edition/section',
    examples: ['"API Server"'],
  },
  {
    name: 'control',
    type: 'rule',
    attribute: 'controls',
    description: 'Controls that the rule answers, as benchmark@edition/control',
    examples: ['cis-k8s@2.0.1/5.1.1', 'cis-k8s/5.*'],
  },
  {
    name: 'requirement',
    type: 'rule',
    attribute: 'requirements',
    description: 'The requirement behind controls of several benchmarks',
    examples: ['rbac.wildcards'],
  },
]
