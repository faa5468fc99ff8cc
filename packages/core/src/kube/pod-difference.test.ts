import { describe, expect, it } from 'vitest'
import type { PodSpec } from '../model/pod-spec.ts'
import type { PodTemplate } from '../model/pod-template.ts'
import type { Resource } from '../model/resource.ts'
import { container, deployment } from '../samples/pods.ts'
import { findAdditions, podFingerprint } from './pod-difference.ts'
import { readPodTemplate } from './pod-template.ts'

type Json = Record<string, unknown>

const written: PodSpec = {
  serviceAccountName: 'web',
  securityContext: { runAsNonRoot: true },
  containers: [
    container({
      env: [{ name: 'MODE', value: 'live' }],
      ports: [{ containerPort: 8080 }],
      resources: { limits: { memory: '1Gi', cpu: '1' }, requests: { cpu: '500m' } },
      volumeMounts: [{ name: 'data', mountPath: '/data' }],
      livenessProbe: { httpGet: { port: 8080, path: '/healthz' } },
    }),
  ],
  volumes: [{ name: 'settings', configMap: { name: 'web' } }],
}

const token = 'kube-api-access-x7k2p'
const nodeTolerations = ['not-ready', 'unreachable', 'memory-pressure'].map(key => ({
  key: `node.kubernetes.io/${key}`,
  operator: 'Exists',
  effect: 'NoExecute',
}))

/** The pod as the API server returns it: defaults filled in, and all that admission, controllers and the scheduler add. */
function running(spec: PodSpec = written): Json {
  const containers = (spec.containers ?? []).map(own => ({
    ...own,
    imagePullPolicy: own.imagePullPolicy ?? 'IfNotPresent',
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ports: own.ports?.map(port => ({ ...port, protocol: 'TCP' })),
    resources: own.resources && {
      ...own.resources,
      requests: { ...own.resources.limits, ...own.resources.requests },
    },
    volumeMounts: [
      ...(own.volumeMounts ?? []),
      { name: token, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
    ],
    env: [
      ...(own.env ?? []),
      { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'a' } } },
    ],
    livenessProbe: own.livenessProbe && {
      ...own.livenessProbe,
      httpGet: { ...own.livenessProbe.httpGet, scheme: 'HTTP' },
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    },
  }))
  return {
    ...spec,
    containers,
    volumes: [
      ...(spec.volumes ?? []).map(one =>
        one.configMap ? { ...one, configMap: { ...one.configMap, defaultMode: 420 } } : one,
      ),
      { name: 'data', persistentVolumeClaim: { claimName: 'data-web-0' } },
      { name: token, projected: { defaultMode: 420, sources: [{ serviceAccountToken: { path: 'token' } }] } },
    ],
    serviceAccount: spec.serviceAccountName ?? 'default',
    serviceAccountName: spec.serviceAccountName ?? 'default',
    nodeName: 'node-7',
    hostname: 'web-0',
    subdomain: 'web',
    priority: 0,
    preemptionPolicy: 'PreemptLowerPriority',
    schedulerName: 'default-scheduler',
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    terminationGracePeriodSeconds: 30,
    enableServiceLinks: true,
    securityContext: spec.securityContext ?? {},
    tolerations: nodeTolerations,
    imagePullSecrets: [{ name: 'pull' }],
    affinity: { nodeAffinity: {} },
  }
}

const print = (spec: unknown, metadata: unknown = {}) => podFingerprint(spec, metadata)

