// Removed clusters: after the time for which the past is kept nothing is left of them but what the fleet's past is added up from.

import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { distributedTables } from '../database/distribution.ts'
import { keptRollups, purgedObjects, purgedTables } from '../store/cluster-purge.ts'
import { everything } from '../store/permitted.ts'
import { currentResources } from '../store/resource-versions.ts'
import { scoresAt } from '../store/tallies.ts'
import { systemActor } from './access/audit.ts'
import { removeCluster } from './access/clusters.ts'
import { assessCluster } from './assess/assess-cluster.ts'
import { editions, nothingDecided, rules } from './assess/testing/world.ts'
import { warmClusters } from './assess/warm.ts'
import {
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
const [ownCluster, otherCluster] = [clusterId, '7b0c1d52-1111-4c6e-9d55-0e3c6f5b8a02']
let world: World
beforeEach(async () => {
  world = await ingestWorld()
  await send(ownCluster, world.collector)
  await send(otherCluster, await world.enrol('other'))
})
afterEach(() => world.fresh.close())

/** The same content in each, as every cluster holds the objects that its distribution brings. */
const contents = new Map(
  ['a', 'b', 'c'].map(name => [keyOf(name), configMap(name, { bad: 'x'.repeat(2000) })] as const),
)
let sequence = 0
async function send(uid: string, by: World['collector']) {
  const lines = linesOf(headOf({ sequence: ++sequence, uid }), contents)
  await world.ingest.receive(await by(), sent(lines))
  return await assessCluster(
    {
      ...world.deps,
      pack: { rules, editions, version: '1' },
      basisOf: async () => nothingDecided,
      warm: warmClusters(0),
    },
    uid,
  )
}
const remove = () => removeCluster(world.deps, everything, ownCluster, systemActor)
const everyTable = [...distributedTables, 'cluster', 'cluster_absence', 'cluster_past', 'enrolment']
/** All rows of a cluster, as texts, by table; tables without any left out. */
async function rowsOf(id: string): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {}
  for (const table of everyTable) {
    const { rows } = await sql<{ text: string }>`
      select own::text as text from ${sql.table(table)} as own where cluster_id = ${id} order by 1`.execute(
      world.fresh.db,
    )
    if (rows.length > 0) found[table] = rows.map(({ text }) => text)
  }
  return found
}

describe('a removed cluster', () => {
  it('is known for as long as the past is, and then goes but for its rollups; others stay as they are', async () => {
    world.pass(1.5 * day)
    const midnight = new Date(Math.floor(world.deps.now().getTime() / day) * day)
    const then = await scoresAt(world.fresh.db, ownCluster, midnight)
    expect(then.length).toBeGreaterThan(0)
    await remove()
    const before = await rowsOf(ownCluster)
    world.pass((defaultRetention.historyDays - 1) * day)
    expect(await sweep(world.deps)).toMatchObject({ removed: 0, clusters: 0 })
    expect(Object.keys(await rowsOf(ownCluster))).toEqual(Object.keys(before))

    const other = await rowsOf(otherCluster)
    world.pass(2 * day)
    const { removed, clusters } = await sweep(world.deps)
    expect(removed).toBeGreaterThan(20)
    expect(clusters).toBe(0)
    expect(Object.keys(await rowsOf(ownCluster)).sort()).toEqual(['cluster', 'score', 'tally'])
    expect(await rowsOf(otherCluster)).toEqual(other)
    expect(other.object_body?.length).toBeGreaterThan(0)
    const objects: string[] = []
    for await (const batch of currentResources(world.fresh.db, otherCluster))
      objects.push(...batch.map(({ json }) => json))
    expect(objects).toHaveLength(contents.size)
    // What the fleet came to while the cluster was there can still be added up.
    expect(await scoresAt(world.fresh.db, ownCluster, midnight)).toEqual(then)

    expect(await sweep(world.deps)).toMatchObject({ removed: 0, clusters: 0 })
    world.pass(defaultRetention.rollupDays * day)
    expect(await sweep(world.deps)).toMatchObject({ removed: 0, clusters: 1 })
    expect(await rowsOf(ownCluster)).toEqual({})
    expect(Object.keys(await rowsOf(otherCluster))).toContain('object_body')
  })

  it('goes in batches, whatever is left of it by a stop between two of them', async () => {
    await remove()
    world.pass((defaultRetention.historyDays + 1) * day)
    const first = (await rowsOf(ownCluster)).resource_version?.length ?? 0
    const stopped = new AbortController()
    stopped.abort()
    expect(await sweep(world.deps, defaultRetention, stopped.signal)).toMatchObject({ removed: 0 })
    expect((await rowsOf(ownCluster)).resource_version).toHaveLength(first)
    await sweep(world.deps)
    expect(Object.keys(await rowsOf(ownCluster))).not.toContain('resource_version')
  })

  it('comes back as a whole after it went', async () => {
    const before = await rowsOf(ownCluster)
    await remove()
    world.pass((defaultRetention.historyDays + 1) * day)
    await sweep(world.deps)
    expect(await send(ownCluster, await world.enrol('again'))).toMatchObject({
      outcome: 'assessed',
      isCold: true,
    })
    const after = await rowsOf(ownCluster)
    for (const table of ['finding', 'asset', 'resource_version', 'rule_count'])
      expect(after[table]).toHaveLength(before[table]?.length ?? 0)
    world.pass(day)
    expect(await sweep(world.deps)).toMatchObject({ removed: 0, clusters: 0 })
    expect(Object.keys(await rowsOf(ownCluster))).toEqual(Object.keys(after))
  })

  it('is looked for in every table of clusters', () => {
    const told = [...purgedTables, ...purgedObjects].map(({ table }) => table)
    // Uploads go by their own age, before anything of their cluster does.
    expect([...told, ...keptRollups, 'upload', 'upload_item'].sort()).toEqual([...distributedTables].sort())
  })
})
