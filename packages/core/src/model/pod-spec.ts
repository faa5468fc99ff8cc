// PodSpec: the fields of a pod that rules may read, as a shape; adding a field here makes it typed and checked.
//
// Names and types: Kubernetes core/v1 API (PodSpec, Container, SecurityContext …), versions 1.0 to 1.37.

import {
  anything,
  boolean,
  integer,
  list,
  map,
  numberOrString,
  object,
  string,
  type TypeOf,
} from './shape.ts'

const seLinuxOptions = object({ user: string, role: string, type: string, level: string })
const seccompProfile = object({ type: string, localhostProfile: string })
const appArmorProfile = object({ type: string, localhostProfile: string })
const windowsOptions = object({ hostProcess: boolean, runAsUserName: string })

const containerSecurityContext = object({
  privileged: boolean,
  allowPrivilegeEscalation: boolean,
  readOnlyRootFilesystem: boolean,
  runAsUser: integer,
  runAsGroup: integer,
  runAsNonRoot: boolean,
  procMount: string,
  capabilities: object({ add: list(string), drop: list(string) }),
  seLinuxOptions,
  seccompProfile,
  appArmorProfile,
  windowsOptions,
})

const podSecurityContext = object({
  runAsUser: integer,
  runAsGroup: integer,
  runAsNonRoot: boolean,
  fsGroup: integer,
  supplementalGroups: list(integer),
  sysctls: list(object({ name: string, value: string })),
  seLinuxOptions,
  seccompProfile,
  appArmorProfile,
  windowsOptions,
})

const handler = {
  exec: object({ command: list(string) }),
  httpGet: object({ host: string, port: numberOrString, path: string, scheme: string }),
  tcpSocket: object({ host: string, port: numberOrString }),
}
const probe = object({ ...handler, grpc: object({ port: integer }) })
const lifecycle = object({ postStart: object(handler), preStop: object(handler) })

const keySelector = object({ name: string, key: string, optional: boolean })

const containerSpec = object({
  name: string,
  image: string,
  imagePullPolicy: string,
  command: list(string),
  args: list(string),
  workingDir: string,
  ports: list(
    object({ name: string, containerPort: integer, hostPort: integer, hostIP: string, protocol: string }),
  ),
  env: list(
    object({
      name: string,
      value: string,
      valueFrom: object({
        secretKeyRef: keySelector,
        configMapKeyRef: keySelector,
        fieldRef: object({ fieldPath: string }),
        resourceFieldRef: object({ resource: string }),
      }),
    }),
  ),
  envFrom: list(object({ prefix: string, secretRef: keySelector, configMapRef: keySelector })),
  resources: object({ requests: map(numberOrString), limits: map(numberOrString) }),
  volumeMounts: list(
    object({ name: string, mountPath: string, subPath: string, readOnly: boolean, mountPropagation: string }),
  ),
  volumeDevices: list(object({ name: string, devicePath: string })),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle,
  securityContext: containerSecurityContext,
  stdin: boolean,
  tty: boolean,
  restartPolicy: string,
  terminationMessagePath: string,
})

const volume = object({
  name: string,
  hostPath: object({ path: string, type: string }),
  secret: object({ secretName: string, defaultMode: integer, optional: boolean }),
  configMap: object({ name: string, defaultMode: integer, optional: boolean }),
  emptyDir: object({ medium: string, sizeLimit: numberOrString }),
  persistentVolumeClaim: object({ claimName: string, readOnly: boolean }),
  downwardAPI: anything,
  csi: object({ driver: string }),
  ephemeral: anything,
  image: object({ reference: string, pullPolicy: string }),
  projected: object({
    defaultMode: integer,
    sources: list(
      object({
        serviceAccountToken: object({ audience: string, expirationSeconds: integer, path: string }),
        secret: object({ name: string }),
        configMap: object({ name: string }),
        downwardAPI: anything,
        clusterTrustBundle: anything,
        podCertificate: anything,
      }),
    ),
  }),
  awsElasticBlockStore: anything,
  azureDisk: anything,
  azureFile: anything,
  cephfs: anything,
  cinder: anything,
  fc: anything,
  flexVolume: object({ driver: string }),
  flocker: anything,
  gcePersistentDisk: anything,
  gitRepo: anything,
  glusterfs: anything,
  iscsi: anything,
  nfs: anything,
  photonPersistentDisk: anything,
  portworxVolume: anything,
  quobyte: anything,
  rbd: anything,
  scaleIO: anything,
  storageos: anything,
  vsphereVolume: anything,
})

export const podSpecShape = object({
  containers: list(containerSpec),
  initContainers: list(containerSpec),
  ephemeralContainers: list(containerSpec),
  volumes: list(volume),
  securityContext: podSecurityContext,
  /** For the pod as a whole, Kubernetes ≥ 1.32. */
  resources: object({ requests: map(numberOrString), limits: map(numberOrString) }),
  hostNetwork: boolean,
  hostPID: boolean,
  hostIPC: boolean,
  hostUsers: boolean,
  shareProcessNamespace: boolean,
  serviceAccountName: string,
  serviceAccount: string,
  automountServiceAccountToken: boolean,
  nodeName: string,
  nodeSelector: map(string),
  affinity: anything,
  tolerations: list(object({ key: string, operator: string, value: string, effect: string })),
  imagePullSecrets: list(object({ name: string })),
  priorityClassName: string,
  runtimeClassName: string,
  restartPolicy: string,
  dnsPolicy: string,
  hostname: string,
  hostAliases: list(object({ ip: string, hostnames: list(string) })),
  topologySpreadConstraints: list(anything),
  terminationGracePeriodSeconds: integer,
  activeDeadlineSeconds: integer,
  os: object({ name: string }),
})

export const templateMetadataShape = object({ labels: map(string), annotations: map(string) })

export type PodSpec = TypeOf<typeof podSpecShape>
export type ContainerSpec = TypeOf<typeof containerSpec>
export type ContainerSecurityContext = TypeOf<typeof containerSecurityContext>
export type PodSecurityContext = TypeOf<typeof podSecurityContext>
export type Volume = TypeOf<typeof volume>
export type Probe = TypeOf<typeof probe>
export type TemplateMetadata = TypeOf<typeof templateMetadataShape>