describe('podFingerprint', () => {
  it('is the same for a pod with only what the cluster adds to every pod', () => {
    expect(print(running())).toBe(print(written))
    expect(print(running({ containers: [container()] }))).toBe(print({ containers: [container()] }))
  })

  it('takes no heed of who runs the pod and what others noted on it', () => {
    const metadata = {
      labels: { 'pod-template-hash': '5d4f' },
      annotations: { 'cni.example.com/address': '10.0.0.7' },
    }
    expect(print(running(), metadata)).toBe(print(written))
  })

  it('takes no heed of amounts that a LimitRange set', () => {
    const bare = { containers: [container()] }
    const ranged = { containers: [container({ resources: { limits: { memory: '1Gi' } } })] }
    const annotations = {
      'kubernetes.io/limit-ranger': 'LimitRanger plugin set: memory limit for container app',
    }
    expect(print(ranged, { annotations })).toBe(print(bare))
    expect(print(ranged)).not.toBe(print(bare))
  })

  it('counts each port of the host’s network as the host’s', () => {
    const withPort = (port: Json) => ({
      hostNetwork: true,
      containers: [{ name: 'a', ports: [{ containerPort: 80, ...port }] }],
    })
    expect(print(withPort({ hostPort: 80, protocol: 'TCP' }))).toBe(print(withPort({})))
    expect(print(withPort({ hostPort: 81 }))).not.toBe(print(withPort({})))
  })

  const changes: Readonly<Record<string, (spec: Json) => void>> = {
    'an injected sidecar': spec => (spec.containers as Json[]).push({ name: 'proxy', image: 'proxy:1' }),
    'an injected init container': spec => {
      spec.initContainers = [{ name: 'setup', image: 'setup:1' }]
    },
    'a debug container': spec => {
      spec.ephemeralContainers = [{ name: 'debug', image: 'busybox:1' }]
    },
    'another image': spec => Object.assign((spec.containers as Json[])[0] as Json, { image: 'other:1' }),
    'a mutated security context': spec =>
      Object.assign((spec.containers as Json[])[0] as Json, { securityContext: { privileged: true } }),
    'a mutated security context of the pod': spec => {
      spec.securityContext = { runAsNonRoot: true, runAsUser: 0 }
    },
    'the host’s network': spec => {
      spec.hostNetwork = true
    },
    'another account': spec => {
      spec.serviceAccountName = 'admin'
    },
    'a volume of the host': spec => (spec.volumes as Json[]).push({ name: 'h', hostPath: { path: '/' } }),
    'a mount of a volume': spec =>
      (((spec.containers as Json[])[0] as Json).volumeMounts as Json[]).push({ name: 'x', mountPath: '/x' }),
    'a toleration of more than node conditions': spec =>
      (spec.tolerations as Json[]).push({ operator: 'Exists' }),
    'a field that is not known here': spec => {
      spec.someday = { privileged: true }
    },
  }
  it.each(Object.entries(changes))('differs by %s', (_, change) => {
    const spec = JSON.parse(JSON.stringify(running())) as Json
    change(spec)
    expect(print(spec)).not.toBe(print(written))
  })

  it('differs by an annotation that sets how a container is confined', () => {
    const annotations = { 'container.apparmor.security.beta.kubernetes.io/app': 'unconfined' }
    expect(print(written, { annotations })).not.toBe(print(written))
  })

  it('takes a volume that only looks like the token’s for what it is', () => {
    const spec = running()
    const volumes = (spec.volumes as Json[]).map(one =>
      one.name === token ? { name: token, hostPath: { path: '/' } } : one,
    )
    expect(print({ ...spec, volumes })).not.toBe(print(written))
  })

  it.each([[undefined], [null], [5], ['spec'], [[]], [{ containers: 'x', volumes: 5, tolerations: {} }]])(
    'reads %j without throwing',
    spec => {
      expect(print(spec)).not.toBe(print(written))
      expect(print(spec, 'metadata')).toBe(print(spec, null))
    },
  )
})

describe('findAdditions', () => {
  const isAddition = findAdditions(
    read({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-0' }, spec: running() }),
  )
  it.each([
    ['spec.nodeName', true],
    ['spec.volumes[2]', true],
    ['spec.volumes[2].projected.sources[0]', true],
    ['spec.tolerations[0]', true],
    ['spec.tolerations[2].key', true],
    ['spec.containers[0].volumeMounts[1]', true],
    ['spec.containers[0].volumeMounts[1].mountPath', true],
    ['spec.volumes[0]', false],
    ['spec.volumes[1]', false],
    ['spec.volumes[20]', false],
    ['spec.volumes', false],
    ['spec.containers[0].volumeMounts[0]', false],
    ['spec.containers[1].volumeMounts[1]', false],
    ['spec.containers[0]', false],
    ['spec.nodeNames', false],
    ['spec.serviceAccountName', false],
    ['metadata.name', false],
    ['spec', false],
  ])('%s: %s', (path, expected) => {
    expect(isAddition(path)).toBe(expected)
  })

  it('knows the token’s volume of clusters before 1.22', () => {
    const volumes = [{ name: 'web-token-abc12', secret: { secretName: 'web-token-abc12' } }]
    const pod = read({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { ...written, volumes },
    })
    expect(findAdditions(pod)('spec.volumes[0]')).toBe(true)
  })

  it('finds no mount or volume of a template', () => {
    const isOfTemplate = findAdditions(read(deployment(written)))
    expect(isOfTemplate('spec.template.spec.volumes[0]')).toBe(false)
    expect(isOfTemplate('spec.template.spec.nodeName')).toBe(true)
  })
})

function read(resource: Resource): PodTemplate {
  const reading = readPodTemplate(resource)
  if (!reading.ok) throw new Error(`${reading.problem.path.join('.')} must be ${reading.problem.expected}`)
  return reading.template
}
