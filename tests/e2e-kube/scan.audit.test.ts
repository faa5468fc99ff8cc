/** What a scan does to a cluster, by the server's own audit log and by what goes over the wire: it reads, little, and no Secret's value. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PermissionCheck } from '../../packages/collect/src/index.ts'
import type { AuditEvent } from './harness/audit-log.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { runKubeTool } from './harness/kube-tool.ts'
import { createNamespace } from './harness/namespaces.ts'
import { type Gateway, openGateway, type Passed } from './scan/gateway.ts'
import { grant } from './scan/grants.ts'
import { writeLogin } from './scan/logins.ts'
import { everything, everythingRead, plimsoll, type Run } from './scan/plimsoll.ts'
import { preflightHere } from './scan/scan-here.ts'
import { describeWithTools } from './scan/suite.ts'

const chart = fileURLToPath(new URL('./scan/fixtures/chart', import.meta.url))
const podMakers = [
  ...['pods', 'podtemplates', 'replicationcontrollers'],
  ...['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  ...['cronjobs', 'jobs'],
].sort()
/** One node is asked for as a hint at who runs the cluster; nothing is lost where that is denied. */
const hint = '/api/v1/nodes?limit=1'
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'

/** What a text would hold if it held the value: plain, or in base64 wherever that begins. */
const spellings = (value: string) => [
  value,
  ...[0, 1, 2].map(shift =>
    Buffer.from('-'.repeat(shift) + value)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  ),
]

interface Watched {
  readonly run: Run
  readonly events: readonly AuditEvent[]
  readonly wire: readonly Passed[]
}

