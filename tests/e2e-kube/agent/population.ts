/** Fills a cluster with workloads of all kinds, of which its own controllers make the pods. */
import type { ControlPlane } from '../harness/control-plane.ts'
import { makeNode } from '../harness/nodes.ts'
import { forEachIndex } from '../harness/pool.ts'
import { eventually } from './platform.ts'

const nodes = 20
const replicas = 10
const daemonSets = 2
const statefulSets = 4
const jobs = 4
const cronJobs = 3

/** Nodes of one provider that are not all alike. */
export async function makeNodes(plane: ControlPlane): Promise<void> {
  await forEachIndex(nodes, 8, index =>
    makeNode(plane, {
      name: `node-${index}`,
      providerID: `aws:///eu-central-1a/i-${String(index).padStart(17, '0')}`,
      labels: {
        'topology.kubernetes.io/region': 'eu-central-1',
        ...(index < 4 && { 'eks.amazonaws.com/compute-type': 'fargate' }),
      },
      osImage: index < 12 ? 'Amazon Linux 2023' : 'Bottlerocket OS 1.40.0 (aws-k8s-1.34)',
    }),
  )
}

export const podTemplate = (app: string, isPrivileged = false, more: object = {}) => ({
  metadata: { labels: { app } },
  spec: {
    containers: [
      {
        name: 'app',
        image: `registry.example/${app}:1`,
        env: [{ name: 'STAGE', value: 'test' }],
        securityContext: { privileged: isPrivileged },
      },
    ],
    ...more,
  },
})

export const deploymentOf = (name: string, isPrivileged: boolean, count = 1) => ({
  metadata: { name },
  spec: {
    replicas: count,
    selector: { matchLabels: { app: name } },
    template: podTemplate(name, isPrivileged),
  },
})

/** Makes workloads in the namespaces, of which so many pods come in all. */
export async function populate(
  plane: ControlPlane,
  namespaces: readonly string[],
  pods: number,
): Promise<void> {
  const others = daemonSets * nodes + (statefulSets + jobs) * replicas + cronJobs
  const selector = (app: string) => ({ matchLabels: { app } })
  const once = { restartPolicy: 'Never' }
  const make = async (group: string, plural: string, index: number, name: string, spec: object) => {
    const namespace = namespaces[index % namespaces.length]
    const path = `/apis/${group}/v1/namespaces/${namespace}/${plural}`
    return (await plane.call('POST', path, { body: { metadata: { name }, spec } })) as {
      metadata: { uid: string }
    }
  }
  for (let i = 0; i < daemonSets; i++)
    await make('apps', 'daemonsets', i, `agent-${i}`, {
      selector: selector(`agent-${i}`),
      template: podTemplate(`agent-${i}`),
    })
  for (let i = 0; i < statefulSets; i++)
    await make('apps', 'statefulsets', i, `store-${i}`, {
      replicas,
      serviceName: 'store',
      podManagementPolicy: 'Parallel',
      selector: selector(`store-${i}`),
      template: podTemplate(`store-${i}`),
    })
  for (let i = 0; i < jobs; i++)
    await make('batch', 'jobs', i, `batch-${i}`, {
      parallelism: replicas,
      completions: replicas,
      template: podTemplate(`batch-${i}`, false, once),
    })
  for (let i = 0; i < cronJobs; i++) {
    const name = `nightly-${i}`
    const spec = { template: podTemplate(name, false, once) }
    const { metadata } = await make('batch', 'cronjobs', i, name, {
      schedule: '0 3 29 2 *',
      jobTemplate: { spec },
    })
    // As `kubectl create job --from` does: nobody waits for the night.
    const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name, uid: metadata.uid, controller: true }
    await plane.call('POST', `/apis/batch/v1/namespaces/${namespaces[i % namespaces.length]}/jobs`, {
      body: { metadata: { name: `${name}-now`, ownerReferences: [owner] }, spec },
    })
  }
  const rest = Math.max(0, pods - others)
  await forEachIndex(Math.ceil(rest / replicas), 8, async i => {
    const count = Math.min(replicas, rest - i * replicas)
    await make('apps', 'deployments', i, `web-${i}`, deploymentOf(`web-${i}`, false, count).spec)
  })
  await eventually(
    `${pods} pods are bound`,
    async () => (await countBound(plane, namespaces)) >= Math.max(pods, others),
    600_000,
    1000,
  )
}

/** Of pods alone, without what is in them: nobody else is kept waiting. */
async function countBound(plane: ControlPlane, namespaces: readonly string[]): Promise<number> {
  let count = 0
  for (const namespace of namespaces) {
    const path = `/api/v1/namespaces/${namespace}/pods?fieldSelector=spec.nodeName!%3D`
    const answer = await plane.request('GET', path, {
      headers: { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1' },
    })
    count += (answer.json() as { items: object[] }).items.length
  }
  return count
}

/** The keys of all objects of these kinds, as the API server has them now. */
export async function keysInCluster(
  plane: ControlPlane,
  kinds: readonly (readonly [kind: string, path: string])[],
): Promise<readonly string[]> {
  const found: string[] = []
  for (const [kind, path] of kinds) {
    const { items } = (await plane.call('GET', path)) as {
      items: { metadata: { name: string; namespace?: string } }[]
    }
    found.push(...items.map(({ metadata }) => `${kind}/${metadata.namespace ?? ''}/${metadata.name}`))
  }
  return found.sort()
}
