/** What happens to a scan when lists are long, expire, break off, or the server goes away: all is seen, or what was not is said. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { collectCluster, saveSnapshot, systemWorld } from '../../packages/collect/src/index.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { createNamespace } from './harness/namespaces.ts'
import { forEachIndex } from './harness/pool.ts'
import { describeWithKubernetes } from './harness/suite.ts'
import { compact } from './scan/etcd.ts'
import { type AtRequest, type Gateway, openGateway, type Passed } from './scan/gateway.ts'
import { writeLogin } from './scan/logins.ts'
import { plimsoll, reportOf } from './scan/plimsoll.ts'
import { localKey } from './scan/views.ts'

/** Three pages of 500, the one that is bad on the last. */
const many = 1201
const nameOf = (index: number) => `config-${String(index).padStart(5, '0')}`
const bad = nameOf(many - 1)
const rule = 'ingress-nginx-snippets-allowed'

// With it, the server reads lists on from its own memory, and none expires while that holds them.
const options = { featureGates: { ListFromCacheSnapshot: false } }
await describeWithKubernetes('scan: faults', options, () => {
  let plane: ControlPlane
  let gateway: Gateway | undefined

  /** A kubeconfig for the server behind a gateway. */
  async function through(atRequest: AtRequest): Promise<string> {
    const { url, certificate } = await open(atRequest)
    const authority = Buffer.from(certificate).toString('base64')
    return await writeLogin(plane.folder, 'gateway', {
      cluster: { server: url, 'certificate-authority-data': authority },
      user: { token: plane.token('admin') },
    })
  }
  async function open(atRequest: AtRequest): Promise<Gateway> {
    gateway = await openGateway(plane.url, await readFile(plane.caFile, 'utf8'), atRequest)
    return gateway
  }
  const scan = async (kubeconfig: string, ...args: string[]) =>
    await plimsoll(['scan', '--kubeconfig', kubeconfig, '--rule', rule, '-o', 'json', ...args], {
      folder: plane.folder,
    })
  const pages = (): readonly Passed[] =>
    (gateway?.passed ?? []).filter(({ path }) => path.startsWith('/api/v1/configmaps'))

  beforeAll(async () => {
    plane = await startControlPlane(options)
    await createNamespace(plane, 'many')
    await forEachIndex(many, 16, async index => {
      const data = nameOf(index) === bad ? { 'allow-snippet-annotations': 'true' } : {}
      const body = { metadata: { name: nameOf(index) }, data }
      await plane.call('POST', '/api/v1/namespaces/many/configmaps', { body })
    })
  })
  afterEach(async () => {
    await gateway?.close()
    gateway = undefined
  })
  afterAll(async () => {
    await plane?.stop()
  })

  /** Each of the objects that were there from the first to the last page, once, and the one that is bad. */
  function expectAll(report: ReturnType<typeof reportOf>): void {
    expect(report.gaps).toEqual([])
    const own = report.resources.filter(({ name }) => name.startsWith('config-'))
    expect(own.map(({ name }) => name).sort()).toEqual(Array.from({ length: many }, (_, i) => nameOf(i)))
    expect(failuresIn(report)).toEqual([`ConfigMap/many/${bad}`])
  }

  test('a long list is read page by page', async () => {
    const run = await scan(await through(() => undefined))
    expectAll(reportOf(run))
    expect(run).toMatchObject({ code: 1, stderr: '' })
    const queries = pages().map(({ path }) => new URL(path, 'https://server').searchParams)
    expect(queries.map(query => [query.get('limit'), query.has('continue')])).toEqual([
      ['500', false],
      ['500', true],
      ['500', true],
    ])
  })

  test('a list that expires before each next page is read on to its end', async () => {
    let tokens = 0
    const kubeconfig = await through(async ({ path }) => {
      // The token that comes with the refusal is good at once.
      if (!path.includes('continue=') || tokens++ % 2 === 1) return undefined
      const body = { metadata: { generateName: 'later-' } }
      await plane.call('POST', '/api/v1/namespaces/many/configmaps', { body })
      await compact(plane.etcdUrl)
      return undefined
    })
    const run = await scan(kubeconfig)
    expect(pages().map(({ status }) => status)).toEqual([200, 410, 200, 410, 200])
    expectAll(reportOf(run))
  })

  test('a server that is restarted between two pages is waited for', async () => {
    let restarted: Promise<void> | undefined
    const kubeconfig = await through(({ path }) => {
      if (!path.includes('continue=') || restarted) return undefined
      restarted = plane.restartApiServer()
      return 'cut'
    })
    const run = await scan(kubeconfig)
    await restarted
    expectAll(reportOf(run))
    expect(run.code).toBe(1)
    expect(pages().length).toBeGreaterThan(3)
  })

  test('of a list that breaks off for good, what came is kept, and no more is claimed', async () => {
    const kubeconfig = await through(({ path }) => (path.includes('continue=') ? 'cut' : undefined))
    const collected = await collectCluster({
      kubeconfig,
      kinds: ['ConfigMap'],
      secretsAllowed: false,
      environment: {},
      world: { ...systemWorld, sleep: async () => {} },
      collector: { name: 'plimsoll', version: '0.0.0-test' },
    })
    if (!collected.ok) throw new Error(JSON.stringify(collected.problems))
    const { resources, gaps } = collected.value.snapshot
    expect(resources.length).toBe(500)
    expect(gaps).toMatchObject([
      { kind: 'ConfigMap', reason: 'truncated', detail: expect.stringContaining('after 500 objects') },
    ])
    expect(pages().length).toBe(1 + 6)

    const file = join(plane.folder, 'part.snapshot')
    await saveSnapshot(collected.value.snapshot, file)
    const run = await plimsoll(['scan', file, '--rule', rule, '-o', 'json'], { folder: plane.folder })
    expect(run.code).toBe(3)
    const report = reportOf(run)
    expect(report.counts).toMatchObject({ pass: 500, fail: 0, 'not-evaluated': 1 })
    expect(report.results.filter(({ resource }) => resource === null)).toMatchObject([
      { rule, outcome: 'not-evaluated' },
    ])
  })

  test('a server that is down is said to be, with the exit code of a wrong input', async () => {
    await plane.restartApiServer(async () => {
      const kubeconfig = await plane.kubeconfig()
      for (const verb of ['scan', 'preflight']) {
        const run = await plimsoll([verb, '--kubeconfig', kubeconfig], { folder: plane.folder })
        expect(run).toMatchObject({ code: 2, stdout: '' })
        expect(run.stderr).toMatch(
          /^error: the API server of the context plimsoll at https:.*\(ECONNREFUSED\)\n$/,
        )
      }
    })
  })
})

const failuresIn = (report: ReturnType<typeof reportOf>) =>
  report.results.filter(({ outcome }) => outcome === 'fail').map(({ resource }) => localKey(report, resource))
