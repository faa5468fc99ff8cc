// Large cluster: the objects of a very large cluster, one at a time and the same for the same seed, as a collector would send them.

import { random } from './random.ts'
import { type RbacSize, rbacCorpus } from './rbac-corpus.ts'
import { companion, runningPod, workload } from './workloads.ts'

type Json = Record<string, unknown>

export interface ClusterSize {
  readonly pods: number
}

const podsPerWorkload = 5

/** How many roles, bindings and ServiceAccounts stand beside so many pods: 50,000 of each 75,000. */
const rbacOf = (pods: number): RbacSize => ({
  namespaces: Math.max(10, Math.round(pods / 150)),
  roles: Math.round((pods * 2) / 9),
  bindings: Math.round((pods * 2) / 9),
  accounts: Math.round((pods * 2) / 9),
})

/**
 * Some 3.2 objects a pod: workloads, what they made (ReplicaSets, Jobs, revisions) and their pods, nodes, what stands around workloads,
 * RBAC. 75,000 pods make 242,000.
 */
export function* clusterObjects({ pods }: ClusterSize): Generator<Json> {
  const source = random(13)
  const nodes = Math.ceil(pods / 75)
  const workloads = Math.ceil(pods / podsPerWorkload)
  for (let i = 0; i < workloads; i++) {
    const made = workload(source, i)
    const own = { ...made, metadata: unique(made, i) }
    yield own
    const { object, maker } = madeBy(own)
    yield object
    const { name, namespace, labels } = own.metadata as Json & {
      readonly name: string
      readonly namespace: string
    }
    const { metadata, spec } = templateOf(own)
    const replica = {
      name,
      namespace,
      labels: labels as Json,
      hash: hashOf(i),
      spec,
      annotations: metadata.annotations as Json,
      owner: maker,
    }
    for (let n = 0; n < podsPerWorkload; n++) yield runningPod(source, replica, nodes)
  }
  for (let i = 0; i < pods / 75; i++) yield node(i)
  // Services, ConfigMaps, Ingresses and the like.
  const companions = Math.round(pods * 1.15)
  for (let i = 0; i < companions; i++) {
    const object = companion(source, i)
    yield { ...object, metadata: unique(object, i) }
  }
  let i = 0
  for (const object of rbacCorpus(rbacOf(pods)) as Iterable<unknown> as Iterable<Json>)
    yield { ...object, metadata: unique(object, i++) }
}

/** The metadata with a name that no other object has. */
function unique({ metadata }: Json, index: number): Json {
  const { name, ...rest } = metadata as Json & { readonly name: string }
  return { ...rest, name: `${name}-${index}` }
}

const templateOf = ({ kind, spec }: Json): { readonly metadata: Json; readonly spec: Json } => {
  const own = kind === 'CronJob' ? ((spec as Json).jobTemplate as Json).spec : spec
  return (own as Json).template as { readonly metadata: Json; readonly spec: Json }
}

const hashOf = (index: number): string => (index * 2654435761).toString(36).slice(-9)

interface Made {
  readonly object: Json
  /** What controls the pods. */
  readonly maker: { readonly apiVersion: string; readonly kind: string; readonly name: string }
}

/** What the controller of a workload makes beside or above its pods: a ReplicaSet, a Job, or a revision of itself. */
function madeBy(workload: Json): Made {
  const { apiVersion, kind, spec, metadata } = workload as {
    readonly apiVersion: string
    readonly kind: string
    readonly spec: Json
    readonly metadata: Json & { readonly name: string }
  }
  const name = `${metadata.name}-${hashOf(Number(metadata.name.split('-').at(-1)))}`
  const owner = { apiVersion, kind, name: metadata.name, uid: `uid-${metadata.name}`, controller: true }
  const own = { ...metadata, name, ownerReferences: [owner] }
  const template = templateOf(workload)
  if (kind === 'Deployment') {
    const maker = { apiVersion, kind: 'ReplicaSet', name }
    const { selector } = spec
    return {
      object: {
        apiVersion,
        kind: 'ReplicaSet',
        metadata: own,
        spec: { replicas: podsPerWorkload, selector, template },
      },
      maker,
    }
  }
  if (kind === 'CronJob') {
    const maker = { apiVersion, kind: 'Job', name }
    return {
      object: {
        apiVersion,
        kind: 'Job',
        metadata: own,
        spec: { template },
        status: { active: podsPerWorkload },
      },
      maker,
    }
  }
  return {
    object: {
      apiVersion,
      kind: 'ControllerRevision',
      metadata: own,
      revision: 1,
      data: { spec: { template } },
    },
    maker: { apiVersion, kind, name: metadata.name },
  }
}

const node = (index: number): Json => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: `node-${index}`, labels: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' } },
  spec: { podCIDR: `10.${index >> 8}.${index & 255}.0/24` },
  status: {
    nodeInfo: { kubeletVersion: 'v1.34.4', osImage: 'Linux', containerRuntimeVersion: 'containerd://2.0.0' },
  },
})
