/** Add a cluster, as a person does: the wizard gives a token and what to install, the agent runs with it, and the screen leads to what it found. */

import { loadAll } from 'js-yaml'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeFaults, hasBrowser, settled, shoot, useBrowser } from '../web/browser.ts'
import { useOwnServer } from '../web/own-server.ts'
import { AgentProcess } from './agent/agent-process.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { freePort } from './harness/free-port.ts'
import { createNamespace } from './harness/namespaces.ts'
import { describeWithKubernetes } from './harness/suite.ts'

interface ManifestObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly spec?: {
    readonly template: { readonly spec: { readonly containers: readonly { args: string[] }[] } }
  }
}

const options = { auditRules: [{ level: 'None' as const }], users: { agent: [] } }
/** What of the manifest gives rights, and the Lease, which the agent may not make itself. */
const plurals: Readonly<Record<string, string>> = {
  Lease: 'leases',
  ClusterRole: 'clusterroles',
  ClusterRoleBinding: 'clusterrolebindings',
  Role: 'roles',
  RoleBinding: 'rolebindings',
}
/** Of a pod's own places, for which the test has others. */
const ofThePod = /^--(?:server|token-file|spool|listen|log-level|ca-file)=/

await describeWithKubernetes('add a cluster', options, () => {
  let plane: ControlPlane
  let agent: AgentProcess | undefined
  const own = useOwnServer(async () => ({ shows: 'nothing', listen: `127.0.0.1:${await freePort()}` }))
  const { open } = useBrowser(own)

  beforeAll(async () => {
    if (!hasBrowser) return
    plane = await startControlPlane(options)
    for (const name of ['shop', 'plimsoll']) await createNamespace(plane, name)
    await plane.call('POST', '/apis/apps/v1/namespaces/shop/deployments', {
      body: {
        metadata: { name: 'web' },
        spec: {
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: {
              containers: [
                { name: 'web', image: 'registry.example/web:1', securityContext: { privileged: true } },
              ],
            },
          },
        },
      },
    })
  })
  afterAll(async () => {
    await agent?.kill()
    await plane?.stop()
  })

  /** Gives the user that the agent runs as the rights that the manifest gives its ServiceAccount. */
  async function grant(manifest: readonly ManifestObject[]): Promise<void> {
    for (const one of manifest) {
      const plural = plurals[one.kind]
      if (plural === undefined) continue
      const { namespace } = one.metadata
      const within = namespace === undefined ? '' : `namespaces/${namespace}/`
      const path = `/apis/${one.apiVersion}/${within}${plural}`
      const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'agent' }]
      await plane.call('POST', path, { body: { ...one, ...(one.kind.endsWith('Binding') && { subjects }) } })
    }
  }

  test.skipIf(!hasBrowser)('from the form to the findings of its first snapshot', async () => {
    const { page, incidents } = await open('/clusters')
    await page.getByRole('link', { name: 'Add a cluster' }).first().click()
    await page.getByRole('heading', { name: 'Add a cluster' }).waitFor()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('harbour')
    await page.getByRole('textbox', { name: 'Environment' }).fill('test')
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Make the enrolment' }).click()
    const arrival = page.getByRole('status')
    await arrival.getByText('Waiting', { exact: true }).waitFor()
    const token = await page.getByText('Token, shown this once').locator('..').locator('code').innerText()
    const helm = await page.getByRole('region', { name: 'For Helm' }).innerText()
    expect(helm).toContain(own().url)
    await page.getByRole('tab', { name: 'Manifest' }).click()
    const shown = page.getByRole('region', { name: 'For Manifest' })
    const text = (await shown.textContent()) ?? ''
    await settled(page)
    await shoot(page, 'add-cluster-waiting')
    expect(await axeFaults(page)).toEqual([])

    const manifest = loadAll(text) as ManifestObject[]
    const args =
      manifest.find(one => one.kind === 'Deployment')?.spec?.template.spec.containers[0]?.args ?? []
    expect(args).toContain(`--server=${own().url}`)
    expect(args).toContain('--cluster-name=harbour')
    await grant(manifest)
    agent = await AgentProcess.start({
      kubeconfig: await plane.kubeconfig('agent'),
      server: own().url,
      token,
      folder: plane.folder,
      args: args.slice(2).filter(one => !ofThePod.test(one)),
      environment: { POD_NAME: 'agent-0', POD_NAMESPACE: 'plimsoll', NODE_NAME: 'node-1' },
    })
    await arrival.getByText('Connected', { exact: true }).waitFor({ timeout: 300_000 })
    await arrival.getByText('The first snapshot is here.').waitFor({ timeout: 300_000 })
    await settled(page)
    await shoot(page, 'add-cluster-arrived')
    expect(await axeFaults(page)).toEqual([])

    await arrival.getByRole('link', { name: 'Open harbour' }).click()
    await page.getByRole('heading', { name: 'harbour', level: 1 }).waitFor()
    const failed = page.getByRole('main').getByRole('link', { name: /^[\d,]+$/ })
    await failed.waitFor({ timeout: 300_000 })
    await settled(page)
    await shoot(page, 'add-cluster-cluster')
    expect(await axeFaults(page)).toEqual([])
    await failed.click()
    await page.getByRole('combobox', { name: 'Query of findings' }).waitFor()
    await page.getByRole('combobox', { name: 'Query of findings' }).fill('rule : privileged-container')
    await page.keyboard.press('Enter')
    await page.getByRole('row', { name: /web/ }).first().waitFor()
    expect(incidents).toEqual([])
    await page.context().close()
  })
})
