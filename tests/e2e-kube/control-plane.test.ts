/** The harness itself: a real API server comes up, refuses whom it should, records what was asked, and goes again. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { recipeOf } from '../../tools/kube/recipes.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { createNamespace } from './harness/namespaces.ts'
import { describeWithKubernetes } from './harness/suite.ts'

interface Named {
  metadata: { name: string }
}

await describeWithKubernetes('control plane', { users: { reader: ['auditors'] } }, options => {
  let plane: ControlPlane
  beforeAll(async () => {
    plane = await startControlPlane(options)
  })
  afterAll(async () => {
    await plane?.stop()
  })

  test('serves the pinned version on loopback', async () => {
    const version = await plane.call('GET', '/version')
    expect(version).toMatchObject({
      gitVersion: (await recipeOf('kube-apiserver', '1.34')).version,
      major: '1',
      minor: '34',
    })
    expect(plane.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  })

  test('refuses strangers and users without rights, and obeys RBAC', async () => {
    expect((await plane.request('GET', '/api/v1/pods', { user: null })).status).toBe(403)
    expect((await plane.request('GET', '/api/v1/pods', { user: 'reader' })).status).toBe(403)
    expect(() => plane.token('nobody')).toThrow('no user nobody; there are admin, reader')

    const rbac = '/apis/rbac.authorization.k8s.io/v1'
    const name = 'pod-readers'
    await plane.call('POST', `${rbac}/clusterroles`, {
      body: { metadata: { name }, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }] },
    })
    await plane.call('POST', `${rbac}/clusterrolebindings`, {
      body: {
        metadata: { name },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'auditors' }],
      },
    })
    // The authorizer learns of the binding through a watch, a moment later.
    for (let left = 100; left > 0; left--) {
      if ((await plane.request('GET', '/api/v1/pods', { user: 'reader' })).status === 200) break
      await sleep(20)
    }
    expect((await plane.request('GET', '/api/v1/pods', { user: 'reader' })).status).toBe(200)
    expect((await plane.request('GET', '/api/v1/secrets', { user: 'reader' })).status).toBe(403)
  })

  test('takes pods, privileged ones too', async () => {
    await createNamespace(plane, 'taking-pods')
    const path = '/api/v1/namespaces/taking-pods/pods'
    const container = { name: 'app', image: 'registry.test/app:1', securityContext: { privileged: true } }
    await plane.call('POST', path, { body: { metadata: { name: 'one' }, spec: { containers: [container] } } })
    const { items } = (await plane.call('GET', path)) as { items: Named[] }
    expect(items.map(pod => pod.metadata.name)).toEqual(['one'])
  })

  test('its audit log tells who asked for what, and what of a Secret was given', async () => {
    await createNamespace(plane, 'audited')
    const path = '/api/v1/namespaces/audited/secrets'
    await plane.call('POST', path, { body: { metadata: { name: 'one' }, stringData: { key: 'value' } } })
    const partial = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'
    await plane.call('GET', path, { headers: { accept: partial } })
    await plane.request('GET', path, { user: 'reader' })
    await plane.call('GET', path)

    const lists = (await plane.auditEvents()).filter(e => e.requestURI === path && e.verb === 'list')
    const asked = lists.map(e => [e.user.username, e.responseStatus?.code])
    expect(asked).toEqual([
      ['admin', 200],
      ['reader', 403],
      ['admin', 200],
    ])
    const secret = Buffer.from('value').toString('base64')
    const given = lists.map(e => JSON.stringify(e.responseObject ?? null).includes(secret))
    expect(given).toEqual([false, false, true])
  })

  test('its kubeconfig names the server, its CA and the user', async () => {
    const file = await plane.kubeconfig('reader')
    const config = JSON.parse(await readFile(file, 'utf8'))
    expect(config.clusters[0].cluster).toEqual({ server: plane.url, 'certificate-authority': plane.caFile })
    expect(config.users[0].user.token).toBe(plane.token('reader'))
  })

  test('a killed test leaves neither a server nor its folder', async () => {
    const script = fileURLToPath(new URL('./play.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const { url, folder } = JSON.parse(line) as { url: string; folder: string }
    expect(existsSync(folder)).toBe(true)
    child.kill('SIGKILL')
    await vi.waitFor(() => expect(existsSync(folder)).toBe(false), { timeout: 10_000, interval: 50 })
    // What was just killed may reset a connection before it refuses the next.
    await expect
      .poll(() => fetch(url).catch(error => error.cause.code), { timeout: 10_000 })
      .toBe('ECONNREFUSED')
  })

  test('stops, leaving neither a server nor its folder', async () => {
    const other = await startControlPlane()
    await other.stop()
    await other.stop()
    expect(existsSync(other.folder)).toBe(false)
    await expect(other.request('GET', '/version')).rejects.toThrow()
    expect((await plane.request('GET', '/version')).status).toBe(200)
  })
})
