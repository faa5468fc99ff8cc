/** Fills a cluster with things that are bad, each of another kind, and with the same in order, as people do: by kubectl and helm. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'

import type { ControlPlane, ControlPlaneOptions } from '../harness/control-plane.ts'
import { runKubeTool } from '../harness/kube-tool.ts'
import { foreignDefinitions } from './foreign-definitions.ts'
import { soundWorkload, soundWorkloads } from './sound-workloads.ts'
import type { Tools } from './suite.ts'

/** What a control plane needs to be planted: controllers, and admission that changes pods (beta in Kubernetes 1.34). */
export const plantingOptions: ControlPlaneOptions = {
  controllerManager: true,
  featureGates: { MutatingAdmissionPolicy: true },
  apiServerFlags: ['--runtime-config=admissionregistration.k8s.io/v1beta1=true'],
}

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))

/** As its kubelet would have registered it. */
const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node-1' },
  status: {
    addresses: [{ type: 'InternalIP', address: '10.0.0.5' }],
    nodeInfo: {
      architecture: 'amd64',
      bootID: '5a1e0d1c-0000-4000-8000-000000000001',
      containerRuntimeVersion: 'containerd://2.1.4',
      kernelVersion: '6.8.0',
      kubeProxyVersion: 'v1.34.4',
      kubeletVersion: 'v1.34.4',
      machineID: '5a1e0d1c000040008000000000000002',
      operatingSystem: 'linux',
      osImage: 'Ubuntu 24.04.3 LTS',
      systemUUID: '5a1e0d1c-0000-4000-8000-000000000003',
    },
  },
}

/** Applies all of it, lets controllers do their work, and changes two running pods behind their workloads. */
export async function plant(plane: ControlPlane, tools: Tools): Promise<void> {
  const run = async (file: string, args: readonly string[], input?: string) => {
    const { code, stderr } = await runKubeTool(plane, file, args, input === undefined ? {} : { input })
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  }
  await run(tools.kubectl, ['apply', '-f', fixture('injection.yaml')])
  await waitForInjection(plane)
  const objects = [
    ...foreignDefinitions(),
    // Pods of DaemonSets need a node; nobody runs it.
    node,
    { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'apart' }, handler: 'runsc' },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'plain' },
      spec: { controller: 'example.com/plain' },
    },
    ...soundWorkloads('sound'),
    ...['debugged', 'injected'].map(name => soundWorkload('apps/v1 Deployment', 'changed', name)),
    soundWorkload('apps/v1 StatefulSet', 'changed', 'replaced'),
  ]
  const texts = ['planted.yaml', 'sound.yaml', 'ranged.yaml'].map(name => readFile(fixture(name), 'utf8'))
  const documents = [...(await Promise.all(texts)), ...objects.map(object => JSON.stringify(object))]
  await run(tools.kubectl, ['apply', '-f', '-'], documents.join('\n---\n'))
  await run(tools.kubectl, ['certificate', 'approve', 'carla'])
  await run(tools.helm, ['install', 'sales', fixture('chart'), '-n', 'shop'])
  await run(tools.kubectl, ['create', 'job', '-n', 'shop', '--from=cronjob/nightly', 'by-hand'])
  await run(tools.kubectl, ['wait', 'crd', '--all', '--for=condition=Established', '--timeout=60s'])
  await settle(plane)
  await changeRunningPods(plane)
}

/** Pods that controllers are to make, by namespace and the beginning of their names, and how many. */
const expectedPods: Readonly<Record<string, number>> = {
  'kube-system/calico-node-': 1,
  'shop/front-': 1,
  'shop/db-0': 1,
  'shop/agent-': 1,
  'shop/old-': 1,
  'shop/older-': 1,
  'shop/migrate-': 1,
  'shop/by-hand-': 1,
  'shop/sales-till-': 1,
  'ranged/leaning-': 1,
  'changed/debugged-': 2,
  'changed/injected-': 2,
  'changed/replaced-0': 1,
  'sound/deployment-': 2,
  'sound/statefulset-0': 1,
  'sound/daemonset-': 1,
  'sound/replicaset-': 1,
  'sound/replicationcontroller-': 1,
  'sound/job-': 1,
}

interface Pod {
  metadata: { name: string; namespace: string }
}

const podsOf = async (plane: ControlPlane) =>
  ((await plane.call('GET', '/api/v1/pods')) as { items: Pod[] }).items

async function settle(plane: ControlPlane): Promise<void> {
  await eventually(async () => {
    const made = (await podsOf(plane)).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
    for (const [start, wanted] of Object.entries(expectedPods)) {
      const found = made.filter(name => name.startsWith(start)).length
      if (found !== wanted) throw new Error(`${found} pods ${start}, not ${wanted}`)
    }
    const { metadata } = (await plane.call('GET', '/api/v1/namespaces/shop/secrets/robot-token')) as {
      metadata: { annotations: Record<string, string> }
    }
    if (!metadata.annotations['kubernetes.io/service-account.uid'])
      throw new Error('the token controller has not filled the Secret')
  })
}

/** Admission learns of a policy through a watch, a moment later. */
async function waitForInjection(plane: ControlPlane): Promise<void> {
  const body = {
    metadata: { name: 'probe', labels: { 'app.kubernetes.io/name': 'injected' } },
    spec: {
      serviceAccountName: 'web',
      containers: [{ name: 'app', image: 'registry.example.com/app:1.4.2' }],
    },
  }
  await eventually(async () => {
    const { spec } = (await plane.call('POST', '/api/v1/namespaces/changed/pods?dryRun=All', { body })) as {
      spec: { initContainers?: unknown[] }
    }
    if (!spec.initContainers) throw new Error('nothing is injected')
  })
}

async function eventually(look: () => Promise<void>): Promise<void> {
  await vi.waitFor(look, { timeout: 60_000, interval: 100 })
}

async function changeRunningPods(plane: ControlPlane): Promise<void> {
  const pods = (await podsOf(plane)).filter(({ metadata }) => metadata.namespace === 'changed')
  const pathOf = (start: string) => {
    const pod = pods.find(({ metadata }) => metadata.name.startsWith(start))
    return `/api/v1/namespaces/changed/pods/${pod?.metadata.name}`
  }
  const patch = async (path: string, spec: object) => {
    await plane.call('PATCH', path, {
      body: { spec },
      contentType: 'application/strategic-merge-patch+json',
    })
  }
  const image = 'registry.example.com/tools:5.0.0'
  await patch(`${pathOf('debugged-')}/ephemeralcontainers`, {
    ephemeralContainers: [{ name: 'debugger', image, securityContext: { privileged: true } }],
  })
  await patch(pathOf('replaced-'), {
    containers: [{ name: 'app', image: 'registry.example.com/app:latest' }],
  })
}
