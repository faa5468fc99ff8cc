/** Values are planted wherever they could hide in a cluster; none of them is sent, kept, spooled or logged, and no Secret is asked for but by its metadata. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AgentProcess } from './agent/agent-process.ts'
import { eventually, Platform } from './agent/platform.ts'
import { grantAgent } from './agent/rights.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { createNamespace } from './harness/namespaces.ts'
import { describeWithKubernetes } from './harness/suite.ts'

/** A value of its own for each place, as generators make them; all begin alike, so that a part of one is found too. */
const value = (place: string) =>
  `pL1m${createHash('sha256').update(place).digest('base64url').replaceAll(/[-_]/g, 'x').slice(0, 20)}`
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

const options = { users: { agent: [] } }
await describeWithKubernetes('agent: secrets', options, () => {
  let plane: ControlPlane
  let agent: AgentProcess | undefined
  const platform = new Platform()

  beforeAll(async () => {
    plane = await startControlPlane(options)
    await platform.start()
    await createNamespace(plane, 'shop')
    await grantAgent(plane, 'agent')
    for (const body of planted('first')) await plant(body)
  })
  afterAll(async () => {
    await agent?.kill()
    await platform.end()
    await plane?.stop()
  })

  const plant = async ({ path, ...body }: { readonly path: string; readonly [field: string]: unknown }) =>
    await plane.call('POST', path, { body })

  test('no value leaves the cluster, whether the server is there or not', async () => {
    const { token } = await platform.enrol('shop')
    agent = await AgentProcess.start({
      kubeconfig: await plane.kubeconfig('agent'),
      server: platform.url,
      token,
      folder: plane.folder,
      args: ['--slices=secrets'],
      environment: { POD_NAME: 'agent-0', POD_NAMESPACE: 'shop' },
    })
    const own = agent
    await eventually('the first snapshot', () => platform.hasAsset('Secret/shop/first-secret'))
    // What waits for a server that is away lies in the spool.
    await platform.stop()
    for (const body of planted('second')) await plant(body)
    for (let index = 0; index < 60; index++) await plant(large(index))
    await eventually(
      'it waits',
      async () => (await own.metric('plimsoll_agent_pending_objects')) >= planted('x').length + 60,
    )
    const waiting = spooled(own.spool)
    for (const there of ['second-', 'large-', 'PLIMSOLL-REDACTED']) expect(waiting).toContain(there)
    expect(waiting).not.toContain('pL1m')
    await platform.start()
    await eventually('the second', () => platform.hasAsset('Secret/shop/second-secret'))
    const kept = await platform.keptText()
    for (const name of ['first-pod', 'second-pod', 'first-config', 'second-secret'])
      expect(kept).toContain(name)
    expect(kept).not.toContain('pL1m')
    expect(kept).not.toContain(Buffer.from(value('data')).toString('base64').slice(0, 12))
    expect(JSON.stringify([own.log, own.said, (await own.get('/metrics')).text])).not.toContain('pL1m')
    expect(JSON.stringify(own.log)).not.toContain(token)

    const reads = (await plane.auditEvents()).filter(
      ({ user, objectRef }) => user.username === 'agent' && objectRef?.resource === 'secrets',
    )
    expect(reads.map(({ verb }) => verb)).toEqual(expect.arrayContaining(['list', 'watch']))
    // The server's own record of what it answered: metadata alone.
    expect(JSON.stringify(reads.map(({ responseObject }) => responseObject))).not.toContain('"data"')
  })
})

/** What is in the spool: texts that were packed one by one, one behind the other. */
function spooled(folder: string): string {
  let text = ''
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name))
    for (let at = 0; at < bytes.length; ) {
      const { buffer, engine } = inflateRawSync(bytes.subarray(at), { info: true }) as unknown as {
        readonly buffer: Buffer
        readonly engine: { readonly bytesWritten: number }
      }
      text += buffer.toString('utf8')
      at += engine.bytesWritten
    }
  }
  return text
}

/** A large ConfigMap that packs badly, with a value in it: a few of them do not stay in memory. */
function large(index: number) {
  let state = index + 1
  const letters = Array.from({ length: 120_000 }, (_, i) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return i % 8 === 7 ? ' ' : String.fromCharCode(97 + ((state >> 16) % 16))
  })
  return {
    path: '/api/v1/namespaces/shop/configmaps',
    metadata: { name: `large-${index}`, namespace: 'shop' },
    data: { text: letters.join(''), DB_PASSWORD: value(`large-${index}`) },
  }
}

function planted(name: string) {
  const meta = (kind: string, more: object = {}) => ({
    metadata: { name: `${name}-${kind}`, namespace: 'shop', ...more },
  })
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'x' },
    data: { password: Buffer.from(value('data')).toString('base64') },
    stringData: { password: value('string-data') },
  }
  const annotations = { [lastApplied]: JSON.stringify(secret) }
  const core = '/api/v1/namespaces/shop'
  const aws = `AKIA${'QWERTZUIOPASDFGH'}`
  return [
    {
      path: `${core}/secrets`,
      ...meta('secret', { annotations }),
      data: { password: Buffer.from(value('data')).toString('base64') },
      stringData: { other: value('string') },
    },
    {
      path: `${core}/configmaps`,
      ...meta('config', { annotations }),
      data: {
        'application.properties': `spring.datasource.password=${value('properties')}\nuser=app\n`,
        DB_PASSWORD: value('key'),
        dsn: `postgres://app:${value('url')}@db:5432/shop`,
        'settings.json': JSON.stringify({ apiToken: value('json') }),
      },
    },
    {
      path: `${core}/pods`,
      ...meta('pod', { annotations }),
      spec: {
        containers: [
          {
            name: 'app',
            image: 'registry.example/app:1',
            env: [
              { name: 'DB_PASSWORD', value: value('env') },
              { name: 'AWS_SECRET_ACCESS_KEY', value: value('aws-env') },
            ],
            args: [`--password=${value('argument')}`, `--dsn=mysql://root:${value('dsn')}@db/shop`, aws],
            command: ['sh', '-c', `export API_TOKEN=${value('command')}; run`],
            livenessProbe: {
              httpGet: {
                path: '/',
                port: 80,
                httpHeaders: [{ name: 'Authorization', value: `Bearer ${value('header')}` }],
              },
            },
          },
        ],
      },
    },
    {
      path: '/apis/apps/v1/namespaces/shop/deployments',
      ...meta('deployment', { annotations }),
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: {
            labels: { app: name },
            annotations: { 'example.com/token': value('template-annotation') },
          },
          spec: {
            containers: [
              { name: 'app', image: 'a:1', env: [{ name: 'SECRET_KEY', value: value('template') }] },
            ],
          },
        },
      },
    },
  ]
}
