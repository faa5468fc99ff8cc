// Pod difference: whether a running pod is more than its template says, in something that a rule may read.
//
// No pod equals its template: the API server fills in defaults, controllers and admission add what they add to every pod. That is no
// difference; what is left (an injected sidecar, a debug container, a mutated security context) is one. A field not named here counts,
// so a difference is rather seen once too often than missed.
// Sources: k8s.io/kubernetes pkg/apis/core/v1/defaults.go; admission plugins ServiceAccount, LimitRanger, DefaultTolerationSeconds,
// Priority, RuntimeClass; controllers of DaemonSet, StatefulSet and Job; versions up to 1.37.

import type { PodTemplate } from '../model/pod-template.ts'
import { isRecord } from '../model/shape.ts'

type Fields = Readonly<Record<string, unknown>>

/** What the treatment of a field may need to know of the pod. */
interface Around {
  readonly tokenVolumes: ReadonlySet<unknown>
  readonly hostNetwork: boolean
  readonly limitRanged: boolean
}

/** Gives what counts of a field's value; undefined where nothing does. */
type Treatment = (value: unknown, around: Around) => unknown
type Treatments = ReadonlyMap<string, Treatment>

/**
 * A text that is the same for two pods, or for a pod and a template, that differ in nothing that counts. Takes spec and metadata as
 * parsed, of whatever type: what is malformed equals only itself.
 */
export function podFingerprint(spec: unknown, metadata: unknown): string {
  if (!isRecord(spec)) return JSON.stringify([spec])
  const annotations: Fields = isRecord(metadata) && isRecord(metadata.annotations) ? metadata.annotations : {}
  const around: Around = {
    tokenVolumes: new Set(
      listOf(spec.volumes)
        .filter(isTokenVolume)
        .map(volume => (volume as Fields).name),
    ),
    hostNetwork: spec.hostNetwork === true,
    limitRanged: annotations['kubernetes.io/limit-ranger'] !== undefined,
  }
  const account = spec.serviceAccountName || spec.serviceAccount || 'default'
  return JSON.stringify([treat(spec, podFields, around), account, securityOf(annotations)])
}

/**
 * Tells of a path in a controller's pod whether it is, or is in, something that admission or the scheduler put there: a finding about it
 * is nobody's fault.
 */
export function findAdditions({ path, spec, containers }: PodTemplate): (path: string) => boolean {
  const ofPod = new Set([`${path}.nodeName`])
  const tokens = new Set<unknown>()
  spec.volumes?.forEach((volume, index) => {
    if (!isTokenVolume(volume)) return
    tokens.add(volume.name)
    ofPod.add(`${path}.volumes[${index}]`)
  })
  spec.tolerations?.forEach((toleration, index) => {
    if (isNodeToleration(toleration)) ofPod.add(`${path}.tolerations[${index}]`)
  })
  const mounts = new Set<string>()
  if (tokens.size > 0)
    for (const container of containers)
      container.volumeMounts?.forEach((mount, index) => {
        if (tokens.has(mount.name)) mounts.add(`${container.path}.volumeMounts[${index}]`)
      })
  const inContainer = `${path}.containers[`
  return place => {
    if (mounts.size === 0 && place.startsWith(inContainer)) return false
    const mount = place.indexOf('.volumeMounts[')
    if (mount >= 0) return mounts.has(place.slice(0, place.indexOf(']', mount) + 1))
    // The field of the pod, with its index where it is a list.
    const dot = place.indexOf('.', path.length + 1)
    return ofPod.has(dot < 0 ? place : place.slice(0, dot))
  }
}

/** A volume through which admission mounts the service account's token: `kube-api-access-…`, before 1.22 `<account>-token-…`. */
function isTokenVolume(volume: unknown): boolean {
  if (!isRecord(volume) || typeof volume.name !== 'string') return false
  if (isRecord(volume.projected)) return /^kube-api-access-[a-z0-9]{5}$/.test(volume.name)
  return (
    isRecord(volume.secret) &&
    volume.secret.secretName === volume.name &&
    /-token-[a-z0-9]{5}$/.test(volume.name)
  )
}

/** Tolerations of node conditions come from admission and, for DaemonSets, from the controller. */
function isNodeToleration(toleration: unknown): boolean {
  return (
    isRecord(toleration) &&
    typeof toleration.key === 'string' &&
    toleration.key.startsWith('node.kubernetes.io/')
  )
}

/** What counts of an object: its fields as they are, but those that have a treatment. */
function treat(fields: Fields, treatments: Treatments, around: Around): Fields {
  const kept: Record<string, unknown> = {}
  for (const name of Object.keys(fields)) {
    const value = fields[name]
    if (value === null) continue
    const treatment = treatments.get(name)
    const counted = treatment ? treatment(value, around) : value
    if (counted !== undefined) kept[name] = counted
  }
  return kept
}

const drop: Treatment = () => undefined
const unless =
  (usual: unknown): Treatment =>
  value =>
    value === usual ? undefined : value
