/** Workloads of every kind that makes pods, in order as far as any rule can say. */

type Fields = Readonly<Record<string, unknown>>

/** Its only fault is that nothing may be wrong with it. */
const podSpec = {
  serviceAccountName: 'web',
  automountServiceAccountToken: false,
  hostUsers: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 20_001,
    runAsGroup: 20_001,
    seccompProfile: { type: 'RuntimeDefault' },
    appArmorProfile: { type: 'RuntimeDefault' },
    seLinuxOptions: { level: 's0:c123,c456' },
  },
  containers: [
    {
      name: 'app',
      image: `registry.example.com/app:1.4.2@sha256:${'0123456789abcdef'.repeat(4)}`,
      ports: [{ containerPort: 8443 }],
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      resources: {
        requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
        limits: { cpu: '1', memory: '256Mi', 'ephemeral-storage': '64Mi' },
      },
      livenessProbe: { tcpSocket: { port: 8443 } },
      readinessProbe: { httpGet: { path: '/ready', port: 8443, scheme: 'HTTPS' } },
      volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }],
    },
  ],
  volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '32Mi' } }],
}

/** The kinds, each with its API version and what its template stands in. */
const kinds: Readonly<Record<string, (template: Fields, labels: Fields) => Fields>> = {
  'apps/v1 Deployment': (template, matchLabels) => ({
    spec: { replicas: 2, selector: { matchLabels }, template },
  }),
  'apps/v1 StatefulSet': (template, matchLabels) => ({
    spec: { serviceName: 'web', selector: { matchLabels }, template },
  }),
  'apps/v1 DaemonSet': (template, matchLabels) => ({ spec: { selector: { matchLabels }, template } }),
  'apps/v1 ReplicaSet': (template, matchLabels) => ({ spec: { selector: { matchLabels }, template } }),
  'v1 ReplicationController': (template, selector) => ({ spec: { selector, template } }),
  'batch/v1 Job': template => ({ spec: { template: ending(template) } }),
  'batch/v1 CronJob': template => ({
    spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: ending(template) } } },
  }),
  'v1 PodTemplate': template => ({ template }),
  'v1 Pod': template => ({ spec: template.spec }),
}

const ending = (template: Fields): Fields => ({
  ...template,
  spec: { ...(template.spec as Fields), restartPolicy: 'Never' },
})

/** A sound object of a kind: `soundWorkload('apps/v1 Deployment', 'sound', 'web')`. */
export function soundWorkload(kind: keyof typeof kinds, namespace: string, name: string): object {
  const labels = { 'app.kubernetes.io/name': name }
  const wrap = kinds[kind]
  if (!wrap) throw new Error(`no sound ${kind}; there are ${Object.keys(kinds).join(', ')}`)
  const [apiVersion, plainKind] = kind.split(' ')
  const metadata = { name, namespace, labels }
  return { apiVersion, kind: plainKind, metadata, ...wrap({ metadata: { labels }, spec: podSpec }, labels) }
}

/** One of each kind in the namespace, named by its kind in small letters. */
export const soundWorkloads = (namespace: string): object[] =>
  Object.keys(kinds).map(kind => soundWorkload(kind, namespace, (kind.split(' ')[1] as string).toLowerCase()))
