/** Workloads come to a cluster under test as they do to any: by kubectl and both helms, with controllers behind them. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type KubeCli, kubeCli } from '../../tools/kube-cli/kube-cli.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { runKubeTool } from './harness/kube-tool.ts'
import { describeWithKubernetes } from './harness/suite.ts'

interface Pod {
  metadata: { name: string; ownerReferences?: { kind: string; name: string; controller: boolean }[] }
  spec: { nodeName?: string; serviceAccountName: string; containers: { securityContext?: unknown }[] }
}

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.test/web:1
          securityContext: {privileged: yes}
`

const cli = await kubeCli()
if (!cli.available) process.stderr.write(`skipped kubectl and helm (${cli.reason}): ${cli.detail}\n`)
const tools = cli as Extract<KubeCli, { available: true }>

await describeWithKubernetes('workloads', { controllerManager: true, scheduler: true }, options => {
  let plane: ControlPlane
  beforeAll(async () => {
    plane = await startControlPlane(options)
    const node = { metadata: { name: 'node-1' }, spec: {} }
    const { metadata } = (await plane.call('POST', '/api/v1/nodes', { body: node })) as typeof node
    const ready = {
      conditions: [{ type: 'Ready', status: 'True' }],
      allocatable: { cpu: '8', memory: '8Gi', pods: '110' },
    }
    await plane.call('PATCH', `/api/v1/nodes/${metadata.name}/status`, {
      body: { status: ready },
      contentType: 'application/merge-patch+json',
    })
  })
  afterAll(async () => {
    await plane?.stop()
  })

  const pods = async (namespace: string) =>
    ((await plane.call('GET', `/api/v1/namespaces/${namespace}/pods`)) as { items: Pod[] }).items

  test.skipIf(!cli.available)('kubectl apply makes a Deployment whose pods are owned and bound', async () => {
    await runKubeTool(plane, tools.kubectl, ['create', 'namespace', 'shop'])
    const applied = await runKubeTool(plane, tools.kubectl, ['apply', '-n', 'shop', '-f', '-'], {
      input: DEPLOYMENT,
    })
    expect(applied).toMatchObject({ code: 0, stdout: 'deployment.apps/web created\n' })
    await vi.waitFor(
      async () => {
        const made = await pods('shop')
        expect(made.map(pod => pod.spec.nodeName)).toEqual(['node-1', 'node-1'])
        expect(made.map(pod => pod.metadata.ownerReferences?.[0]?.kind)).toEqual(['ReplicaSet', 'ReplicaSet'])
        expect(made.map(pod => pod.spec.containers[0]?.securityContext)).toEqual([
          { privileged: true },
          { privileged: true },
        ])
      },
      { timeout: 60_000, interval: 200 },
    )
  })

  test.skipIf(!cli.available).each(['helm', 'helm3'] as const)('%s installs a chart', async tool => {
    const chart = join(plane.folder, `chart-${tool}`)
    await mkdir(join(chart, 'templates'), { recursive: true })
    await writeFile(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: shop\nversion: 1.0.0\n')
    await writeFile(join(chart, 'values.yaml'), 'replicas: 1\n')
    const template = DEPLOYMENT.replace('replicas: 2', 'replicas: {{ .Values.replicas }}')
    await writeFile(join(chart, 'templates', 'web.yaml'), template)

    const args = ['install', 'shop', chart, '-n', `by-${tool}`, '--create-namespace']
    const installed = await runKubeTool(plane, tools[tool], args)
    expect(installed).toMatchObject({ code: 0, stdout: expect.stringContaining('STATUS: deployed') })
    await vi.waitFor(async () => expect(await pods(`by-${tool}`)).toHaveLength(1), {
      timeout: 60_000,
      interval: 200,
    })
  })
})
