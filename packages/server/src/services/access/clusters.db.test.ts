import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownCluster, sendTenants } from '../../http/testing/two-tenants.ts'
import { clusterPage, clusterSorts } from '../../store/fleet.ts'
import { everything, type Permitted } from '../../store/permitted.ts'
import { findAsset } from '../../store/resources.ts'
import { scoresAt } from '../../store/tallies.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { testWorld } from '../../testing/world.ts'
import { assessCluster } from '../assess/assess-cluster.ts'
import { editions, nothingDecided, rules } from '../assess/testing/world.ts'
import { warmClusters } from '../assess/warm.ts'
import { Ingest } from '../ingest/ingest.ts'
import { orderOf } from '../read/reading.ts'
import { faultOf } from '../testing/fault-of.ts'
import { systemActor, verifyAudit } from './audit.ts'
import { askForScan, clusterRemoved, removeCluster } from './clusters.ts'
import { collectorOfToken, createEnrolment, listEnrolments } from './enrolments.ts'

let fresh: FreshDatabase
let world: ReturnType<typeof testWorld>
const warm = warmClusters(1e9)
beforeEach(async () => {
  fresh = await freshDatabase()
  world = testWorld(fresh.db)
  await sendTenants(world, 'nothing')
  await assess()
})
afterEach(() => fresh.close())

const assess = () =>
  assessCluster(
    { ...world, pack: { rules, editions, version: '1' }, basisOf: async () => nothingDecided, warm },
    ownCluster,
  )
const listed = async (at?: Date) =>
  (
    await clusterPage(
      fresh.db,
      everything,
      sql`true`,
      orderOf(clusterSorts.name, 'asc'),
      undefined,
      10,
      at && { at, staleAfter: 1e9 },
    )
  ).rows.map(row => [row.cluster_id, row.failed])
const states = async () =>
  (
    await sql<{ state: string; resolution: string | null; reopened: number; count: number }>`
      select state, resolution, reopened, count(*)::int as count from finding group by 1, 2, 3`.execute(
      fresh.db,
    )
  ).rows

describe('removing a cluster', () => {
  it('takes it out of what is current, and leaves what it was', async () => {
    const [before] = await states()
    expect(before).toMatchObject({ state: 'open' })
    const then = await listed()
    world.pass(1000)
    const past = world.now()
    world.pass(1000)
    await removeCluster(world, everything, ownCluster, systemActor)
    expect(await listed()).toEqual([])
    expect(await states()).toEqual([
      { state: 'resolved', resolution: clusterRemoved, reopened: 0, count: before?.count },
    ])
    expect(await scoresAt(fresh.db, ownCluster, undefined)).toEqual([])
    expect((await scoresAt(fresh.db, ownCluster, past)).length).toBeGreaterThan(0)
    expect(await listed(past)).toEqual(then)
    expect(
      await findAsset(fresh.db, everything, ownCluster, 'ServiceAccount/alpha/alpha-web', past),
    ).toMatchObject({
      gone_at: null,
    })
    expect((await listEnrolments(world)).map(({ state }) => state)).toEqual(['revoked'])
    const { rows } = await sql<{ action: string; detail: unknown }>`
      select action, detail from audit_entry order by number desc limit 1`.execute(fresh.db)
    expect(rows).toMatchObject([
      {
        action: 'cluster.removed',
        detail: { name: 'alpha', findings: before?.count, enrolments: [{ name: 'alpha' }] },
      },
    ])
    expect((await verifyAudit(fresh.db)).isWhole).toBe(true)
    // A job that was asked for before wakes nothing.
    expect(await assess()).toMatchObject({ outcome: 'absent' })
    expect(await faultOf(removeCluster(world, everything, ownCluster, systemActor))).toBe('not-found')
  })

  it('is undone by a collector that is enrolled for it anew', async () => {
    const then = await listed()
    world.pass(1000)
    await removeCluster(world, everything, ownCluster, systemActor)
    world.pass(1000)
    const away = world.now()
    world.pass(1000)
    await sendTenantsAgain()
    expect(await assess()).toMatchObject({ outcome: 'assessed', isCold: true })
    expect(await listed()).toEqual(then)
    expect(await listed(away)).toEqual([])
    expect((await states()).map(({ state, reopened }) => ({ state, reopened }))).toEqual([
      { state: 'open', reopened: 1 },
    ])
  })

  it('is for who sees all of it', async () => {
    const some: Permitted = { all: false, terms: [{ clusters: [ownCluster], namespaces: ['alpha'] }] }
    expect(await faultOf(removeCluster(world, some, ownCluster, systemActor))).toBe('not-found')
    expect(await faultOf(removeCluster(world, everything, 'nowhere', systemActor))).toBe('not-found')
    expect(await listed()).toHaveLength(1)
  })

  /** The same snapshot, by another enrolment. */
  async function sendTenantsAgain() {
    await sql`update collector_scope set sequence = 0`.execute(fresh.db)
    await sql`delete from snapshot`.execute(fresh.db)
    await sendTenants(world, 'nothing')
  }
})

describe('asking for a scan', () => {
  it('is told to the collector until it has sent one', async () => {
    const { token } = await createEnrolment(
      world,
      { name: 'alpha', environment: '', labels: {}, options: {} },
      systemActor,
    )
    await sql`update enrolment set cluster_id = ${ownCluster}`.execute(fresh.db)
    const ingest = new Ingest({ deps: world, onAccepted: async () => {} })
    const state = async () => {
      const collector = await collectorOfToken(world, token)
      return collector && (await ingest.state(collector)).scanAskedAt
    }
    expect(await state()).toBeUndefined()
    world.pass(1000)
    const { askedAt } = await askForScan(world, everything, ownCluster, systemActor)
    expect(await state()).toBe(askedAt.toISOString())
    world.pass(1000)
    await sql`update collector_scope set received_at = ${world.now()}`.execute(fresh.db)
    expect(await state()).toBeUndefined()
    await sql`update enrolment set revoked_at = now()`.execute(fresh.db)
    expect(await faultOf(askForScan(world, everything, ownCluster, systemActor))).toBe('conflict')
  })
})
