// Workloads: makes Kubernetes objects like those of an ordinary fleet, the same for the same seed.

import type { Random } from './random.ts'

type Json = Record<string, unknown>

const teams = [
  'checkout',
  'catalog',
  'search',
  'billing',
  'identity',
  'shipping',
  'reports',
  'edge',
  'ml',
  'platform',
]
const parts = ['api', 'worker', 'web', 'cache', 'proxy', 'sync', 'import', 'export', 'gateway', 'events']
const registries = ['registry.example.com', 'docker.io/library', 'ghcr.io/example', 'quay.io/example']

const hex = (random: Random, length: number) =>
  Array.from({ length }, () => '0123456789abcdef'[random.below(16)]).join('')

/** A name, its namespace and its labels. */
function identity(random: Random, index: number) {
  const team = random.pick(teams)
  const name = `${team}-${random.pick(parts)}-${index}`
  const labels = {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': team,
    'app.kubernetes.io/version': `${random.below(9)}.${random.below(30)}.${random.below(10)}`,
    'app.kubernetes.io/managed-by': 'Helm',
    'example.com/cost-center': `cc-${random.below(900) + 100}`,
  }
  return { name, namespace: `${team}-${random.pick(['prod', 'stage', 'dev'])}`, labels }
}

function securityContext(random: Random): Json | undefined {
  if (random.chance(0.3)) return undefined
  const context: Json = {}
  if (random.chance(0.7)) context.allowPrivilegeEscalation = random.chance(0.15)
  if (random.chance(0.6)) context.runAsNonRoot = true
  if (random.chance(0.4)) context.runAsUser = random.pick([0, 1000, 10001, 65534])
  if (random.chance(0.5)) context.readOnlyRootFilesystem = random.chance(0.8)
  if (random.chance(0.6))
    context.capabilities = {
      drop: ['ALL'],
      ...(random.chance(0.2) ? { add: [random.pick(['NET_BIND_SERVICE', 'NET_ADMIN', 'SYS_PTRACE'])] } : {}),
    }
  if (random.chance(0.5))
    context.seccompProfile = { type: random.pick(['RuntimeDefault', 'RuntimeDefault', 'Unconfined']) }
  if (random.chance(0.03)) context.privileged = true
  return context
}

function probe(random: Random, path: string): Json {
  return {
    httpGet: { path, port: 'http', scheme: 'HTTP' },
    initialDelaySeconds: random.below(30),
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  }
}

function container(random: Random, name: string): Json {
  const tag = random.pick([
    'latest',
    `1.${random.below(40)}.${random.below(9)}`,
    `2026.${random.below(12) + 1}.${random.below(28) + 1}`,
  ])
  return {
    name,
    image: `${random.pick(registries)}/${name}:${tag}${random.chance(0.2) ? `@sha256:${hex(random, 64)}` : ''}`,
    imagePullPolicy: random.pick(['IfNotPresent', 'Always']),
    ...(random.chance(0.5)
      ? {
          args: [
            '--config=/etc/app/config.yaml',
            `--log-level=${random.pick(['info', 'debug'])}`,
            '--metrics-bind-address=:9090',
          ],
        }
      : {}),
    ports: [{ name: 'http', containerPort: random.pick([8080, 8443, 3000, 80]), protocol: 'TCP' }],
    env: Array.from({ length: 4 + random.below(10) }, (_, i) =>
      random.chance(0.2)
        ? {
            name: `APP_SETTING_${i}`,
            valueFrom: { secretKeyRef: { name: `${name}-secrets`, key: `key-${i}` } },
          }
        : {
            name: `APP_SETTING_${i}`,
            value: `https://service-${random.below(99)}.example.com/path/${hex(random, 8)}`,
          },
    ),
    ...(random.chance(0.8)
      ? {
          resources: {
            requests: { cpu: `${100 * (1 + random.below(5))}m`, memory: '128Mi' },
            ...(random.chance(0.7) ? { limits: { memory: '512Mi' } } : {}),
          },
        }
      : {}),
    volumeMounts: [
      { name: 'config', mountPath: '/etc/app', readOnly: true },
      { name: 'scratch', mountPath: '/tmp' },
    ],
    ...(random.chance(0.7)
      ? { livenessProbe: probe(random, '/healthz'), readinessProbe: probe(random, '/readyz') }
      : {}),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ...optional('securityContext', securityContext(random)),
  }
}

const optional = (name: string, value: unknown): Json => (value === undefined ? {} : { [name]: value })

/** A pod spec as a manifest's author writes it. */
export function podSpec(random: Random, name: string): Json {
  const sidecar = random.chance(0.4) ? [container(random, `${name}-proxy`)] : []
  return {
    ...(random.chance(0.6) ? { serviceAccountName: name } : {}),
    ...(random.chance(0.4) ? { automountServiceAccountToken: false } : {}),
    ...(random.chance(0.04) ? { hostNetwork: true } : {}),
    ...(random.chance(0.4)
      ? { securityContext: { fsGroup: 2000, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } }
      : {}),
    ...(random.chance(0.3) ? { initContainers: [container(random, `${name}-init`)] } : {}),
    containers: [container(random, name), ...sidecar],
    volumes: [
      { name: 'config', configMap: { name: `${name}-config`, defaultMode: 420 } },
      { name: 'scratch', emptyDir: {} },
      ...(random.chance(0.06)
        ? [{ name: 'host', hostPath: { path: random.pick(['/var/log', '/var/run/docker.sock', '/data']) } }]
        : []),
    ],
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
  }
}

