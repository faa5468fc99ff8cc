// Large cluster: the objects of a very large cluster, one at a time and the same for the same seed, as a collector would send them.

import { random } from './random.ts'
import { type RbacSize, rbacCorpus } from './rbac-corpus.ts'
import { companion, runningReplicas, workload } from './workloads.ts'

type Json = Record<string, unknown>

export interface ClusterSize {
  readonly pods: number
}

const podsPerDeployment = 5

/** How many roles, bindings and ServiceAccounts stand beside so many pods: 50,000 of each 75,000. */
const rbacOf = (pods: number): RbacSize => ({
  namespaces: Math.max(10, Math.round(pods / 150)),
  roles: Math.round((pods * 2) / 9),
  bindings: Math.round((pods * 2) / 9),
  accounts: Math.round((pods * 2) / 9),
})

/** Some 3.2 objects a pod: Deployments, ReplicaSets, pods, nodes, what stands around workloads, RBAC. 75,000 pods make 242,000. */
export function* clusterObjects({ pods }: ClusterSize): Generator<Json> {
  const source = random(13)
  const deployments = Math.ceil(pods / podsPerDeployment)
  for (let i = 0; i < deployments; i++) {
    const deployment = workload(source, i)
    yield { ...deployment, metadata: unique(deployment, i) }
    yield replicaSet(deployment, i)
    for (const [n, pod] of runningReplicas(source, i, podsPerDeployment).entries())
      yield { ...pod, metadata: unique(pod, i * podsPerDeployment + n) }
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

function replicaSet(deployment: Json, index: number): Json {
  const { template, selector } = deployment.spec as Json
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: unique(deployment, index),
    spec: { replicas: podsPerDeployment, selector, template },
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
