/** The agent's days: it starts, findings open and resolve and go with what they are about, what breaks is waited out, what may not be seen is a gap. */

import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { AgentProcess } from './agent/agent-process.ts'
import { eventually, Platform } from './agent/platform.ts'
import { allBut, changeRights, grantAgent } from './agent/rights.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { createNamespace } from './harness/namespaces.ts'
import { describeWithKubernetes } from './harness/suite.ts'
import { compact } from './scan/etcd.ts'

const deployments = '/apis/apps/v1/namespaces/shop/deployments'
const deployment = (name: string, isPrivileged: boolean) => ({
  metadata: { name },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [
          { name: 'web', image: 'registry.example/web:1', securityContext: { privileged: isPrivileged } },
        ],
      },
    },
  },
})
const rule = 'privileged-container'

const options = { auditRules: [{ level: 'None' as const }], users: { agent: [] } }
await describeWithKubernetes('agent: journeys', options, () => {
  let plane: ControlPlane
  let agents: AgentProcess[] = []
  let enrolment: { readonly id: string; readonly token: string }
  const platform = new Platform()

  beforeAll(async () => {
    plane = await startControlPlane(options)
    await platform.start()
    enrolment = await platform.enrol('shop')
    for (const name of ['shop', 'plimsoll']) await createNamespace(plane, name)
    await plane.call('POST', deployments, { body: deployment('web', true) })
    await grantAgent(plane, 'agent')
  })
  afterEach(async () => {
    for (const agent of agents) await agent.kill()
    agents = []
  })
  afterAll(async () => {
    await platform.end()
    await plane?.stop()
  })

  const start = async (args: readonly string[] = [], name = 'agent-0'): Promise<AgentProcess> => {
    const agent = await AgentProcess.start({
      kubeconfig: await plane.kubeconfig('agent'),
      server: platform.url,
      token: enrolment.token,
      folder: plane.folder,
      args,
      environment: { POD_NAME: name, POD_NAMESPACE: 'plimsoll', NODE_NAME: 'node-1' },
    })
    agents.push(agent)
    return agent
  }
  const ready = async (agent: AgentProcess) =>
    await eventually('the agent is ready', async () => {
      const answer = await agent.get('/readyz').catch(() => undefined)
      return answer?.status === 200
    })
  const outcomeOf = async (name: string): Promise<string> =>
    (await platform.findings(`Deployment/shop/${name}`)).find(one => one.rule === rule)?.outcome ?? 'none'
  const becomes = async (name: string, outcome: string) =>
    await eventually(`${name} ${outcome}`, async () => (await outcomeOf(name)) === outcome)
  const eventReasons = async (): Promise<string[]> => {
    const list = (await plane.call('GET', '/apis/events.k8s.io/v1/namespaces/plimsoll/events')) as {
      items: { reason: string; note: string; regarding: { name: string } }[]
    }
    return list.items.map(({ reason, note }) => `${reason}: ${note}`)
  }
  const make = async (name: string, isPrivileged: boolean) =>
    await plane.call('POST', deployments, { body: deployment(name, isPrivileged) })
  const change = async (name: string, isPrivileged: boolean) =>
    await plane.call('PUT', `${deployments}/${name}`, { body: deployment(name, isPrivileged) })
  const remove = async (name: string) => await plane.call('DELETE', `${deployments}/${name}`)

  test('from its start to the first findings, and with every change from there', async () => {
    const agent = await start()
    await becomes('web', 'fail')
    await ready(agent)
    await make('late', true)
    await becomes('late', 'fail')
    await change('late', false)
    await becomes('late', 'none')
    expect(await platform.hasAsset('Deployment/shop/late')).toBe(true)
    await remove('late')
    await eventually('the asset is gone', async () => !(await platform.hasAsset('Deployment/shop/late')))
    expect(await platform.scope()).toMatchObject({
      gaps: [{ kind: 'Secret', reason: 'not-collected' }],
      collector: { state: 'connected', reasons: [] },
    })
    expect(await agent.stop()).toBe(0)
  })

  test('a right that is taken away is a gap at once, and never a pass; given back, all is seen again', async () => {
    const agent = await start()
    await ready(agent)
    await becomes('web', 'fail')
    const giveBack = await changeRights(plane, 'agent', await allBut(plane, ['deployments']))
    const before = Date.now()
    await becomes('web', 'not-evaluated')
    process.stderr.write(`agent: a right that was taken away showed after ${Date.now() - before} ms\n`)
    expect(await platform.scope()).toMatchObject({
      gaps: expect.arrayContaining([expect.objectContaining({ kind: 'Deployment', reason: 'forbidden' })]),
    })
    await eventually(
      'partial collection is shown',
      async () => (await platform.scope())?.collector.state === 'partial',
    )
    await agent.logged(({ msg, code }) => msg === 'partial collection' && code === 'forbidden')
    await eventually('an Event says so', async () =>
      (await eventReasons()).some(one => /^PartialCollection: Deployment: .*grant verb list/.test(one)),
    )
    await giveBack()
    await becomes('web', 'fail')
    await eventually('all is seen', async () => (await platform.scope())?.collector.state === 'connected')
  })

  test('an API server that is restarted is waited for, and no gap', async () => {
    const agent = await start()
    await ready(agent)
    await plane.restartApiServer()
    await make('after-restart', true)
    await becomes('after-restart', 'fail')
    expect((await platform.scope())?.gaps).toMatchObject([{ kind: 'Secret' }])
    expect(agent.log.filter(({ msg }) => msg === 'sent everything').length).toBe(1)
    await remove('after-restart')
  })

  test('history that is gone makes it list anew, and nothing is missed', async () => {
    const agent = await start()
    await ready(agent)
    await make('doomed', true)
    await becomes('doomed', 'fail')
    // What happens while nobody listens is then gone from etcd: watches cannot go on from where they were.
    await plane.restartApiServer()
    await remove('doomed')
    await make('unseen', true)
    await compact(plane.etcdUrl)
    await plane.restartApiServer()
    await becomes('unseen', 'fail')
    await eventually(
      'what went meanwhile is gone',
      async () => !(await platform.hasAsset('Deployment/shop/doomed')),
    )
    await remove('unseen')
  })

  test('while the server is away, changes wait; the newest of each object is sent when it is back', async () => {
    const agent = await start()
    await ready(agent)
    await make('waits', false)
    await eventually('it is known', () => platform.hasAsset('Deployment/shop/waits'))
    await platform.stop()
    for (let i = 0; i < 6; i++) {
      await change('waits', i % 2 === 1)
      await sleep(300)
    }
    await eventually('it waits', async () => (await agent.metric('plimsoll_agent_pending_objects')) > 0)
    await eventually(
      'the failure is told',
      async () => (await agent.metric('plimsoll_agent_send_failures_total')) > 0,
    )
    await platform.start()
    await becomes('waits', 'fail')
    expect(await agent.metric('plimsoll_agent_pending_objects')).toBe(0)
    await remove('waits')
  })

  test('an agent that is killed sends after its start only what the server lacks', async () => {
    const first = await start()
    await ready(first)
    await first.kill()
    await make('between', true)
    const second = await start()
    await becomes('between', 'fail')
    const sent = await second.logged(({ msg }) => msg === 'sent everything')
    expect(sent).toMatchObject({ added: 1, removed: 0 })
    await remove('between')
  })

  test('of two replicas one leads; when it is killed, the other follows, and nothing is missed or told twice', async () => {
    const lease = ['--lease-namespace=plimsoll', '--lease-name=plimsoll-agent']
    const [one, two] = [await start(lease, 'agent-0'), await start(lease, 'agent-1')]
    const leading = async () => {
      for (const agent of [one, two])
        if ((await agent.metric('plimsoll_agent_leading').catch(() => 0)) === 1) return agent
      return undefined
    }
    const leader = await eventually('one leads', leading)
    const other = leader === one ? two : one
    await ready(leader)
    await ready(other)
    expect(await other.metric('plimsoll_agent_leading')).toBe(0)
    await leader.kill()
    await make('orphan', true)
    const before = Date.now()
    await becomes('orphan', 'fail')
    process.stderr.write(`agent: a killed leader was followed within ${Date.now() - before} ms\n`)
    expect(await other.metric('plimsoll_agent_leading')).toBe(1)
    const sent = await other.logged(({ msg }) => msg === 'sent everything')
    expect(sent).toMatchObject({ added: 1, removed: 0 })
    // One that stops in order hands the lead on at once.
    const third = await start(lease, 'agent-2')
    await ready(third)
    expect(await other.stop()).toBe(0)
    await eventually(
      'it is followed',
      async () => (await third.metric('plimsoll_agent_leading')) === 1,
      10_000,
    )
    await remove('orphan')
  })

  test('a scan that a person asks for comes within seconds', async () => {
    const agent = await start()
    await ready(agent)
    await eventually('it is in touch', async () => (await platform.scope())?.collector.state === 'connected')
    const before = Date.now()
    await platform.askForScan()
    await agent.logged(({ msg }) => msg === 'a scan was asked for')
    await eventually(
      'everything is sent anew',
      async () => agent.log.filter(({ msg }) => msg === 'sent everything').length === 2,
    )
    process.stderr.write(`agent: a scan that was asked for was there after ${Date.now() - before} ms\n`)
  })

  test('a token that is revoked stops it, with the reason in status, log and Event; another one starts it again', async () => {
    const agent = await start()
    await ready(agent)
    await platform.revoke(enrolment.id)
    await make('refused', true)
    await agent.logged(({ msg }) => msg === 'stopped: the token is refused')
    await eventually('it is not ready', async () => (await agent.get('/readyz')).status === 503)
    expect((await agent.get('/readyz')).text).toContain('refuses the token')
    expect((await agent.get('/healthz')).status).toBe(200)
    await eventually('an Event says so', async () =>
      (await eventReasons()).some(one => one.startsWith('TokenRefused: ')),
    )
    expect(await agent.metric('plimsoll_agent_leading')).toBe(0)
    enrolment = await platform.enrol('shop')
    writeFileSync(agent.tokenFile, enrolment.token)
    await becomes('refused', 'fail')
    await ready(agent)
    await remove('refused')
  })
})
