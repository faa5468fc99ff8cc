// Agent objects: the objects that make an agent, as its Helm chart makes them, for those who install without Helm.

import {
  type AgentSetup,
  agentName,
  published,
  slicesOn,
  sortedEntries,
  tokenPlaceholder,
  tokenSecret,
} from './agent-setup.ts'
import { roleRulesOf } from './permissions.ts'

interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels: Readonly<Record<string, string>>
  }
  readonly [field: string]: unknown
}

const selector = {
  'app.kubernetes.io/name': agentName,
  'app.kubernetes.io/instance': agentName,
  'app.kubernetes.io/component': 'cluster-collector',
}
const tokenFolder = '/etc/plimsoll/token'
const caFolder = '/etc/plimsoll/ca'
const spoolFolder = '/var/lib/plimsoll/spool'
const port = 8481
const noUser = 65_532

/** All objects in the order in which they are applied. Their namespace, which Helm makes itself, is the first. */
export function agentObjects(setup: AgentSetup): readonly KubeObject[] {
  const { options } = setup
  return [
    namespaceOf(setup),
    serviceAccountOf(setup),
    ...(options.existingSecret ? [] : [secretOf(setup)]),
    ...(options.extraCa ? [certificatesOf(setup)] : []),
    ...rightsOf(setup),
    ...leaseOf(setup),
    deploymentOf(setup),
    ...(options.replicas > 1 ? [disruptionBudgetOf(setup)] : []),
    ...(options.networkPolicy ? [networkPolicyOf(setup)] : []),
  ]
}

const labelsOf = ({ version }: AgentSetup) => ({
  ...selector,
  'app.kubernetes.io/part-of': 'plimsoll',
  'app.kubernetes.io/version': version,
})

const metadataOf = (setup: AgentSetup, name: string = agentName) => ({
  name,
  namespace: setup.options.namespace,
  labels: labelsOf(setup),
})

/** A pod on its node's network is refused wherever Pod Security is enforced above `privileged`. */
function namespaceOf(setup: AgentSetup): KubeObject {
  const level = setup.options.hostNetwork ? 'privileged' : 'restricted'
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: setup.options.namespace,
      labels: { ...labelsOf(setup), 'pod-security.kubernetes.io/enforce': level },
    },
  }
}

const serviceAccountOf = (setup: AgentSetup): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: metadataOf(setup),
  automountServiceAccountToken: false,
})

const secretOf = (setup: AgentSetup): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: metadataOf(setup, tokenSecret(setup.options)),
  type: 'Opaque',
  stringData: { token: setup.token ?? tokenPlaceholder },
})

const certificatesOf = (setup: AgentSetup): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadataOf(setup, `${agentName}-ca`),
  data: { 'ca.crt': setup.options.extraCa },
})

const binding = (setup: AgentSetup, kind: 'ClusterRole' | 'Role') => ({
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: agentName },
  subjects: [{ kind: 'ServiceAccount', name: agentName, namespace: setup.options.namespace }],
})

function rightsOf(setup: AgentSetup): KubeObject[] {
  const rbac = 'rbac.authorization.k8s.io/v1'
  const clusterWide = { name: agentName, labels: labelsOf(setup) }
  const rules = slicesOn(setup.options).flatMap(id =>
    roleRulesOf(setup.permissions.filter(({ slice }) => slice === id)),
  )
  return [
    { apiVersion: rbac, kind: 'ClusterRole', metadata: clusterWide, rules },
    {
      apiVersion: rbac,
      kind: 'ClusterRoleBinding',
      metadata: clusterWide,
      ...binding(setup, 'ClusterRole'),
    },
    {
      apiVersion: rbac,
      kind: 'Role',
      metadata: metadataOf(setup),
      rules: [
        {
          apiGroups: ['coordination.k8s.io'],
          resources: ['leases'],
          resourceNames: [agentName],
          verbs: ['get', 'update'],
        },
        { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create'] },
      ],
    },
    { apiVersion: rbac, kind: 'RoleBinding', metadata: metadataOf(setup), ...binding(setup, 'Role') },
  ]
}

const leaseOf = (setup: AgentSetup): KubeObject[] => [
  { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: metadataOf(setup) },
]

function argsOf({ server, cluster, options }: AgentSetup): string[] {
  const { proxy, noProxy } = options
  return [
    'collect',
    'cluster',
    `--server=${server}`,
    `--token-file=${tokenFolder}/token`,
    `--spool=${spoolFolder}`,
    `--listen=0.0.0.0:${port}`,
    `--lease-namespace=${options.namespace}`,
    `--lease-name=${agentName}`,
    `--resync=${options.resync}`,
    `--slices=${slicesOn(options).join(',')}`,
    ...(cluster.name ? [`--cluster-name=${cluster.name}`] : []),
    ...(cluster.environment ? [`--environment=${cluster.environment}`] : []),
    ...sortedEntries(cluster.labels).map(([key, value]) => `--label=${key}=${value}`),
    ...(options.extraCa ? [`--ca-file=${caFolder}/ca.crt`] : []),
    ...(proxy ? [`--proxy=${proxy}`] : []),
    ...(proxy && noProxy.length > 0 ? [`--no-proxy=${noProxy.join(',')}`] : []),
    '--log-level=info',
  ]
}

function imageOf({ options: { image }, version }: AgentSetup): string {
  const { repository = published.image, tag = version, digest } = image
  return digest ? `${repository}@${digest}` : `${repository}:${tag}`
}

const fromField = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } })
const probe = (path: string, rest: object) => ({ httpGet: { path, port: 'health' }, ...rest })

