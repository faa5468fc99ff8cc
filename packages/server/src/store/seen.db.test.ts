import fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'
import type { Permitted, ZoneTerm } from './permitted.ts'
import type { Schema } from './schema.ts'
import { isSeen, type Place, seen, seenCluster, seenColumns, seenWholeCluster } from './seen.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.close())

const word = fc.constantFrom('a', 'b', 'prod', 'kube-system', 'kube_x', 'ku%e', 'x\\y')
const labels = fc.dictionary(fc.constantFrom('app', 'environment', 'tier'), word, { maxKeys: 2 })
const clusters = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('c1', 'c2', 'c3'),
    account: fc.constantFrom('', '111', '222'),
    environment: fc.constantFrom('', 'prod', 'dev'),
    labels,
  }),
  { minLength: 1, selector: ({ id }) => id },
)
const glob = fc.oneof(word, fc.constantFrom('*', 'kube-*', '*_x', 'ku%*', 'a*'))
const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 2 })
const term: fc.Arbitrary<ZoneTerm> = fc.record(
  {
    accounts: some(fc.constantFrom('111', '222')),
    clusters: some(fc.constantFrom('c1', 'c2', 'nowhere')),
    clusterLabels: labels,
    namespaces: some(glob),
    labels,
  },
  { requiredKeys: [] },
)
const permitted: fc.Arbitrary<Permitted> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Permitted>({ all: true }) },
  { weight: 9, arbitrary: fc.array(term, { maxLength: 3 }).map(terms => ({ all: false, terms })) },
)
const row = fc.record({
  cluster: fc.nat(2),
  kind: fc.constantFrom('Pod', 'Namespace', 'ClusterRole'),
  namespace: fc.oneof(word, fc.constant('')),
  name: word,
  labels,
})

describe('seen', () => {
  it('lets the same rows through as the same question asked of values', async () => {
    let asked = 0
    let shown = 0
    await fc.assert(
      fc.asyncProperty(clusters, fc.array(row, { maxLength: 12 }), permitted, async (all, rows, who) => {
        const places = rows.map(one => {
          const cluster = all[one.cluster % all.length] as (typeof all)[number]
          const namespace = one.kind === 'Pod' ? one.namespace : ''
          return { ...one, namespace, cluster }
        })
        await inScratch(fresh.db, async trx => {
          for (const { id, account, environment, labels: own } of all)
            await sql`insert into cluster (cluster_id, name, account, environment, labels, created_at)
              values (${id}, ${id}, ${account}, ${environment}, ${JSON.stringify(own)}::jsonb, now())`.execute(
              trx,
            )
          for (const [at, one] of places.entries())
            await sql`insert into asset (cluster_id, asset_key, api_version, kind, namespace, name, labels, root_kind, root_key, verdicts, first_seen)
              values (${one.cluster.id}, ${String(at)}, 'v1', ${one.kind}, ${one.namespace}, ${one.name}, ${JSON.stringify(one.labels)}::jsonb, '', '', '', now())`.execute(
              trx,
            )
          const found = await trx
            .selectFrom('asset')
            .select('asset_key')
            .where(seen(who, seenColumns('asset')))
            .execute()
          const expected = places.flatMap((one, at) => (isSeen(who, placeOf(one)) ? [String(at)] : []))
          expect(found.map(({ asset_key }) => asset_key).toSorted()).toEqual(expected.toSorted())
          asked += places.length
          shown += expected.length

          const parts = await clustersWhere(trx, seenCluster(who, 'cluster.cluster_id'))
          const wholes = await clustersWhere(trx, seenWholeCluster(who, 'cluster.cluster_id'))
          // Whoever sees a row of a cluster sees that the cluster is there; a whole one shows each of its rows.
          for (const key of expected) expect(parts).toContain(places[Number(key)]?.cluster.id)
          for (const one of places)
            if (wholes.includes(one.cluster.id)) expect(isSeen(who, placeOf(one))).toBe(true)
          for (const whole of wholes) expect(parts).toContain(whole)
          // And no cluster shows itself by what it does not hold, unless it is seen as a whole.
          const shownIn = new Set<string | undefined>(expected.map(key => places[Number(key)]?.cluster.id))
          for (const part of parts) expect(shownIn.has(part) || wholes.includes(part)).toBe(true)
        })
      }),
      { numRuns: 250, seed: 7 },
    )
    expect(shown).toBeGreaterThan(asked / 10)
    expect(shown).toBeLessThan(asked)
  })

  it('shows nothing to whom no zone was given', async () => {
    await inScratch(fresh.db, async trx => {
      await sql`insert into cluster (cluster_id, name, created_at) values ('c', 'c', now())`.execute(trx)
      expect(await clustersWhere(trx, seenCluster({ all: false, terms: [] }, 'cluster.cluster_id'))).toEqual(
        [],
      )
      expect(await clustersWhere(trx, seenCluster({ all: true }, 'cluster.cluster_id'))).toEqual(['c'])
    })
  })
})

const placeOf = (one: Place): Place => one

async function clustersWhere(
  trx: Kysely<Schema>,
  condition: ReturnType<typeof seenCluster>,
): Promise<string[]> {
  const rows = await trx.selectFrom('cluster').select('cluster_id').where(condition).execute()
  return rows.map(({ cluster_id }) => cluster_id)
}

class Undo extends Error {}

/** Runs work in a transaction that is always taken back. */
async function inScratch(db: Kysely<Schema>, work: (trx: Kysely<Schema>) => Promise<void>): Promise<void> {
  await db
    .transaction()
    .execute(async trx => {
      await work(trx)
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
}
