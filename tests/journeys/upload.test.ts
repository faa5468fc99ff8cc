// Upload: our own client against the real door on a real database, over connections that break.

import net, { type AddressInfo } from 'node:net'
import { type UploadRequest, uploadSnapshot } from '@plimsoll/collect'
import type { Resource, Snapshot } from '@plimsoll/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ingestRoutes } from '../../packages/server/src/http/routes/ingest.ts'
import { type TestApp, testApp } from '../../packages/server/src/http/testing/test-app.ts'
import { clusterId, ingestWorld, type World } from '../../packages/server/src/services/ingest/testing/wire.ts'
import { scopesOf } from '../../packages/server/src/store/clusters.ts'
import { currentResources } from '../../packages/server/src/store/resource-versions.ts'

let world: World
let app: TestApp
let url: string
beforeAll(async () => {
  world = await ingestWorld()
  app = await testApp(ingestRoutes(world.ingest), {
    authenticate: async ({ headers }) =>
      headers.authorization === 'Bearer right' ? await world.collector() : undefined,
  })
  await app.fastify.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(app.fastify.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await app.stop(0)
  await world.fresh.close()
})

const configMap = (name: string, data: Readonly<Record<string, string>>): Resource => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { namespace: 'shop', name, managedFields: [{ manager: 'x' }] } as Resource['metadata'],
  data,
})

const snapshotOf = (takenAt: string, resources: readonly Resource[]): Snapshot => ({
  scope: {
    type: 'cluster',
    id: clusterId,
    name: 'shop (https://shop.example)',
    kubernetesVersion: '1.34.4',
    provider: 'eks',
  },
  collector: { name: 'plimsoll', version: '0.0.0' },
  takenAt,
  gaps: [{ scope: 'cluster', kind: 'Secret', reason: 'forbidden', detail: 'may not be listed\u0000' }],
  resources: resources.map(resource => ({ resource, source: { file: 'https://shop.example', document: 0 } })),
})

const upload = (snapshot: Snapshot, more: Partial<UploadRequest> = {}) =>
  uploadSnapshot({
    snapshot,
    server: { url, token: 'right' },
    environment: {},
    world: { now: () => new Date(), random: () => 0, sleep: async () => {} },
    ...more,
  })

const many = (count: number, value: string) =>
  Array.from({ length: count }, (_, i) =>
    configMap(`c${i}`, { value: i % 10 === 0 ? value : 'same', pad: `${i}`.repeat(200) }),
  )

async function stored(): Promise<Map<string, Resource>> {
  const found = new Map<string, Resource>()
  for await (const batch of currentResources(world.fresh.db, clusterId))
    for (const { key, json } of batch) found.set(key, JSON.parse(json) as Resource)
  return found
}

describe('uploading a snapshot', () => {
  it('sends all of it at first, then what changed, and says so', async () => {
    const first = await upload(snapshotOf('2026-02-03T04:00:00.000Z', many(3000, 'a')))
    expect(first).toMatchObject({ ok: true, value: { added: 3000, resources: 3000, revision: 1 } })
    const told: number[] = []
    const second = await upload(snapshotOf('2026-02-03T05:00:00.000Z', many(2990, 'b')), {
      progress: (_, total) => told.push(total),
    })
    expect(second).toMatchObject({ ok: true, value: { added: 0, changed: 299, removed: 10, revision: 2 } })
    // Only what the server lacked was sent.
    expect(told).toEqual([299])
    const now = await stored()
    expect(now.size).toBe(2990)
    expect(now.get('ConfigMap/shop/c20')).toMatchObject({ data: { value: 'b' } })
    expect(now.get('ConfigMap/shop/c20')?.metadata).toEqual({ name: 'c20', namespace: 'shop' })
    expect(await scopesOf(world.fresh.db, clusterId)).toMatchObject([
      { gaps: [{ kind: 'Secret', detail: 'may not be listed' }] },
    ])
    const again = await upload(snapshotOf('2026-02-03T05:00:00.000Z', many(2990, 'b')))
    expect(again).toMatchObject({ ok: true, value: { repeated: true, revision: 2 } })
  })

  it('comes to its end over connections that break again and again', async () => {
    let allowance = 20_000
    const flaky = net.createServer(client => {
      const server = net.connect(Number(new URL(url).port), '127.0.0.1')
      let passed = 0
      const mine = allowance
      allowance *= 2
      client.on('data', chunk => {
        passed += chunk.length
        if (passed > mine) {
          client.destroy()
          server.destroy()
        } else server.write(chunk)
      })
      server.on('data', chunk => client.write(chunk))
      for (const one of [client, server])
        one
          .on('error', () => {})
          .on('close', () => {
            client.destroy()
            server.destroy()
          })
    })
    await new Promise<void>(resolve => flaky.listen(0, '127.0.0.1', resolve))
    const through = `http://127.0.0.1:${(flaky.address() as AddressInfo).port}`
    let waits = 0
    const done = await upload(snapshotOf('2026-02-03T06:00:00.000Z', many(4000, 'c')), {
      server: { url: through, token: 'right' },
      world: { now: () => new Date(), random: () => 0, sleep: async () => void waits++ },
    })
    flaky.close()
    expect(done).toMatchObject({ ok: true, value: { resources: 4000 } })
    expect(waits).toBeGreaterThan(1)
    expect((await stored()).size).toBe(4000)
    expect(await world.fresh.db.selectFrom('upload').selectAll().execute()).toEqual([])
  })

  it('leaves out one odd object, with a gap, instead of failing', async () => {
    const template = {
      apiVersion: 'template.openshift.io/v1',
      kind: 'Template',
      metadata: { name: 'odd', namespace: 'shop' },
      objects: [
        { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { p: 'hunter2-hunter2' } },
      ],
    }
    const done = await upload(snapshotOf('2026-02-03T07:00:00.000Z', [configMap('one', {}), template]))
    expect(done).toMatchObject({ ok: true, value: { resources: 1 } })
    expect(await scopesOf(world.fresh.db, clusterId)).toMatchObject([
      { gaps: [{ kind: 'Secret' }, { kind: 'Template', namespace: 'shop', reason: 'redacted' }] },
    ])
  })

  it('tells what cannot be sent, a token that is refused, an older snapshot and a server that is away', async () => {
    const snapshot = snapshotOf('2026-02-03T08:00:00.000Z', [])
    const files = { ...snapshot, scope: { type: 'files', id: 'files', name: 'x' } } as Snapshot
    expect(await upload(files)).toMatchObject({ problems: [{ code: 'usage' }] })
    expect(await upload(snapshot, { server: { url, token: 'wrong' } })).toMatchObject({
      problems: [{ code: 'server-refused', message: expect.stringContaining('unauthenticated') }],
    })
    expect(await upload(snapshotOf('2026-02-03T01:00:00.000Z', []))).toMatchObject({
      problems: [{ code: 'server-refused', message: expect.stringContaining('stale-sequence') }],
    })
    expect(await upload(snapshot, { server: { url: 'http://127.0.0.1:9', token: 'right' } })).toMatchObject({
      problems: [{ code: 'server-unreachable' }],
    })
    expect(
      await upload(snapshot, { server: { url: 'https://user:pass@host', token: 'right' } }),
    ).toMatchObject({
      problems: [{ code: 'usage' }],
    })
  })
})
