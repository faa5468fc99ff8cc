import type { IngestReport } from '@plimsoll/core/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openHeartbeats } from './heartbeats.ts'
import { clusterId, headOf, ingestWorld, linesOf, sent, type World } from './testing/wire.ts'

let world: World
beforeAll(async () => {
  world = await ingestWorld()
})
afterAll(async () => {
  await world.fresh.close()
})

const report = (more: Partial<IngestReport> = {}): IngestReport => ({
  scope: 'api',
  collector: { name: 'plimsoll', version: '0.0.0', id: 'test' },
  state: 'partial',
  reasons: [{ code: 'forbidden', detail: 'grant it' }],
  permissions: [{ kind: 'Pod', group: '', resource: 'pods', allowed: 'no' }],
  wait: 30,
  ...more,
})
const never = new AbortController().signal
const ask = async (at: string) =>
  await sql`update cluster set scan_asked_at = ${at} where cluster_id = ${clusterId}`.execute(world.fresh.db)
const collectorNow = async () => {
  const { rows } = await sql<{ collector: unknown }>`select collector from collector_scope`.execute(
    world.fresh.db,
  )
  return rows[0]?.collector
}

it('keeps what a collector says of itself, over the snapshots that it sends', async () => {
  const beats = openHeartbeats(world.deps, 10)
  expect(await beats.beat(await world.collector(), report({ wait: 0 }), never)).toEqual({})
  await world.ingest.receive(await world.collector(), sent(linesOf(headOf({ sequence: 1 }), new Map())))
  await beats.beat(await world.collector(), report({ wait: 0 }), never)
  const told = { id: 'test', state: 'partial', reasons: [{ code: 'forbidden', detail: 'grant it' }] }
  expect(await collectorNow()).toMatchObject(told)
  await world.ingest.receive(await world.collector(), sent(linesOf(headOf({ sequence: 2 }), new Map())))
  expect(await collectorNow()).toMatchObject(told)
  const other = { collector: { name: 'plimsoll', version: '0.0.0', id: 'scan' } }
  await world.ingest.receive(
    await world.collector(),
    sent(linesOf(headOf({ sequence: 3, more: other }), new Map())),
  )
  expect(await collectorNow()).toEqual(other.collector)
})

it('holds the request until a scan is asked for, tells it once, and ends with the client', async () => {
  const beats = openHeartbeats(world.deps, 10)
  const held = beats.beat(await world.collector(), report(), never)
  const askedAt = '2099-02-03T06:00:00.000Z'
  await ask(askedAt)
  expect(await held).toEqual({ scanAskedAt: askedAt })
  expect(await beats.beat(await world.collector(), report({ heard: askedAt, wait: 0 }), never)).toEqual({})
  const gone = new AbortController()
  const waiting = beats.beat(await world.collector(), report({ heard: askedAt }), gone.signal)
  gone.abort()
  expect(await waiting).toEqual({})
  const later = '2099-02-03T07:00:00.000Z'
  await ask(later)
  expect(await beats.beat(await world.collector(), report({ heard: askedAt }), never)).toEqual({
    scanAskedAt: later,
  })
})

it('does not ask one who has just come for what was answered before', async () => {
  const beats = openHeartbeats(world.deps, 10)
  await ask('2020-01-01T00:00:00.000Z')
  expect(await beats.beat(await world.collector(), report({ wait: 1 }), never)).toEqual({})
})
