/**
 * The whole chain, as a person installs it: real helm, real controllers, the agent with what its chart gives it and nothing else, a real server. PLIMSOLL_PODS says
 * how many pods the controllers make.
 */
import { loadavg } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../scripts/modules.ts'
import type { AgentProcess } from './agent/agent-process.ts'
import { type InstalledPod, podOf, runPod } from './agent/installed.ts'
import { eventually, Platform } from './agent/platform.ts'
import { deploymentOf, keysInCluster, makeNodes, populate } from './agent/population.ts'
import { type GrantedRule, rightsUsed } from './agent/rights-used.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { everythingIn } from './harness/everything.ts'
import { freePort } from './harness/free-port.ts'
import { runKubeTool } from './harness/kube-tool.ts'
import { createNamespace } from './harness/namespaces.ts'
import { playKubelet } from './harness/nodes.ts'
import { foreignDefinitions } from './scan/foreign-definitions.ts'
import { describeWithTools } from './scan/suite.ts'

const pods = Number(process.env.PLIMSOLL_PODS ?? 500)
const changed = 12
const home = 'plimsoll'
const teams = ['team-0', 'team-1', 'team-2', 'team-3']
const rule = 'privileged-container'
const rbac = '/apis/rbac.authorization.k8s.io/v1'
const account = `system:serviceaccount:${home}:plimsoll-agent`
const deployments = '/apis/apps/v1/namespaces/changes/deployments'

const listed = [
  ['Pod', '/api/v1/pods'],
  ['Node', '/api/v1/nodes'],
  ['Namespace', '/api/v1/namespaces'],
  ['Deployment', '/apis/apps/v1/deployments'],
  ['ReplicaSet', '/apis/apps/v1/replicasets'],
  ['StatefulSet', '/apis/apps/v1/statefulsets'],
  ['DaemonSet', '/apis/apps/v1/daemonsets'],
  ['Job', '/apis/batch/v1/jobs'],
  ['CronJob', '/apis/batch/v1/cronjobs'],
  ['ServiceAccount', '/api/v1/serviceaccounts'],
  ['ClusterRole', `${rbac}/clusterroles`],
] as const

const options = {
  controllerManager: true,
  // No kubelet tells that its node lives.
  controllerManagerFlags: ['--node-monitor-grace-period=1h'],
  scheduler: true,
  auditRules: [{ level: 'Metadata' as const, users: [account] }, { level: 'None' as const }],
}

