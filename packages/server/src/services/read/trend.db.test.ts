// Trend: each point is the score of the sum of what was tallied then, through clusters that come and go.

import {
  type Edition,
  knownWordsOf,
  mergeControls,
  type PackedControl,
  scoreOf,
  unpackControls,
} from '@plimsoll/core'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { narrow } from '../../store/narrow.ts'
import { everything, type Permitted } from '../../store/permitted.ts'
import { insertRecords } from '../../store/records.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { testWorld } from '../../testing/world.ts'
import { editions, rules } from '../assess/testing/world.ts'
import { readingOf } from './reading.ts'
import { trendOf } from './trend.ts'

const [edition] = editions as readonly [Edition]
const start = Date.parse('2026-03-01T12:00:00.000Z')
const hour = 3_600_000
const instants = Array.from({ length: 8 }, (_, index) => new Date(start - (8 - index) * hour))

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
  await insertRecords(
    fresh.db,
    'cluster',
    ['c1', 'c2', 'c3'].map(id => ({
      cluster_id: id,
      name: id,
      account: id === 'c3' ? 'beta' : 'alpha',
      created_at: new Date(0).toISOString(),
    })),
  )
})
afterAll(() => fresh.close())

/** As `packControls` writes them: subjects, outcome, part. */
const control: fc.Arbitrary<PackedControl> = fc.oneof(
  fc.constant<PackedControl>(0),
  fc
    .record({
      counts: fc.tuple(fc.nat(4), fc.nat(4), fc.nat(2), fc.constantFrom(0, 0, 1), fc.nat(2)),
      unbounded: fc.constantFrom(0, 0, 0, 1),
      outcome: fc.nat(5),
      part: fc.nat(2),
    })
    .map(({ counts, unbounded, outcome, part }) => [...counts, unbounded, outcome, part]),
)
/** Uneven: a scope has a tally for some of the hours. */
const history = fc.array(
  fc.record({
    from: fc.nat(9),
    length: fc.integer({ min: 1, max: 6 }),
    counts: fc.tuple(control, control, control),
  }),
  { maxLength: 3 },
)
interface Row {
  readonly cluster_id: string
  readonly scope_key: string
  readonly from: number
  readonly to: number
  readonly counts: readonly PackedControl[]
}
const scopes = ['c1', 'c2', 'c3'].flatMap(cluster =>
  ['', 'namespace/web', 'namespace/db'].map(scope => [cluster, scope] as const),
)
const tallies = fc.tuple(...scopes.map(() => history)).map(histories =>
  histories.flatMap((own, index): Row[] => {
    const [cluster_id, scope_key] = scopes[index] as readonly [string, string]
    let free = 0
    return own.map(({ from, length, counts }) => {
      const begin = Math.max(from, free)
      free = begin + length
      return { cluster_id, scope_key, from: begin, to: free, counts }
    })
  }),
)

const sights: Record<string, { permitted: Permitted; sees: (row: Row) => boolean }> = {
  fleet: { permitted: everything, sees: ({ scope_key }) => scope_key === '' },
  account: {
    permitted: narrow(everything, [{ accounts: ['alpha'] }]),
    sees: ({ cluster_id, scope_key }) => scope_key === '' && cluster_id !== 'c3',
  },
  zone: {
    permitted: narrow(everything, [{ namespaces: ['w*'] }]),
    sees: ({ scope_key }) => scope_key === 'namespace/web',
  },
  both: {
    permitted: narrow({ all: false, terms: [{ clusters: ['c1', 'c3'] }] }, [
      { accounts: ['beta'] },
      { namespaces: ['db'] },
    ]),
    sees: ({ cluster_id, scope_key }) =>
      cluster_id === 'c3' ? scope_key === '' : cluster_id === 'c1' && scope_key === 'namespace/db',
  },
}

/** An instant before the end of the interval that ends at hour `to` and one after. */
const timeOf = (hours: number) => new Date(start - 9 * hour + hours * hour - hour / 2).toISOString()

function naive(rows: readonly Row[]) {
  return instants.flatMap(at => {
    const held = rows.filter(
      ({ from, to }) => timeOf(from) <= at.toISOString() && at.toISOString() < timeOf(to),
    )
    const merged = mergeControls(held.map(row => unpackControls(edition, row.counts)))
    if (!merged) return []
    const { value, low, high } = scoreOf(edition.benchmark, edition.edition, merged)
    return [{ at, value, low, high, clusters: new Set(held.map(row => row.cluster_id)).size }]
  })
}

describe('a trend', () => {
  it('adds up at each instant what was tallied then, for the fleet, an account and a zone', async () => {
    const { db } = fresh
    const world = testWorld(db, new Date(start).toISOString())
    const reading = readingOf(world, { rules, editions }, knownWordsOf(rules, editions), async () =>
      Buffer.alloc(32),
    )
    await fc.assert(
      fc.asyncProperty(tallies, async rows => {
        await sql`delete from tally`.execute(db)
        await insertRecords(
          db,
          'tally',
          rows.map(({ from, to, counts, ...row }) => ({
            ...row,
            benchmark: edition.benchmark,
            edition: edition.edition,
            valid_from: timeOf(from),
            valid_to: to > 9 ? 'infinity' : timeOf(to),
            counts,
          })),
        )
        const trend = trendOf(reading)
        for (const [name, { permitted, sees }] of Object.entries(sights)) {
          const wanted = { name, points: naive(rows.filter(sees)) }
          const asked = { permitted, clusterId: undefined }
          expect({ name, points: await trend(edition, asked, instants) }).toEqual(wanted)
          // The second time most of them are remembered.
          expect({ name, points: await trend(edition, asked, instants) }).toEqual(wanted)
        }
        const one = await trend(edition, { permitted: everything, clusterId: 'c2' }, instants)
        expect(one).toEqual(naive(rows.filter(row => row.cluster_id === 'c2' && row.scope_key === '')))
      }),
      { numRuns: 60, seed: 20260301 },
    )
  }, 60_000)

  it('leaves out instants whose tallies are of other controls', async () => {
    const { db } = fresh
    await sql`delete from tally`.execute(db)
    const held = { scope_key: '', benchmark: edition.benchmark, edition: edition.edition }
    await insertRecords(db, 'tally', [
      { ...held, cluster_id: 'c1', valid_from: timeOf(0), valid_to: timeOf(5), counts: [0] },
      {
        ...held,
        cluster_id: 'c1',
        valid_from: timeOf(5),
        valid_to: 'infinity',
        counts: [[3, 1, 0, 0, 0, 0, 1, 0], 0, 0],
      },
    ])
    const world = testWorld(db, new Date(start).toISOString())
    const reading = readingOf(world, { rules, editions }, knownWordsOf(rules, editions), async () =>
      Buffer.alloc(32),
    )
    const points = await trendOf(reading)(edition, { permitted: everything, clusterId: undefined }, instants)
    expect(points.map(({ value }) => value)).toEqual(points.map(() => 75))
    expect(points.length).toBeGreaterThan(0)
    expect(points.length).toBeLessThan(instants.length)
  })
})
