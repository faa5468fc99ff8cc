/** Charts on a real cluster: helm installs them into a namespace that enforces Pod Security restricted; uninstalling leaves nothing but data. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { root } from '../../scripts/modules.ts'
import { type KubeCli, kubeCli } from '../../tools/kube-cli/kube-cli.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { everythingIn } from './harness/everything.ts'
import { runKubeTool } from './harness/kube-tool.ts'
import { createNamespace } from './harness/namespaces.ts'
import { describeWithKubernetes } from './harness/suite.ts'

const cli = await kubeCli()
if (!cli.available) process.stderr.write(`skipped charts (${cli.reason}): ${cli.detail}\n`)
const tools = cli as Extract<KubeCli, { available: true }>
const namespace = 'plimsoll'

const releases = [
  ['helm', 'plimsoll-agent', ['server.url=https://plimsoll.example.com', 'token=ple_x', 'replicas=2']],
  ['helm3', 'plimsoll-agent', ['server.url=https://plimsoll.example.com', 'existingSecret.name=ours']],
  ['helm', 'plimsoll', ['publicUrl=https://plimsoll.example.com', 'ingress.enabled=true']],
  [
    'helm3',
    'plimsoll',
    ['publicUrl=https://plimsoll.example.com', 'database.existingSecret.name=postgres', 'replicas=2'],
  ],
] as const

await describeWithKubernetes('charts', { controllerManager: true }, options => {
  let plane: ControlPlane
  beforeAll(async () => {
    plane = await startControlPlane(options)
    await createNamespace(plane, namespace, { 'pod-security.kubernetes.io/enforce': 'restricted' })
    // From here on nothing is made that no chart makes.
    await vi.waitFor(
      async () => expect(await everythingIn(plane, namespace)).toContain('configmaps./kube-root-ca.crt'),
      {
        timeout: 60_000,
      },
    )
  })
  afterAll(async () => {
    await plane?.stop()
  })

  test.skipIf(!cli.available).each(releases)(
    '%s installs %s and takes it away',
    async (tool, chart, values) => {
      const before = await everythingIn(plane, namespace)
      const args = values.flatMap(one => ['--set', one])
      const installed = await runKubeTool(plane, tools[tool], [
        'install',
        chart,
        `${root}/charts/${chart}`,
        '-n',
        namespace,
        ...args,
      ])
      expect(installed).toMatchObject({ code: 0, stdout: expect.stringContaining('STATUS: deployed') })
      const wanted = values.includes('replicas=2' as never) ? 2 : 1
      await vi.waitFor(
        async () => {
          const { items } = (await plane.call('GET', `/api/v1/namespaces/${namespace}/pods`)) as {
            items: object[]
          }
          expect(items).toHaveLength(wanted)
        },
        { timeout: 60_000, interval: 200 },
      )
      if (chart === 'plimsoll-agent')
        expect((await everythingIn(plane, namespace)).filter(one => !before.includes(one))).toContain(
          `clusterroles.rbac.authorization.k8s.io/${chart}`,
        )

      const gone = await runKubeTool(plane, tools[tool], ['uninstall', chart, '-n', namespace])
      expect(gone.code, gone.stderr).toBe(0)
      // The volume of an embedded database outlives its release.
      const data = chart === 'plimsoll' && tool === 'helm' ? ['persistentvolumeclaims./data-plimsoll-0'] : []
      await vi.waitFor(
        async () =>
          expect((await everythingIn(plane, namespace)).filter(one => !before.includes(one))).toEqual(data),
        { timeout: 60_000, interval: 500 },
      )
      expect(before.filter(one => data.includes(one))).toEqual([])
    },
  )
})