await describeWithTools('scan: audit log', { users: { scanner: [] } }, (options, tools) => {
  let plane: ControlPlane
  let gateway: Gateway
  let kubeconfig: string
  let needed: readonly PermissionCheck[]
  let releases: string[]
  let seen = 0

  const scannersEvents = async () =>
    (await plane.auditEvents()).filter(({ user }) => user.username === 'scanner')

  /** Runs the command line as the scanner, through the gateway. */
  async function watch(...args: string[]): Promise<Watched> {
    const before = gateway.passed.length
    const run = await plimsoll([...args, '--kubeconfig', kubeconfig], { folder: plane.folder })
    const events = (await scannersEvents()).slice(seen)
    seen += events.length
    return { run, events, wire: gateway.passed.slice(before) }
  }
  const listsOf = ({ events }: Watched) =>
    events
      .filter(({ verb, requestURI }) => verb === 'list' && requestURI !== hint)
      .map(({ objectRef }) => String(objectRef?.resource))
      .sort()

  beforeAll(async () => {
    plane = await startControlPlane(options)
    await createNamespace(plane, 'shop')
    const admin = async (file: string, args: string[], input = '') => {
      const { code, stderr } = await runKubeTool(plane, file, args, { input })
      if (code !== 0) throw new Error(stderr)
    }
    await plane.call('POST', '/api/v1/namespaces/shop/secrets', {
      body: { metadata: { name: 'by-hand' }, stringData: { password: 'open-sesame-by-hand' } },
    })
    // kubectl repeats the whole Secret in an annotation, which is metadata.
    await admin(
      tools.kubectl,
      ['apply', '-f', '-'],
      'apiVersion: v1\nkind: Secret\nmetadata: {name: applied, namespace: shop}\nstringData: {password: open-sesame-applied}\n',
    )
    // helm keeps what it installed in a Secret.
    await admin(tools.helm, ['install', 'sales', chart, '-n', 'shop'])
    const { items } = (await plane.call('GET', '/api/v1/namespaces/shop/secrets')) as {
      items: { data: Record<string, string> }[]
    }
    releases = items.flatMap(({ data }) => data.release ?? [])

    needed = await preflightHere(await plane.kubeconfig('scanner'))
    await grant(
      plane,
      'scanner',
      needed.map(({ permission }) => permission),
    )
    gateway = await openGateway(plane.url, await readFile(plane.caFile, 'utf8'))
    const authority = Buffer.from(gateway.certificate).toString('base64')
    kubeconfig = await writeLogin(plane.folder, 'gateway', {
      cluster: { server: gateway.url, 'certificate-authority-data': authority },
      user: { token: plane.token('scanner') },
    })
    seen = (await scannersEvents()).length
  })
  afterAll(async () => {
    await gateway?.close()
    await plane?.stop()
  })

  describe('a scan by every rule', () => {
    let scan: Watched
    beforeAll(async () => {
      scan = await watch('scan', '-o', 'json', '--verbose', ...everything)
    })

    test('changes nothing', () => {
      expect(new Set(scan.events.map(({ verb }) => verb))).toEqual(new Set(['get', 'list']))
      expect(new Set(scan.wire.map(({ method }) => method))).toEqual(new Set(['GET']))
    })

    test('lists each kind that a rule reads once, and gets what tells the version, the groups and the identity', () => {
      const lists = needed.filter(({ permission }) => permission.verb === 'list')
      expect(listsOf(scan)).toEqual(lists.map(({ permission }) => permission.resource).sort())
      const others = scan.events.filter(({ verb }) => verb === 'get').map(({ requestURI }) => requestURI)
      expect(others.sort()).toEqual(['/api/v1/namespaces/kube-system', '/apis', '/version'])
      // Rules read nodes, so that no hint is needed beside their list.
      expect(lists.map(({ kind }) => kind)).toContain('Node')
      expect(scan.events.filter(({ requestURI }) => requestURI === hint)).toEqual([])
    })

    test('says who it is, how many requests it sent and how many bytes came', () => {
      const agents = new Set(scan.events.map(({ userAgent }) => userAgent))
      expect([...agents]).toEqual([expect.stringMatching(/^plimsoll\/\d/)])
      const bytes = scan.wire.reduce((sum, answer) => sum + answer.bytes, 0)
      expect(scan.run.stderr).toContain(`by ${scan.events.length} requests, ${bytes} bytes`)
    })

    test('asks for Secrets as metadata only, and for nothing of theirs beside', () => {
      const ofSecrets = scan.events.filter(({ objectRef }) => objectRef?.resource === 'secrets')
      expect(ofSecrets.map(({ verb, responseObject }) => [verb, kindOf(responseObject)])).toEqual([
        ['list', 'PartialObjectMetadataList'],
      ])
      const asked = scan.wire.filter(({ path }) => path.includes('secrets'))
      expect(asked.map(({ headers }) => headers.accept)).toEqual([metadataOnly])
    })

    test('gets no value of a Secret but the one in the annotation of kubectl, and keeps none', () => {
      const wire = scan.wire.map(({ body }) => body).join('\n')
      const audited = JSON.stringify(scan.events)
      for (const text of [wire, audited, scan.run.stdout, scan.run.stderr]) {
        for (const spelling of spellings('open-sesame-by-hand')) expect(text).not.toContain(spelling)
        for (const release of releases) expect(text).not.toContain(release.slice(0, 100))
      }
      expect(releases).toHaveLength(1)
      expect(wire).toContain('open-sesame-applied')
      const secrets = scan.wire.find(({ path }) => path.includes('secrets'))?.body ?? '{}'
      const { items } = JSON.parse(secrets) as { items: { metadata: { annotations?: object } }[] }
      for (const { metadata } of items) delete metadata.annotations
      expect(JSON.stringify(items)).not.toContain('open-sesame')
      expect(scan.run.stdout).not.toContain('open-sesame')
    })
  })

  test('a snapshot holds no value of a Secret', async () => {
    const file = join(plane.folder, 'cluster.snapshot')
    const saved = await watch('snapshot', 'save', file)
    expect(saved.run.code).toBe(0)
    const text = await readFile(file, 'utf8')
    expect(text).toContain('"name":"applied"')
    for (const name of ['by-hand', 'applied'])
      for (const spelling of spellings(`open-sesame-${name}`)) expect(text).not.toContain(spelling)
    expect(text).not.toContain('last-applied-configuration')
    for (const release of releases) expect(text).not.toContain(release.slice(0, 100))
  })

  test('only the kinds that the chosen rules read are listed', async () => {
    const pods = await watch('scan', '--rule', 'privileged-container', '-o', 'json')
    expect(listsOf(pods)).toEqual(podMakers)
    const ingresses = await watch('scan', '--rule', 'ingress-tls', '-o', 'json')
    expect(listsOf(ingresses)).toEqual(['ingresses'])
    const limits = await watch('scan', '--rule', 'memory-limits', '-o', 'json')
    expect(listsOf(limits)).toEqual([...podMakers, 'limitranges'].sort())
    const benchmark = await watch('scan', '--benchmark', 'pss-restricted', '-o', 'json')
    expect(listsOf(benchmark)).toEqual(podMakers)
    for (const { run } of [pods, ingresses, limits, benchmark]) expect(run.stderr).toBe('')
  })

  test('preflight sends nothing but reviews of its own rights, which no server stores', async () => {
    const { run, events, wire } = await watch('preflight', ...everythingRead)
    expect(run.code).toBe(0)
    const reviews = events.filter(({ verb }) => verb !== 'get')
    expect(reviews.map(({ verb, objectRef }) => `${verb} ${objectRef?.resource}`)).toEqual(
      needed.map(() => 'create selfsubjectaccessreviews'),
    )
    const others = events.filter(({ verb }) => verb === 'get').map(({ requestURI }) => requestURI)
    expect(others).toEqual(['/version', '/apis'])
    expect(wire.filter(({ path }) => path.includes('secrets'))).toEqual([])
  })
})

const kindOf = (object: unknown) => (object as { kind?: string } | undefined)?.kind