const containerOf = (setup: AgentSetup) => ({
  name: 'agent',
  image: imageOf(setup),
  imagePullPolicy: 'IfNotPresent',
  args: argsOf(setup),
  env: [
    fromField('POD_NAME', 'metadata.name'),
    fromField('POD_NAMESPACE', 'metadata.namespace'),
    fromField('NODE_NAME', 'spec.nodeName'),
  ],
  ports: [{ name: 'health', containerPort: port, protocol: 'TCP' }],
  startupProbe: probe('/healthz', { periodSeconds: 2, failureThreshold: 30 }),
  livenessProbe: probe('/healthz', { periodSeconds: 10, failureThreshold: 6 }),
  readinessProbe: probe('/readyz', { periodSeconds: 10 }),
  resources: {
    requests: { cpu: '50m', memory: '192Mi', 'ephemeral-storage': '64Mi' },
    limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '512Mi' },
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
  },
  volumeMounts: [
    { name: 'token', mountPath: tokenFolder, readOnly: true },
    { name: 'spool', mountPath: spoolFolder },
    ...(setup.options.extraCa ? [{ name: 'ca', mountPath: caFolder, readOnly: true }] : []),
  ],
})

function podSpecOf(setup: AgentSetup): object {
  const { options } = setup
  const { hostNetwork, priorityClass } = options
  return {
    serviceAccountName: agentName,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    hostNetwork,
    ...(hostNetwork && { dnsPolicy: 'ClusterFirstWithHostNet' }),
    ...(priorityClass && { priorityClassName: priorityClass }),
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      ...(!options.openshift && { runAsUser: noUser, runAsGroup: noUser, fsGroup: noUser }),
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [containerOf(setup)],
    volumes: [
      { name: 'token', secret: { secretName: tokenSecret(options), defaultMode: 0o440 } },
      { name: 'spool', emptyDir: { sizeLimit: '256Mi' } },
      ...(options.extraCa ? [{ name: 'ca', configMap: { name: `${agentName}-ca` } }] : []),
    ],
    ...(options.replicas > 1 && {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: selector },
        },
      ],
    }),
  }
}

function deploymentOf(setup: AgentSetup): KubeObject {
  const { replicas, hostNetwork } = setup.options
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(setup),
    spec: {
      replicas,
      revisionHistoryLimit: 3,
      selector: { matchLabels: selector },
      strategy: {
        type: 'RollingUpdate',
        // On the network of a node, two pods of one node want the same port.
        rollingUpdate: { maxSurge: hostNetwork ? 0 : 1, maxUnavailable: hostNetwork ? 1 : 0 },
      },
      template: { metadata: { labels: labelsOf(setup) }, spec: podSpecOf(setup) },
    },
  }
}

const disruptionBudgetOf = (setup: AgentSetup): KubeObject => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: metadataOf(setup),
  spec: { maxUnavailable: 1, selector: { matchLabels: selector } },
})

/** The port at which the next hop on the way to the server listens. */
function nextPort({ server, options: { proxy } }: AgentSetup): number {
  const [, scheme, own] = /^(https?):\/\/(?:\[[^\]]*\]|[^/:]*)(?::(\d+))?/.exec(proxy ?? server) ?? []
  return own ? Number(own) : scheme === 'http' ? 80 : 443
}

const networkPolicyOf = (setup: AgentSetup): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadataOf(setup),
  spec: {
    podSelector: { matchLabels: selector },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [],
    egress: [
      {
        ports: [
          { port: 53, protocol: 'UDP' },
          { port: 53, protocol: 'TCP' },
          ...[...new Set([443, 6443, nextPort(setup)])].map(one => ({ port: one, protocol: 'TCP' })),
        ],
      },
    ],
  },
})
