import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currentResources, resourcesAt, type StoredResource } from '../store/resource-versions.ts'
import {
  type Content,
  clusterId,
  configMap,
  headOf,
  ingestWorld,
  keyOf,
  linesOf,
  sent,
  type World,
} from './ingest/testing/wire.ts'
import { defaultRetention, sweep } from './retention.ts'

const day = 24 * 3_600_000
let world: World
beforeAll(async () => {
  world = await ingestWorld()
})
afterAll(() => world.fresh.close())

let sequence = 0
async function take(...contents: Content[]): Promise<void> {
  const named = new Map(contents.map(one => [keyOf((one.metadata as { name: string }).name), one]))
  const gaps = sequence === 0 ? [{ scope: 'cluster', reason: 'forbidden', detail: 'x' }] : []
  const lines = linesOf(headOf({ sequence: ++sequence, gaps }), named)
  expect(await world.ingest.receive(await world.collector(), sent(lines))).toMatchObject({
    state: 'accepted',
  })
}

async function read(batches: AsyncIterable<readonly StoredResource[]>): Promise<string[]> {
  const found: string[] = []
  for await (const batch of batches) found.push(...batch.map(({ json }) => json))
  return found
}

const bodies = async () => {
  const { rows } = await world.fresh.pool.query('select count(*)::int as count from object_body')
  return rows[0].count as number
}

describe('retention', () => {
  it('deletes versions by age and bodies that nothing refers to, and keeps what is current', async () => {
    const { db } = world.fresh
    await take(configMap('a', { v: '1' }), configMap('b'))
    world.pass(10 * day)
    const middle = world.deps.now()
    await take(configMap('a', { v: '2' }), configMap('b'))
    world.pass(60 * day)
    await take(configMap('a', { v: '3' }), configMap('b'))
    expect(await bodies()).toBe(4)
    world.pass(31 * day)
    // The first version of a ended 91 days ago, the second 31.
    expect(await sweep(world.deps)).toMatchObject({ versions: 1, bodies: 1, snapshots: 1 })
    expect(await read(currentResources(db, clusterId))).toHaveLength(2)
    expect(await read(resourcesAt(db, clusterId, new Date(middle.getTime() + day)))).toEqual(
      [configMap('a', { v: '2' }), configMap('b')].map(one => JSON.stringify(one)),
    )
    expect(await sweep(world.deps)).toEqual({
      uploads: 0,
      versions: 0,
      findings: 0,
      rollups: 0,
      snapshots: 0,
      bodies: 0,
      removed: 0,
      clusters: 0,
    })
    world.pass(4000 * day)
    await sweep(world.deps)
    expect(await read(currentResources(db, clusterId))).toHaveLength(2)
    expect(await bodies()).toBe(2)
    expect(await db.selectFrom('snapshot').select('sequence').execute()).toEqual([{ sequence: '3' }])
  })

  it('gives up uploads that nobody touches, and what came for them alone', async () => {
    const { db } = world.fresh
    const many = Array.from({ length: 10 }, (_, i) => configMap(`u${i}`))
    const named = new Map(many.map(one => [keyOf((one.metadata as { name: string }).name), one]))
    const lines = linesOf(headOf({ sequence: ++sequence }), named, key => key.endsWith('0'))
    const answer = await world.ingest.receive(await world.collector(), sent(lines))
    expect(answer).toMatchObject({ state: 'wanted', wanted: 1 })
    world.pass(2 * 3_600_000)
    // While it is open, what came for it stays.
    expect(await sweep(world.deps)).toMatchObject({ uploads: 0, bodies: 0 })
    world.pass(5 * 3_600_000)
    expect(await sweep(world.deps)).toMatchObject({ uploads: 1, bodies: 9 })
    expect(await db.selectFrom('upload_item').selectAll().execute()).toEqual([])
    expect(await bodies()).toBe(2)
  })

  it('deletes what people said of a finding with it, and keeps what they said of others', async () => {
    const { pool } = world.fresh
    const now = world.deps.now().getTime()
    const resolved = { old: new Date(now - 1200 * day), late: new Date(now - 1000 * day) }
    for (const [id, at] of Object.entries(resolved)) {
      await pool.query(
        `insert into finding (cluster_id, finding_id, rule, asset_key, severity, outcome, state, api_version, kind, namespace, name,
           root_kind, root_key, evidence_digest, first_seen, opened_at, changed_at, resolved_at)
         values ($1, $2, 'r', 'k', 1, 'fail', 'resolved', 'v1', 'ConfigMap', 'n', 'a', 'ConfigMap', 'k', '', $3, $3, $3, $3)`,
        [clusterId, id, at],
      )
      await pool.query(
        `insert into finding_note (cluster_id, note_id, finding_id, at, author_id, author_name, type, body)
         values ($1, gen_random_uuid(), $2, $3, 'p', 'P', 'comment', 'x')`,
        [clusterId, id, at],
      )
    }
    await sweep(world.deps)
    for (const table of ['finding', 'finding_note'])
      expect((await pool.query(`select finding_id from ${table}`)).rows).toEqual([{ finding_id: 'late' }])
    await pool.query('delete from finding_note')
    await pool.query('delete from finding')
  })

  it('thins tallies and scores to what held at midnights, and ends them by their own age', async () => {
    const { pool } = world.fresh
    const now = world.deps.now().getTime()
    const start = now - (now % day) - 200 * day
    // Four changes a day, at 3, 9, 15 and 21 o'clock, for three days; then the current one.
    const changes = Array.from({ length: 12 }, (_, i) => new Date(start + (3 + 6 * i) * 3_600_000))
    for (const [i, from] of changes.entries())
      await pool.query(
        `insert into score (cluster_id, scope_key, benchmark, edition, section, valid_from, valid_to, value, evaluated, not_evaluated)
         values ($1, '', 'b', '1', '', $2, $3, $4, 1, 0)`,
        [clusterId, from, changes[i + 1] ?? 'infinity', i],
      )
    const left = async () =>
      (
        await pool.query('select value from score where cluster_id = $1 order by valid_from', [clusterId])
      ).rows.map(row => row.value as number)
    await sweep(world.deps)
    // Each night one: from 21 to 3 o'clock, which is the fourth of each day; the current one is the last.
    expect(await left()).toEqual([3, 7, 11])
    await sweep(world.deps, { ...defaultRetention, rollupDays: 150 })
    expect(await left()).toEqual([11])
  })
})