const unlessEmpty: Treatment = value =>
  (isRecord(value) && Object.keys(value).length === 0) || (Array.isArray(value) && value.length === 0)
    ? undefined
    : value
const inside =
  (treatments: Treatments): Treatment =>
  (value, around) =>
    isRecord(value) ? unlessEmpty(treat(value, treatments, around), around) : value
const each =
  (treatments: Treatments, isAdded: (item: unknown, around: Around) => boolean = () => false): Treatment =>
  (value, around) => {
    if (!Array.isArray(value)) return value
    const items = value.filter(item => !isAdded(item, around))
    return unlessEmpty(
      items.map(item => (isRecord(item) ? treat(item, treatments, around) : item)),
      around,
    )
  }
const treatments = (entries: Readonly<Record<string, Treatment>>): Treatments =>
  new Map(Object.entries(entries))

const fileModes = inside(treatments({ defaultMode: unless(420) }))

const probe = inside(
  treatments({
    timeoutSeconds: unless(1),
    periodSeconds: unless(10),
    successThreshold: unless(1),
    failureThreshold: unless(3),
    httpGet: inside(treatments({ scheme: unless('HTTP'), path: unless('/') })),
  }),
)

const ports: Treatment = (value, around) => {
  if (!Array.isArray(value)) return value
  return value.map(port => {
    if (!isRecord(port)) return port
    // On the host's network each port is a port of the host, said or not.
    const hostPort = port.hostPort || (around.hostNetwork ? port.containerPort : undefined)
    return [{ ...port, protocol: undefined, hostPort: undefined }, port.protocol || 'TCP', hostPort]
  })
}

/** In a pod, a limit without a request is the request too; LimitRanger sets both where the template says nothing. */
const resources: Treatment = (value, around) => {
  if (around.limitRanged) return undefined
  if (!isRecord(value) || !isRecord(value.limits)) return unlessEmpty(value, around)
  const requests = isRecord(value.requests) ? value.requests : {}
  const names = Object.keys({ ...value.limits, ...requests }).sort()
  return names
    .map(name => [name, requests[name] ?? (value.limits as Fields)[name]])
    .concat([[value.limits, value.claims]])
}

const containerFields = treatments({
  imagePullPolicy: unless('IfNotPresent'),
  terminationMessagePath: unless('/dev/termination-log'),
  terminationMessagePolicy: unless('File'),
  // The controller of indexed Jobs.
  env: each(treatments({}), item => isRecord(item) && item.name === 'JOB_COMPLETION_INDEX'),
  ports,
  resources,
  securityContext: unlessEmpty,
  volumeMounts: each(treatments({ readOnly: unless(false) }), (item, around) =>
    isRecord(item) ? around.tokenVolumes.has(item.name) : false,
  ),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
})
const containers = each(containerFields)

const podFields = treatments({
  containers,
  initContainers: containers,
  ephemeralContainers: containers,
  volumes: each(
    treatments({
      secret: fileModes,
      configMap: fileModes,
      projected: fileModes,
      downwardAPI: fileModes,
      hostPath: inside(treatments({ type: unless('') })),
    }),
    // Claims of a StatefulSet stand beside its template.
    item => isTokenVolume(item) || (isRecord(item) && item.persistentVolumeClaim !== undefined),
  ),
  tolerations: each(treatments({}), isNodeToleration),
  restartPolicy: unless('Always'),
  dnsPolicy: unless('ClusterFirst'),
  terminationGracePeriodSeconds: unless(30),
  enableServiceLinks: unless(true),
  securityContext: unlessEmpty,
  hostNetwork: unless(false),
  hostPID: unless(false),
  hostIPC: unless(false),
  shareProcessNamespace: unless(false),
  // Compared apart: two fields of one meaning.
  serviceAccount: drop,
  serviceAccountName: drop,
  // Where a pod runs, what it is called and how it is weighed is decided for each pod.
  nodeName: drop,
  // The controller of a DaemonSet names each pod's node there.
  affinity: inside(treatments({ nodeAffinity: drop })),
  schedulerName: drop,
  schedulingGates: drop,
  hostname: drop,
  subdomain: drop,
  priority: drop,
  priorityClassName: drop,
  preemptionPolicy: drop,
  overhead: drop,
  // Admission takes them from the service account.
  imagePullSecrets: drop,
})

const securityPrefixes = [
  'container.apparmor.security.beta.kubernetes.io/',
  'container.seccomp.security.alpha.kubernetes.io/',
  'seccomp.security.alpha.kubernetes.io/',
]

/** The annotations that set how a pod is confined; all others are notes that anybody may add to a running pod. */
function securityOf(annotations: Fields): unknown[] {
  return Object.keys(annotations)
    .filter(name => securityPrefixes.some(prefix => name.startsWith(prefix)))
    .sort((a, b) => (a < b ? -1 : 1))
    .map(name => [name, annotations[name]])
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
