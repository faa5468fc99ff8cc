// Cluster changes: whose word counts for what a cluster is called, as snapshots and people speak in turn, and what was so is kept.

import { afterEach, beforeEach, expect, it } from 'vitest'
import { findCluster } from '../../store/clusters.ts'
import { everything } from '../../store/permitted.ts'
import {
  clusterId,
  configMap,
  headOf,
  ingestWorld,
  keyOf,
  linesOf,
  sent,
  type World,
} from '../ingest/testing/wire.ts'
import { faultOf } from '../testing/fault-of.ts'
import { systemActor } from './audit.ts'
import { type ClusterChange, changeCluster } from './clusters.ts'

let world: World
beforeEach(async () => {
  world = await ingestWorld()
})
afterEach(() => world.fresh.close())

let sequence = 0
const contents = new Map([[keyOf('a'), configMap('a')]])
/** Sends the same resources; `said` is what the agent's flags say. */
async function send(said?: object, by = world.collector) {
  world.pass(1000)
  const head = headOf({ sequence: ++sequence })
  const lines = linesOf({ ...head, cluster: { ...head.cluster, ...(said && { said }) } }, contents)
  return await world.ingest.receive(await by(), sent(lines))
}
const changed: string[] = []
const set = (change: ClusterChange) =>
  changeCluster(
    world.deps,
    everything,
    clusterId,
    change,
    systemActor,
    async (_trx, id) => void changed.push(id),
  )
async function known() {
  const { name, environment, labels } = (await findCluster(world.fresh.db, clusterId)) ?? {}
  return { name, environment, labels }
}

it('a person’s word counts, else the agent’s, else the enrolment’s', async () => {
  await send()
  expect(await known()).toEqual({ name: 'shop', environment: 'test', labels: {} })
  await send({ environment: 'staging', labels: { team: 'web' } })
  expect(await known()).toEqual({ name: 'shop', environment: 'staging', labels: { team: 'web' } })
  // Who is no agent says nothing, and takes nothing back.
  await send()
  expect((await known()).environment).toBe('staging')

  world.pass(1000)
  await set({ environment: 'production', name: 'shop-eu' })
  expect(await known()).toEqual({ name: 'shop-eu', environment: 'production', labels: { team: 'web' } })
  await send({ environment: 'test', labels: { team: 'store' }, name: 'other' })
  expect(await known()).toEqual({ name: 'shop-eu', environment: 'production', labels: { team: 'store' } })
  world.pass(1000)
  await set({ environment: null })
  expect(await known()).toEqual({ name: 'shop-eu', environment: 'test', labels: { team: 'store' } })
  // An agent whose flags were taken away says that it has none.
  await send({})
  expect(await known()).toEqual({ name: 'shop-eu', environment: 'test', labels: {} })
  world.pass(1000)
  await set({ name: null })
  expect(await known()).toEqual({ name: 'shop', environment: 'test', labels: {} })
})

it('what changes is assessed anew, audited, and kept as it was; what does not is none of it', async () => {
  await send({ environment: 'staging' })
  const accepted = world.accepted.length
  await send({ environment: 'staging' })
  expect(world.accepted).toHaveLength(accepted)
  await send({ environment: 'production' })
  expect(world.accepted).toHaveLength(accepted + 1)
  changed.length = 0
  world.pass(1000)
  await set({ environment: 'production' })
  expect(changed).toEqual([])
  await set({ labels: { tier: 'one' } })
  expect(changed).toEqual([clusterId])
  const { rows } = await world.fresh.pool.query(
    `select environment, labels, valid_from = lag(valid_to, 1, '-infinity') over (order by valid_from) as follows
     from cluster_state order by valid_from`,
  )
  expect(rows).toEqual([
    { environment: 'staging', labels: {}, follows: true },
    { environment: 'production', labels: {}, follows: true },
    { environment: 'production', labels: { tier: 'one' }, follows: true },
  ])
  const audited = await world.fresh.pool.query(
    `select detail from audit_entry where action = 'cluster.changed' order by number desc limit 1`,
  )
  expect(audited.rows).toEqual([
    {
      detail: {
        before: { name: 'shop', environment: 'production', labels: {} },
        after: { name: 'shop', environment: 'production', labels: { tier: 'one' } },
        set: { environment: 'production', labels: { tier: 'one' } },
      },
    },
  ])
  expect(
    await faultOf(
      changeCluster(
        world.deps,
        { all: false, terms: [] },
        clusterId,
        { name: 'x' },
        systemActor,
        async () => {},
      ),
    ),
  ).toBe('not-found')
})

it('of several enrolments the newest speaks', async () => {
  await send()
  world.pass(1000)
  const later = await world.enrol('renamed')
  await send(undefined, later)
  expect((await known()).name).toBe('renamed')
  await send()
  expect((await known()).name).toBe('renamed')
})
