// Past: what lists of resources and clusters say of an instant is what they said then, through random histories.

import { assetFields, findingFields, knownWordsOf } from '@plimsoll/core'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assetColumnsFor } from '../../store/assets-as-of.ts'
import { clusterNames } from '../../store/cluster-names.ts'
import { findingPage, findingSorts } from '../../store/findings.ts'
import { clusterPage, clusterSorts, collectorRows, componentCounts } from '../../store/fleet.ts'
import { componentsAsOf } from '../../store/fleet-as-of.ts'
import { everything, type Permitted, permittedAt } from '../../store/permitted.ts'
import { clusterScores, visibleEditions } from '../../store/posture.ts'
import { findingColumns } from '../../store/query-columns.ts'
import { assetPage, assetSorts } from '../../store/resources.ts'
import { systemActor } from '../access/audit.ts'
import { changeCluster, removeCluster } from '../access/clusters.ts'
import { accepted, labelled, snapshotStep } from '../assess/testing/histories.ts'
import {
  assessmentWorld,
  clusterId,
  configMap,
  forbidden,
  pack,
  type World,
} from '../assess/testing/world.ts'
import { pastOf, staleAfter } from './past.ts'
import { orderOf, type Reading, readingOf, readQuery } from './reading.ts'

const toldOfClusters = [
  'cluster_id',
  'name',
  'environment',
  'labels',
  'status',
  'resources',
  'failed',
  'high',
  'medium',
  'low',
  'excepted',
  'not_evaluated',
  'seen_at',
] as const

let world: World
let reading: Reading
beforeEach(async () => {
  world = await assessmentWorld()
  const deps = { db: world.fresh.db, now: world.now, randomBytes: () => Buffer.alloc(0) }
  const known = knownWordsOf(pack.rules, pack.editions)
  reading = readingOf(deps, pack, known, async () => Buffer.alloc(32))
})
afterEach(() => world.fresh.close())

const environment = fc.constantFrom('production', 'staging', '')
const labels = fc.constantFrom({}, { team: 'web' }, { team: 'web', tier: 'one' })
const name = fc.constantFrom('shop', 'store')
const step = fc.record({
  ...snapshotStep,
  // What the agent says with its snapshot, if it says anything; what a person sets beside it.
  said: fc.option(fc.record({ environment, labels, name }, { requiredKeys: [] }), { nil: undefined }),
  sets: fc.option(
    fc.record(
      { environment: fc.option(environment), labels: fc.option(labels), name: fc.option(name) },
      { requiredKeys: [] },
    ),
  ),
  removes: fc.integer({ min: 0, max: 4 }).map(number => number === 0),
})

/** What the lists say, now or of an instant; what is not kept over time left out. */
async function told(sight: Permitted, at?: Date) {
  const { db } = world.fresh
  const permitted = permittedAt(sight, at)
  const all = { condition: sql<boolean>`true`, at }
  const list = async (withGone: boolean) =>
    (
      await assetPage(db, permitted, { ...all, withGone }, orderOf(assetSorts.worst, 'desc'), undefined, 100)
    ).rows.map(row => ({
      key: row.asset_key,
      cluster: row.cluster_name,
      counts: [row.critical, row.high, row.medium, row.low, row.excepted],
      goneAt: withGone ? row.gone_at : null,
    }))
  const asOf = at && { at, staleAfter }
  const { rows } = await clusterPage(
    db,
    permitted,
    sql`true`,
    orderOf(clusterSorts.worst, 'desc'),
    undefined,
    10,
    asOf,
  )
  // By what was known of the cluster then.
  const q = 'environment : production or cluster.label.tier : one'
  const ofResources = await readQuery(reading, q, assetFields, assetColumnsFor(at), at)
  const ofFindings = await readQuery(reading, `not (${q})`, findingFields, findingColumns, at)
  const resources = await assetPage(
    db,
    permitted,
    { condition: ofResources.condition, at, withGone: false },
    orderOf(assetSorts.worst, 'desc'),
    undefined,
    100,
  )
  const findings = await findingPage(
    db,
    permitted,
    { condition: sql<boolean>`finding.state <> 'resolved' and ${ofFindings.condition}`, at },
    orderOf(findingSorts.severity, 'desc'),
    undefined,
    100,
  )
  const scores = await clusterScores(db, permitted, at, {})
  return {
    asked: [
      resources.rows.map(row => row.asset_key),
      findings.rows.map(row => `${row.finding_id} ${row.cluster_name}`).toSorted(),
    ],
    scores: scores.map(({ value, low, high }) => [value, low, high]),
    editions: (await visibleEditions(db, permitted, at)).map(({ clusters }) => clusters),
    names: [...(await clusterNames(db, at))],
    there: await list(false),
    withGone: await list(true),
    clusters: rows.map(row => Object.fromEntries(toldOfClusters.map(column => [column, row[column]]))),
    components: at
      ? await componentsAsOf(db, permitted, clusterId, at)
      : await componentCounts(db, permitted, clusterId),
  }
}

