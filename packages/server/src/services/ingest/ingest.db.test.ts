import { randomUUID } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { canonicalJson } from '@plimsoll/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findCluster, scopesOf } from '../../store/clusters.ts'
import { changedSince, currentResources, resourcesByKey } from '../../store/resource-versions.ts'
import { openUpload } from '../../store/uploads.ts'
import { Fault } from '../fault.ts'
import {
  type Content,
  clusterId,
  configMap,
  hashOf,
  headOf,
  ingestWorld,
  keyOf,
  linesOf,
  nodeFacts,
  sent,
  type World,
} from './testing/wire.ts'

let world: World
beforeAll(async () => {
  world = await ingestWorld()
})
afterAll(() => world.fresh.close())

const named = (...contents: Content[]) =>
  new Map(contents.map(one => [keyOf((one.metadata as { name: string }).name), one] as [string, Content]))

async function current(of = world): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {}
  for await (const batch of currentResources(of.fresh.db, clusterId))
    for (const { key, json } of batch) found[key] = JSON.parse(json)
  return found
}

const codeOf = async (deed: Promise<unknown>): Promise<string> => {
  try {
    await deed
    return 'nothing was thrown'
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

describe('a cluster from its first snapshot on', () => {
  it('is bound to its collector by a full snapshot, and changed by deltas of one request', async () => {
    const { ingest, collector, fresh, accepted } = world
    expect(await ingest.state(await collector())).toMatchObject({ scopes: [], uploads: [] })
    const full = linesOf(
      headOf({ sequence: 10, gaps: [], version: '1.34.1' }),
      named(configMap('a'), configMap('b')),
    )
    expect(await ingest.receive(await collector(), sent(full))).toMatchObject({
      state: 'accepted',
      revision: 1,
      added: 2,
      resources: 2,
    })
    expect((await collector()).clusterId).toBe(clusterId)
    expect(await findCluster(fresh.db, clusterId)).toMatchObject({
      name: 'shop',
      environment: 'test',
      kubernetes_version: '1.34.1',
      revision: '1',
    })

    const delta = linesOf(
      headOf({ sequence: 11, base: 10 }),
      new Map<string, Content | null>([
        [keyOf('a'), null],
        [keyOf('b'), configMap('b', { x: '1' })],
        [keyOf('c'), configMap('c')],
      ]),
    )
    expect(
      await ingest.receive(await collector(), sent(gzipSync(`${delta.join('\n')}\n`), 'gzip')),
    ).toMatchObject({
      state: 'accepted',
      revision: 2,
      added: 1,
      changed: 1,
      removed: 1,
      resources: 2,
    })
    expect(await current()).toEqual({
      [keyOf('b')]: configMap('b', { x: '1' }),
      [keyOf('c')]: configMap('c'),
    })
    expect(accepted).toEqual([1, 2])
    expect(await changedSince(fresh.db, clusterId, 1)).toEqual([
      { key: keyOf('a'), hash: null },
      { key: keyOf('b'), hash: hashOf(configMap('b', { x: '1' })) },
      { key: keyOf('c'), hash: hashOf(configMap('c')) },
    ])
    expect(await changedSince(fresh.db, clusterId, 2)).toEqual([])
    expect(
      (await resourcesByKey(fresh.db, clusterId, [keyOf('c'), keyOf('none')])).map(one => one.key),
    ).toEqual([keyOf('c')])
  })

  it('keeps its order: the same again changes nothing, another or an older one is refused', async () => {
    const { ingest, collector, accepted } = world
    const before = await current()
    const again = linesOf(
      headOf({ sequence: 10, gaps: [], version: '1.34.1' }),
      named(configMap('b'), configMap('a')),
    )
    expect(await ingest.receive(await collector(), sent(again))).toMatchObject({
      repeated: true,
      revision: 1,
    })
    const send = async (head: Content, contents: Map<string, Content>) =>
      codeOf(ingest.receive(await collector(), sent(linesOf(head, contents))))
    expect(await send(headOf({ sequence: 9 }), named())).toBe('stale-sequence')
    expect(await send(headOf({ sequence: 10 }), named())).toBe('stale-sequence')
    expect(await send(headOf({ sequence: 11 }), named())).toBe('sequence-conflict')
    expect(await send(headOf({ sequence: 13, base: 12 }), named())).toBe('base-mismatch')
    expect(await current()).toEqual(before)
    expect(accepted).toEqual([1, 2])
  })

  it('asks for no assessment where nothing changed, and for one where gaps or facts did', async () => {
    const { ingest, collector, accepted, fresh } = world
    const same = named(configMap('b', { x: '1' }), configMap('c'))
    const gap = { scope: 'cluster', kind: 'Secret', reason: 'forbidden', detail: 'may not be listed' }
    const send = async (head: Content) =>
      ingest.receive(await collector(), sent(linesOf(head, same, () => true)))
    expect(await send(headOf({ sequence: 20, gaps: [] }))).toMatchObject({ revision: 2, changed: 0 })
    expect(await send(headOf({ sequence: 21, gaps: [gap] }))).toMatchObject({ revision: 3, changed: 0 })
    expect(await send(headOf({ sequence: 22, gaps: [gap], version: '1.35.0' }))).toMatchObject({
      revision: 4,
    })
    expect(accepted).toEqual([1, 2, 3, 4])
    expect((await scopesOf(fresh.db, clusterId)).map(one => one.gaps)).toEqual([[gap]])
  })

  it('is not spoken of by the collector of another, nor one resource by two scopes', async () => {
    const { ingest, collector, enrol } = world
    const other = headOf({ sequence: 30, uid: '00000000-1111-4222-8333-444444444444' })
    expect(await codeOf(ingest.receive(await collector(), sent(linesOf(other, named()))))).toBe('forbidden')
    const nodes = await enrol('nodes')
    const facts = new Map([['NodeFacts//n1', nodeFacts('n1')]])
    await ingest.receive(await nodes(), sent(linesOf(headOf({ sequence: 1, scope: 'node/n1' }), facts)))
    const second = linesOf(headOf({ sequence: 1, scope: 'node/n2' }), facts)
    expect(await codeOf(ingest.receive(await nodes(), sent(second)))).toBe('conflict')
    const astray = linesOf(headOf({ sequence: 2, scope: 'node/n1' }), named(configMap('c')))
    expect(await codeOf(ingest.receive(await nodes(), sent(astray)))).toBe('invalid-request')
  })
})

describe('an upload that needs more than one request', () => {
  it('asks for what it lacks, is resumed, and is all or nothing', async () => {
    const { ingest, collector, fresh } = world
    const before = await current()
    const many = Array.from({ length: 60 }, (_, i) => configMap(`m${i}`, { n: String(i) }))
    const lines = linesOf(headOf({ sequence: 40, gaps: [] }), named(...many), () => true)
    const answer = await ingest.receive(await collector(), sent(lines))
    if (answer.state !== 'wanted') throw new Error('nothing is wanted')
    expect(answer.wanted).toBe(60)
    const id = answer.upload
    const first = await ingest.wanted(await collector(), id, '', 25)
    expect(first.wanted).toHaveLength(25)
    const bodies = new Map(many.map(one => [hashOf(one), canonicalJson(one)]))
    await ingest.receiveObjects(await collector(), id, sent(first.wanted.map(hash => bodies.get(hash) ?? '')))
    expect(await ingest.commit(await collector(), id)).toEqual({ state: 'wanted', upload: id, wanted: 35 })
    expect(await current()).toEqual(before)
    expect((await ingest.state(await collector())).uploads).toMatchObject([
      { upload: id, items: 60, sequence: 40 },
    ])

    const stranger = canonicalJson(configMap('stranger'))
    expect(await codeOf(ingest.receiveObjects(await collector(), id, sent([stranger])))).toBe('hash-mismatch')

    // The collector starts anew: what has come is not asked for again.
    const resumed = await ingest.receive(await collector(), sent(lines))
    if (resumed.state !== 'wanted') throw new Error('nothing is wanted')
    expect(resumed.wanted).toBe(35)
    expect(await codeOf(ingest.wanted(await collector(), id))).toBe('not-found')
    const rest = await ingest.wanted(await collector(), resumed.upload)
    expect(rest).toMatchObject({ wanted: { length: 35 } })
    await ingest.receiveObjects(
      await collector(),
      resumed.upload,
      sent(rest.wanted.map(hash => bodies.get(hash) ?? '')),
    )
    expect(await ingest.commit(await collector(), resumed.upload)).toMatchObject({ added: 60, removed: 2 })
    expect(Object.keys(await current())).toHaveLength(61)
    expect(await fresh.db.selectFrom('upload_item').selectAll().execute()).toEqual([])
    expect(await codeOf(ingest.commit(await collector(), resumed.upload))).toBe('not-found')
  })

  it('is staged where it is large, and leaves nothing where it is cut off', async () => {
    const { ingest, collector, fresh } = world
    const large = Array.from({ length: 6000 }, (_, i) => configMap(`l${i}`))
    const lines = linesOf(headOf({ sequence: 50, gaps: [] }), named(...large))
    const before = await current()
    expect(await codeOf(ingest.receive(await collector(), sent(lines.slice(0, 5500))))).toBe(
      'incomplete-upload',
    )
    expect(
      await codeOf(ingest.receive(await collector(), sent([...lines.slice(0, -1), ...lines.slice(-2)]))),
    ).toBe('incomplete-upload')
    expect(await current()).toEqual(before)
    expect(await fresh.db.selectFrom('upload').selectAll().execute()).toEqual([])
    expect(await fresh.db.selectFrom('upload_item').selectAll().execute()).toEqual([])
    expect(await ingest.receive(await collector(), sent(lines))).toMatchObject({ added: 6000, removed: 60 })
  })

  it('takes the place of those that broke while they were being named, however many', async () => {
    const { ingest, collector, fresh, deps } = world
    const { enrolmentId } = await collector()
    const head = headOf({ sequence: 55 })
    for (let i = 0; i < 20; i++)
      await openUpload(
        fresh.db,
        { id: randomUUID(), clusterId, enrolmentId, scope: 'api', sequence: 55, base: undefined, head },
        deps.now(),
      )
    const some = linesOf(head, named(configMap('y', { never: 'sent' })), () => true)
    expect(await ingest.receive(await collector(), sent(some))).toMatchObject({ state: 'wanted' })
    expect((await ingest.state(await collector())).uploads).toHaveLength(1)
  })

  it('fails where a later one of its scope took its place', async () => {
    const { ingest, collector, fresh } = world
    const many = Array.from({ length: 6000 }, (_, i) => configMap(`o${i}`))
    const lines = linesOf(headOf({ sequence: 56 }), named(...many))
    const slow = new PassThrough()
    const first = codeOf(
      ingest.receive(await collector(), { body: slow, encoding: undefined, length: undefined }),
    )
    slow.write(`${lines.slice(0, 3000).join('\n')}\n`)
    while ((await fresh.db.selectFrom('upload').selectAll().where('items', '=', 0).execute()).length === 0)
      await setTimeout(10)
    expect(await ingest.receive(await collector(), sent(lines))).toMatchObject({ state: 'accepted' })
    slow.end(`${lines.slice(3000).join('\n')}\n`)
    expect(await first).toBe('conflict')
    expect(await fresh.db.selectFrom('upload_item').selectAll().limit(1).execute()).toEqual([])
  })

  it('can be given up', async () => {
    const { ingest, collector } = world
    const lines = linesOf(headOf({ sequence: 60 }), named(configMap('z', { never: 'sent' })), () => true)
    const answer = await ingest.receive(await collector(), sent(lines))
    if (answer.state !== 'wanted') throw new Error('nothing is wanted')
    await ingest.cancel(await collector(), answer.upload)
    expect(await codeOf(ingest.cancel(await collector(), answer.upload))).toBe('not-found')
  })
})
