// Resources of the sample fleet: the objects that a collector would have seen in a cluster of a plan, the same at every run.

import { createHash } from 'node:crypto'
import type { Gap, Resource } from '@plimsoll/core'
import type { App, ClusterPlan, ClusterState, Flaw } from './cluster-plan.ts'

type Json = Record<string, unknown>

/** A short text that is the same for the same words. */
const mark = (length: number, ...words: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, length)

/** What could not be read there. */
export const gapsOf = ({ forbidden }: ClusterState): Gap[] =>
  forbidden.map(kind => ({
    scope: 'cluster',
    kind,
    reason: 'forbidden',
    detail: `the collector may not list ${kind}; grant it list on them, see its ClusterRole`,
  }))

/** All objects, less those of kinds that could not be listed. */
export function resourcesOf(plan: ClusterPlan, state: ClusterState): Resource[] {
  const namespaces = [...new Set(['default', 'kube-system', ...state.apps.map(({ namespace }) => namespace)])]
  const all = [
    ...namespaces.flatMap(name => namespaceObjects(name, state)),
    ...Array.from({ length: plan.nodes }, (_, index) => node(plan, state, index)),
    ...state.apps.flatMap(app => appObjects(app, plan)),
    ...roles(state),
  ] as unknown as Resource[]
  return all.filter(({ kind }) => !state.forbidden.includes(kind))
}

function namespaceObjects(name: string, { isolated }: ClusterState): Json[] {
  const level = name === 'payments' || name === 'finance' ? 'restricted' : 'baseline'
  const labels = {
    'kubernetes.io/metadata.name': name,
    ...(isolated.includes(name) && { 'pod-security.kubernetes.io/enforce': level }),
  }
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } },
    ...(isolated.includes(name)
      ? [
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            metadata: { name: 'default-deny', namespace: name },
            spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
          },
        ]
      : []),
  ]
}

const node = (plan: ClusterPlan, state: ClusterState, index: number): Json => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: `${plan.name}-node-${index + 1}`,
    labels: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' },
  },
  spec: { providerID: `${plan.provider ?? 'bare'}:///${plan.region}/${mark(12, plan.id, index)}` },
  status: { nodeInfo: { kubeletVersion: state.version, operatingSystem: 'linux', architecture: 'amd64' } },
})

function appObjects(app: App, plan: ClusterPlan): Json[] {
  const { name, namespace, kind = 'Deployment', clusterRole } = app
  const labels = {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': app.team,
    'app.kubernetes.io/managed-by': 'Helm',
  }
  const metadata = {
    name,
    namespace,
    labels,
    annotations: { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace },
  }
  const selector = { matchLabels: { 'app.kubernetes.io/name': name } }
  const template = { metadata: { labels }, spec: podSpec(app) }
  const workload =
    kind === 'CronJob'
      ? {
          apiVersion: 'batch/v1',
          kind,
          metadata,
          spec: {
            schedule: '15 3 * * *',
            jobTemplate: {
              spec: { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } },
            },
          },
        }
      : {
          apiVersion: 'apps/v1',
          kind,
          metadata,
          spec: {
            selector,
            template,
            ...(kind !== 'DaemonSet' && { replicas: app.replicas }),
            ...(kind === 'StatefulSet' && { serviceName: name }),
          },
        }
  const role = clusterRole && {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: `${namespace}-${name}`, labels, annotations: metadata.annotations },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterRole },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  }
  return [
    workload,
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        type: 'ClusterIP',
        selector: selector.matchLabels,
        ports: [{ name: 'http', port: 80, targetPort: 8080 }],
      },
    },
    ...(role ? [role] : []),
    ...runs(app, plan, template, labels),
  ]
}

/** What a workload's controllers made of it. */
function runs(app: App, plan: ClusterPlan, template: { spec: Json }, labels: Json): Json[] {
  const { name, namespace, kind = 'Deployment' } = app
  if (kind === 'CronJob') return []
  const hash = mark(9, app.image, app.flaws)
  const count = kind === 'DaemonSet' ? plan.nodes : app.replicas
  const isDeployment = kind === 'Deployment'
  const podLabels = isDeployment ? { ...labels, 'pod-template-hash': hash } : labels
  const owner = (of: string, what: string) => [
    { apiVersion: 'apps/v1', kind: what, name: of, uid: mark(32, plan.id, what, of), controller: true },
  ]
  const set = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels: podLabels,
      ownerReferences: owner(name, 'Deployment'),
    },
    spec: {
      replicas: count,
      selector: { matchLabels: podLabels },
      template: { ...template, metadata: { labels: podLabels } },
    },
    status: { replicas: count },
  }
  const pods = Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: isDeployment
        ? `${name}-${hash}-${mark(5, plan.id, index)}`
        : kind === 'StatefulSet'
          ? `${name}-${index}`
          : `${name}-${mark(5, plan.id, index)}`,
      namespace,
      labels: podLabels,
      ownerReferences: isDeployment ? owner(`${name}-${hash}`, 'ReplicaSet') : owner(name, kind),
    },
    spec: { ...template.spec, nodeName: `${plan.name}-node-${(index % plan.nodes) + 1}` },
    status: { phase: 'Running' },
  }))
  return isDeployment ? [set, ...pods] : pods
}

function podSpec({ name, image, flaws }: App): Json {
  const has = (flaw: Flaw) => flaws.includes(flaw)
  const probe = { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 10 }
  const container = {
    name,
    image: has('latest-tag') ? image.replace(/:[^:/]+$/, ':latest') : image,
    ports: [{ name: 'http', containerPort: 8080 }],
    ...(has('no-limits')
      ? {}
      : {
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
        }),
    ...(has('no-probes') ? {} : { livenessProbe: probe, readinessProbe: probe }),
    securityContext: has('privileged')
      ? { privileged: true }
      : {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'], ...(has('added-capability') && { add: ['SYS_PTRACE'] }) },
        },
    volumeMounts: [
      { name: 'scratch', mountPath: '/tmp' },
      ...(has('host-path') ? [{ name: 'host', mountPath: '/host/log', readOnly: true }] : []),
    ],
  }
  return {
    serviceAccountName: name,
    automountServiceAccountToken: has('token-mounted'),
    ...(has('host-network') && { hostNetwork: true }),
    securityContext: has('runs-as-root')
      ? { runAsUser: 0 }
      : { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [container],
    volumes: [
      { name: 'scratch', emptyDir: {} },
      ...(has('host-path') ? [{ name: 'host', hostPath: { path: '/var/log' } }] : []),
    ],
  }
}

/** Cluster roles that are named, as every cluster has them. */
function roles({ apps }: ClusterState): Json[] {
  const all = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]
  const some = [
    { apiGroups: ['', 'apps'], resources: ['pods', 'deployments'], verbs: ['get', 'list', 'update'] },
  ]
  const names = new Set(apps.flatMap(({ clusterRole }) => clusterRole ?? []))
  return [...names].map(name => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } },
    rules: name === 'cluster-admin' ? all : some,
  }))
}