const sights: Readonly<Record<string, Permitted>> = {
  everything,
  namespaces: { all: false, terms: [{ namespaces: ['sh*'] }] },
  production: { all: false, terms: [{ clusterLabels: { environment: 'production' } }] },
  // Two zones, one of them of a part.
  teams: {
    all: false,
    terms: [
      { clusterLabels: { team: 'web', tier: 'one' } },
      { clusterLabels: { environment: 'staging' }, namespaces: ['shop'] },
    ],
  },
}
const toldToAll = async (at?: Date) =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(sights).map(async ([who, sight]) => [who, await told(sight, at)] as const),
    ),
  )

describe('resources and clusters as of an instant', () => {
  it('are what was told then, through any history, by whoever asks', async () => {
    const { db } = world.fresh
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async steps => {
        for (const table of [
          'finding',
          'finding_interval',
          'asset',
          'asset_absence',
          'cluster_absence',
          'cluster_past',
          'assessment',
        ])
          await sql`delete from ${sql.table(table)}`.execute(db)
        for (const table of ['tally', 'score', 'rule_count', 'snapshot', 'collector_scope', 'cluster'])
          await sql`delete from ${sql.table(table)}`.execute(db)
        await sql`delete from resource_version`.execute(db)
        const assess = world.replica()
        const past: { at: Date; told: unknown }[] = []
        const remember = async () => {
          world.pass(1000)
          past.push({ at: world.now(), told: await toldToAll() })
        }
        for (const { resources: own, gaps, excepts, removes, said, sets } of steps) {
          world.pass(1000)
          world.decide({ exceptions: excepts ? [accepted] : [] })
          await world.send(own, gaps, said)
          await assess()
          await remember()
          if (sets) {
            world.pass(1000)
            await changeCluster(
              { db, now: world.now },
              everything,
              clusterId,
              sets,
              systemActor,
              async () => {},
            )
            await remember()
          }
          if (!removes) continue
          world.pass(1000)
          await removeCluster({ db, now: world.now }, everything, clusterId, systemActor)
          // Whoever enrolled it anew sends by the same token here.
          await sql`update enrolment set revoked_at = null`.execute(db)
          await assess()
          await remember()
        }
        for (const { at, told: then } of past) expect(await toldToAll(at)).toEqual(then)
      }),
      { numRuns: 25, seed: 20260203 },
    )
  }, 120_000)

  it('tell how much had been read then, and since when a silent collector is stale', async () => {
    const { db } = world.fresh
    await world.send([configMap('a', {}, labelled)], [forbidden('Secret')])
    world.pass(1000)
    const early = world.now()
    world.pass(1000)
    await world.send([configMap('a', {}, labelled), configMap('b')])
    const [now] = await collectorRows(db, everything, clusterId)
    expect(now).toMatchObject({ resources: 2, gaps: [] })
    expect((await told(everything, early)).clusters).toMatchObject([{ status: 'partial', resources: 1 }])
    world.pass(staleAfter + 1000)
    expect((await told(everything, world.now())).clusters).toMatchObject([{ status: 'stale', resources: 2 }])
    expect((await told(everything, new Date('2026-02-01'))).clusters).toEqual([])
  })

  it('say since when it is known where one asks for more', () => {
    const daysAgo = (days: number) => new Date(world.now().getTime() - days * 86_400_000).toISOString()
    expect(pastOf(reading, undefined)).toBeUndefined()
    expect(pastOf(reading, daysAgo(89))?.toISOString()).toBe(daysAgo(89))
    expect(() => pastOf(reading, daysAgo(91))).toThrow(`known since ${daysAgo(90)}`)
    expect(pastOf(reading, daysAgo(1000), 'rollups')?.toISOString()).toBe(daysAgo(1000))
    expect(() => pastOf(reading, daysAgo(1101), 'rollups')).toThrow('1100 days')
  })
})