/** A workload of one of the kinds that make pods. */
export function workload(random: Random, index: number): Json {
  const { name, namespace, labels } = identity(random, index)
  const template = {
    metadata: { labels, annotations: { 'checksum/config': hex(random, 64) } },
    spec: podSpec(random, name),
  }
  const metadata = {
    name,
    namespace,
    labels,
    annotations: { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace },
  }
  const selector = { matchLabels: { 'app.kubernetes.io/name': name } }
  const roll = random.below(10)
  if (roll < 7)
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 1 + random.below(4),
        revisionHistoryLimit: 10,
        selector,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
        template,
      },
    }
  if (roll < 8)
    return {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: { serviceName: name, replicas: 3, selector, template },
    }
  if (roll < 9) return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec: { selector, template } }
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: {
      schedule: `${random.below(60)} ${random.below(24)} * * *`,
      jobTemplate: {
        spec: { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } },
      },
    },
  }
}

/** The small objects that stand around workloads. */
export function companion(random: Random, index: number): Json {
  const { name, namespace, labels } = identity(random, index)
  const metadata = { name, namespace, labels }
  const roll = random.below(5)
  if (roll === 0)
    return {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        type: random.pick(['ClusterIP', 'ClusterIP', 'LoadBalancer', 'NodePort']),
        selector: { 'app.kubernetes.io/name': name },
        ports: [{ name: 'http', port: 80, targetPort: 'http' }],
      },
    }
  if (roll === 1)
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: Object.fromEntries(
        Array.from({ length: 12 }, (_, i) => [`setting-${i}`, `value ${hex(random, 100)}`]),
      ),
    }
  if (roll === 2)
    return {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      automountServiceAccountToken: random.chance(0.5),
    }
  if (roll === 3)
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata,
      spec: {
        rules: [
          {
            host: `${name}.example.com`,
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: { service: { name, port: { name: 'http' } } } },
              ],
            },
          },
        ],
      },
    }
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    rules: [{ apiGroups: [''], resources: ['configmaps', 'pods'], verbs: ['get', 'list', 'watch'] }],
  }
}

/** The running replicas of one ReplicaSet as the API server lists them, with what the server and the kubelet added. */
export function runningReplicas(random: Random, index: number, replicas: number): Json[] {
  const { name, namespace, labels } = identity(random, index)
  const hash = hex(random, 9)
  const spec = podSpec(random, name)
  return Array.from({ length: replicas }, () => runningPod(random, { name, namespace, labels, hash, spec }))
}

export interface Replica {
  readonly name: string
  readonly namespace: string
  readonly labels: Json
  readonly hash: string
  readonly spec: Json
  readonly annotations?: Json
  /** What controls it; nothing said: a ReplicaSet of the pods' own name. */
  readonly owner?: { readonly apiVersion: string; readonly kind: string; readonly name: string }
}

/** A running pod as the API server lists it. */
export function runningPod(
  random: Random,
  { name, namespace, labels, hash, spec, annotations, owner }: Replica,
  nodes = 200,
): Json {
  const token = `kube-api-access-${hex(random, 5)}`
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${hash}-${hex(random, 5)}`,
      generateName: `${name}-${hash}-`,
      namespace,
      uid: `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`,
      resourceVersion: String(1_000_000 + random.below(9_000_000)),
      creationTimestamp: '2026-10-01T08:00:00Z',
      labels: { ...labels, 'pod-template-hash': hash },
      ...optional('annotations', annotations),
      ownerReferences: [
        {
          ...(owner ?? { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${name}-${hash}` }),
          uid: `${hash}-${name}`,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      ...spec,
      nodeName: `node-${random.below(nodes)}`,
      preemptionPolicy: 'PreemptLowerPriority',
      priority: 0,
      enableServiceLinks: true,
      tolerations: ['not-ready', 'unreachable'].map(key => ({
        key: `node.kubernetes.io/${key}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      })),
      volumes: [
        ...(spec.volumes as Json[]),
        {
          name: token,
          projected: {
            defaultMode: 420,
            sources: [
              { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
              { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            ],
          },
        },
      ],
    },
    status: {
      phase: 'Running',
      hostIP: '10.0.0.1',
      podIP: `10.1.${random.below(250)}.${random.below(250)}`,
      startTime: '2026-10-01T08:00:00Z',
      qosClass: 'Burstable',
      conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(type => ({
        type,
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: '2026-10-01T08:00:10Z',
      })),
      containerStatuses: (spec.containers as Json[]).map(one => ({
        name: one.name,
        image: one.image,
        imageID: `docker-pullable://${String(one.image).split(':')[0]}@sha256:${hex(random, 64)}`,
        containerID: `containerd://${hex(random, 64)}`,
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: '2026-10-01T08:00:08Z' } },
      })),
    },
  }
}