await describeWithTools('agent: closing', options, (_options, tools) => {
  let plane: ControlPlane
  let agent: AgentProcess
  let pod: InstalledPod
  let before: readonly string[]
  let kinds: readonly string[] = []
  const kubelet = new AbortController()
  const platform = new Platform()
  const began = performance.now()
  const tell = (text: string) =>
    process.stderr.write(
      `agent: ${text} (${Math.round((performance.now() - began) / 1000)} s, load ${loadavg()[0]?.toFixed(1)})\n`,
    )

  const cluster = async () => {
    const { items } = (await platform.get('/clusters')) as {
      items: { id: string; name: string; status: string; environment: string; labels: object }[]
    }
    return items[0]
  }
  const collector = async () => {
    const own = await cluster()
    if (!own) return undefined
    const { collectors } = (await platform.get(`/clusters/${own.id}`)) as {
      collectors: {
        collector: { state: string; reasons: object[] }
        staleSince: string | null
        gaps: object[]
      }[]
    }
    return collectors[0]
  }
  const isOpen = async (name: string) =>
    (await platform.findings(`Deployment/changes/${name}`)).some(
      one => one.rule === rule && one.outcome === 'fail',
    )
  const isSame = async () => {
    const kinds = listed.map(([kind]) => kind)
    const [here, there] = [await platform.keys(kinds), await keysInCluster(plane, listed)]
    return JSON.stringify(here) === JSON.stringify(there) ? there : undefined
  }
  const api = '/apis/gateway.networking.k8s.io/v1/namespaces/team-0'
  const body = (kind: string, spec: object) => ({
    body: { apiVersion: 'gateway.networking.k8s.io/v1', kind, metadata: { name: 'edge' }, spec },
  })
  const listeners = [{ name: 'http', protocol: 'HTTP', port: 80 }]
  const gateway = body('Gateway', { gatewayClassName: 'any', listeners })
  const define = async (kind: string) => {
    const found = foreignDefinitions().find(
      one => (one as { spec: { names: { kind: string } } }).spec.names.kind === kind,
    )
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
    await plane.call('POST', path, { body: found })
    return `${path}/${(found as { metadata: { name: string } }).metadata.name}`
  }

  beforeAll(async () => {
    plane = await startControlPlane(options)
    await platform.start()
    await makeNodes(plane)
    for (const name of [home, 'changes', ...teams]) await createNamespace(plane, name)
    await eventually('the namespace is whole', async () =>
      (await everythingIn(plane, home)).includes('configmaps./kube-root-ca.crt'),
    )
    before = await everythingIn(plane, home)
  })
  afterAll(async () => {
    kubelet.abort()
    await agent?.kill()
    await platform.end()
    await plane?.stop()
  })

  test('helm installs it by the values that a person types, and it runs as its pod says', async () => {
    const { id, token } = await platform.enrol('enrolled', '')
    const { helm } = (await platform.get(`/enrolments/${id}/installation`)) as { helm: string }
    expect(helm).toContain(platform.url)
    const values = [
      `server.url=${platform.url}`,
      `token=${token}`,
      'cluster.name=shop-eu',
      'cluster.environment=production',
      'cluster.labels.team=payments',
      'cluster.labels.example\\.com/tier=gold',
      'listen.host=127.0.0.1',
      `listen.port=${await freePort()}`,
    ]
    const installed = await runKubeTool(plane, tools.helm, [
      ...['install', 'plimsoll-agent', `${root}/charts/plimsoll-agent`, '-n', home],
      ...values.flatMap(one => ['--set', one]),
    ])
    expect(installed).toMatchObject({ code: 0, stdout: expect.stringContaining('STATUS: deployed') })
    void playKubelet(plane, [home, 'changes'], kubelet.signal, async name => {
      // What a kubelet does to a pod that is to go.
      if (name === pod?.metadata.name) await agent.stop()
    })
    pod = await podOf(plane, home, 'plimsoll-agent')
    agent = await runPod(plane, pod)
    await eventually('it is ready', async () => {
      const answer = await agent.get('/readyz').catch(() => undefined)
      return answer?.status === 200
    })
    await eventually('it is connected', async () => (await collector())?.collector.state === 'connected')
    tell('installed and connected')
  })

  test('environment and labels of the values are those of the cluster', async () => {
    expect(await cluster()).toMatchObject({
      environment: 'production',
      labels: { team: 'payments', 'example.com/tier': 'gold' },
      provider: 'eks',
      region: 'eu-central-1',
    })
  })

  test(`${pods} pods of all controllers are seen as they are`, async () => {
    await populate(plane, teams, pods)
    tell(`${pods} pods are made and bound`)
    const same = await eventually('the server has what the cluster has', isSame, 300_000, 500)
    expect(same.filter(key => key.startsWith('Pod/team-')).length).toBeGreaterThanOrEqual(pods)
    tell(`the server has ${same.length} objects of ${listed.length} kinds, as the cluster has them`)
    const { log, said } = agent
    expect(log.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([])
    expect(said).toEqual([])
  })

  test('kinds are defined while it runs, and objects of them made', async () => {
    kinds = [await define('Gateway'), await define('HTTPRoute')]
    await eventually('they are served', async () => {
      const made = await plane.request('POST', `${api}/gateways`, gateway)
      return made.status === 201
    })
    const route = body('HTTPRoute', {
      parentRefs: [{ name: 'edge' }],
      rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
    })
    await eventually('they are served', async () => {
      const made = await plane.request('POST', `${api}/httproutes`, route)
      return made.status === 201
    })
    tell('kinds are defined')
  })

  test('a change is a finding, its mending resolves it, and what is deleted is gone', async () => {
    const waits: number[] = []
    const measured = async (name: string, isPrivileged: boolean) => {
      await plane.call('PUT', `${deployments}/${name}`, { body: deploymentOf(name, isPrivileged) })
      const at = performance.now()
      await eventually(`${name} is judged`, async () => (await isOpen(name)) === isPrivileged)
      waits.push(performance.now() - at)
    }
    const names = Array.from({ length: changed }, (_, index) => `app-${index}`)
    for (const name of names) await plane.call('POST', deployments, { body: deploymentOf(name, false) })
    await eventually('all are known', async () => {
      for (const name of names) if (!(await platform.hasAsset(`Deployment/changes/${name}`))) return false
      return true
    })
    for (const name of names) await measured(name, true)
    for (const name of names) await measured(name, false)
    waits.sort((a, b) => a - b)
    const part = (share: number) => Math.round(waits[Math.floor((waits.length - 1) * share)] ?? 0)
    tell(
      `a change is a finding, or resolves it, after p50 ${part(0.5)} ms, p95 ${part(0.95)} ms of ${waits.length}`,
    )
    expect(waits).toHaveLength(2 * changed)
    for (const name of names) await plane.call('DELETE', `${deployments}/${name}`)
    await eventually('all are gone', async () => {
      for (const name of names) if (await platform.hasAsset(`Deployment/changes/${name}`)) return false
      return true
    })
    // Owned things go with their owners, by the garbage collector; what is left is what is there.
    await eventually('the server has what the cluster has', isSame, 120_000, 500)
  })

  test('kinds that came are collected, and kinds that go are no trouble', async () => {
    const key = 'Gateway.gateway.networking.k8s.io/team-0/edge'
    const findings = async () =>
      (await platform.findings(key)).map(({ rule: id, outcome }) => `${id} ${outcome}`)
    await eventually('it is found', async () => (await findings()).includes('gateway-tls fail'), 300_000)
    tell('a kind that came is collected')

    const from = agent.log.length
    const requests = await agent.metric('plimsoll_agent_api_requests_total')
    for (const path of kinds) await plane.call('DELETE', path)
    await eventually('it is gone', async () => !(await platform.hasAsset(key)))
    tell('a kind that went is gone')
    expect(await findings()).toEqual([])
    expect(await collector()).toMatchObject({
      collector: { state: 'connected', reasons: [] },
      gaps: [{ kind: 'Secret' }],
    })
    // It asks a few times whether they are really gone, and no more.
    expect((await agent.metric('plimsoll_agent_api_requests_total')) - requests).toBeLessThan(100)
    expect(agent.log.slice(from).filter(({ level }) => level === 'warn' || level === 'error')).toEqual([])

    // Defined anew, it is seen again.
    await define('Gateway')
    await eventually('they are served again', async () => {
      const made = await plane.request('POST', `${api}/gateways`, gateway)
      return made.status === 201
    })
    await eventually('it is there again', () => platform.hasAsset(key), 240_000)
    tell('a kind that came again is collected')
  })

  test('no request was refused, and no right is unused', async () => {
    const rulesOf = async (path: string) =>
      ((await plane.call('GET', `${path}/plimsoll-agent`)) as { rules: GrantedRule[] }).rules
    const granted = [
      ...(await rulesOf(`${rbac}/clusterroles`)),
      ...(await rulesOf(`${rbac}/namespaces/${home}/roles`)),
    ]
    const { refused, unused, used } = await rightsUsed(plane, account, granted)
    expect(refused).toEqual([])
    expect(unused).toEqual([])
    expect(used).toContain('watch gateways.gateway.networking.k8s.io')
  })

  test('uninstalled, it leaves nothing behind, and the cluster says that nobody looks', async () => {
    const gone = await runKubeTool(plane, tools.helm, ['uninstall', 'plimsoll-agent', '-n', home])
    expect(gone.code, gone.stderr).toBe(0)
    expect(await agent.ended).toBe(0)
    // The kinds that this test defined stay.
    const isOfTheTest = (one: string) => one.includes('gateway.networking.k8s.io')
    await eventually('nothing is left', async () => {
      const now = await everythingIn(plane, home)
      return now.every(one => before.includes(one) || isOfTheTest(one))
    })
    await eventually('it is told', async () => (await collector())?.collector.state === 'stopped')
    await platform.lookLater(86_400_000 + 60_000)
    await eventually('the cluster is stale', async () => (await cluster())?.status === 'stale')
    expect(await collector()).toMatchObject({ staleSince: expect.any(String) })
    tell('uninstalled')
  })
})
