/**
 * Measures an agent against a real API server: `npx tsx tests/e2e-kube/agent/measure.ts [pods]`. It tells memory beside Node's own, what a start
 * and an hour cost the API server, and how long a change takes to become a finding.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { startControlPlane } from '../harness/control-plane.ts'
import { createNamespace } from '../harness/namespaces.ts'
import { forEachIndex } from '../harness/pool.ts'
import { AgentProcess } from './agent-process.ts'
import { eventually, Platform } from './platform.ts'
import { grantAgent } from './rights.ts'

const pods = Number(process.argv[2] ?? 10_000)
const changes = Number(process.env.CHANGES ?? 40)
const idleSeconds = Number(process.env.IDLE ?? 120)
const namespaces = 50

const labels = (app: string) => ({
  app,
  'app.kubernetes.io/name': app,
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'Helm',
  'helm.sh/chart': `${app}-1.2.3`,
  'pod-template-hash': '7d9f8c6b5',
})
const template = (app: string, isPrivileged = false) => ({
  metadata: {
    labels: labels(app),
    annotations: { 'prometheus.io/scrape': 'true', 'checksum/config': 'f'.repeat(64) },
  },
  spec: {
    serviceAccountName: 'default',
    containers: ['app', 'proxy'].map(name => ({
      name,
      image: `registry.example.com/shop/${app}-${name}:1.2.3`,
      env: Array.from({ length: 12 }, (_, i) => ({
        name: `SETTING_${i}`,
        value: `value of setting ${i} of ${app}`,
      })),
      ports: [{ containerPort: 8080, name: `http-${name}` }],
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
      livenessProbe: { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 10 },
      readinessProbe: { httpGet: { path: '/readyz', port: 8080 }, periodSeconds: 10 },
      securityContext: { privileged: isPrivileged && name === 'app', runAsNonRoot: true },
      volumeMounts: [{ name: 'config', mountPath: '/etc/app' }],
    })),
    volumes: [{ name: 'config', configMap: { name: `${app}-config` } }],
  },
})
const deployment = (name: string, isPrivileged: boolean) => ({
  metadata: { name },
  spec: { replicas: 1, selector: { matchLabels: { app: name } }, template: template(name, isPrivileged) },
})

const plane = await startControlPlane({ auditRules: [{ level: 'None' }], users: { agent: [] } })
const platform = new Platform()
try {
  await platform.start()
  for (let i = 0; i < namespaces; i++) await createNamespace(plane, `shop-${i}`)
  await forEachIndex(pods, 16, async index => {
    const app = `web-${index}`
    const path = `/api/v1/namespaces/shop-${index % namespaces}`
    await plane.call('POST', `${path}/pods`, {
      body: { ...template(app), metadata: { name: app, ...template(app).metadata } },
    })
  })
  // For each five pods what usually stands beside them.
  await forEachIndex(pods / 5, 16, async index => {
    const namespace = `shop-${index % namespaces}`
    const name = `web-${index}`
    const data = { 'app.yaml': `setting: ${index}\n`.repeat(40) }
    await plane.call('POST', `/api/v1/namespaces/${namespace}/configmaps`, {
      body: { metadata: { name }, data },
    })
    await plane.call('POST', `/api/v1/namespaces/${namespace}/services`, {
      body: { metadata: { name }, spec: { selector: { app: name }, ports: [{ port: 80 }] } },
    })
    await plane.call('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, {
      body: deployment(name, false),
    })
    await plane.call('POST', `/apis/apps/v1/namespaces/${namespace}/replicasets`, {
      body: deployment(`${name}-7d9f8c6b5`, false),
    })
  })
  await grantAgent(plane, 'agent')
  const floor = await nodeFloor()
  const { token } = await platform.enrol('measured')
  const agent = await AgentProcess.start({
    kubeconfig: await plane.kubeconfig('agent'),
    server: platform.url,
    token,
    folder: plane.folder,
    args: ['--log-level=info'],
    environment: process.env.NODE_OPTIONS ? { NODE_OPTIONS: process.env.NODE_OPTIONS } : {},
  })
  const cost = async () => ({
    requests: await agent.metric('plimsoll_agent_api_requests_total'),
    bytes: await agent.metric('plimsoll_agent_api_bytes_total'),
  })
  await agent
    .logged(({ msg }) => msg === 'sent everything')
    .catch(() => agent.logged(({ msg }) => msg === 'sent everything'))
  const started = await cost()
  const objects = await agent.metric('plimsoll_agent_objects')
  const cpu = cpuSeconds(agent)
  tell({ objects, floor, memory: agent.memory(), started, cpu })
  await eventually(
    'all is judged',
    async () => (await platform.findings('Deployment/shop-0/web-0')).length > 0,
    300_000,
  )

  const before = await cost()
  await sleep(idleSeconds * 1000)
  const idle = await cost()
  tell({ idleHour: hourOf(before, idle, idleSeconds), memory: agent.memory() })

  // One of a hundred objects changes, in its spec or only in its status.
  const churned = Math.round(objects / 100)
  const atChurn = await cost()
  await forEachIndex(churned, 4, async index => {
    const path = `/api/v1/namespaces/shop-${index % namespaces}/pods/web-${index}`
    const patch = { metadata: { labels: { changed: 'yes' } } }
    await plane.call('PATCH', path, { body: patch, contentType: 'application/merge-patch+json' })
    await plane.call('PATCH', `${path}/status`, {
      body: {
        status: {
          conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: '2026-01-01T00:00:00Z' }],
        },
      },
      contentType: 'application/merge-patch+json',
    })
  })
  await sleep(3000)
  const afterChurn = await cost()
  tell({
    churned,
    churn: { requests: afterChurn.requests - atChurn.requests, bytes: afterChurn.bytes - atChurn.bytes },
  })

  const waits: number[] = []
  for (let i = 0; i < changes; i++) {
    const name = `web-${i * 7}`
    const namespace = `shop-${(i * 7) % namespaces}`
    const key = `Deployment/${namespace}/${name}`
    await plane.call('PUT', `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`, {
      body: deployment(name, true),
    })
    const at = performance.now()
    await eventually(key, async () =>
      (await platform.findings(key)).some(
        ({ rule, outcome }) => rule === 'privileged-container' && outcome === 'fail',
      ),
    )
    waits.push(performance.now() - at)
    await sleep(Math.random() * 1000)
  }
  waits.sort((a, b) => a - b)
  const part = (share: number) =>
    Math.round(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0)
  tell({
    changeToFinding: { p50: part(0.5), p95: part(0.95), most: part(1), of: waits.length },
    memory: agent.memory(),
  })
  await agent.stop()
} finally {
  await platform.end()
  await plane.stop()
}

function tell(figures: object): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}

interface Cost {
  readonly requests: number
  readonly bytes: number
}

function hourOf(from: Cost, to: Cost, seconds: number): Cost {
  const scale = 3600 / seconds
  return {
    requests: Math.round((to.requests - from.requests) * scale),
    bytes: Math.round((to.bytes - from.bytes) * scale),
  }
}

function cpuSeconds({ child }: AgentProcess): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Resident memory, in MiB, of a Node that has done nothing but open a socket. */
async function nodeFloor(): Promise<number> {
  const text =
    "require('http').createServer().listen(0,'127.0.0.1');require('https');setTimeout(()=>console.log(process.memoryUsage.rss()/1048576),500);setTimeout(()=>process.exit(),800)"
  const child = spawn(process.execPath, ['-e', text], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  for await (const chunk of child.stdout) said += String(chunk)
  return Math.round(Number(said))
}
