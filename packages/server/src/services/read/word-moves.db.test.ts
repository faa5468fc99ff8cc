// Word moves: each is of what people's words changed and of nothing else, through any history of words and snapshots.

import { knownWordsOf } from '@plimsoll/core'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { scoreMoves } from '../../store/fleet.ts'
import { everything, type Permitted } from '../../store/permitted.ts'
import { systemActor } from '../access/audit.ts'
import { snapshotStep } from '../assess/testing/histories.ts'
import { assessmentWorld, clusterId, editionWithManual, pack, type World } from '../assess/testing/world.ts'
import type { Caller } from '../caller.ts'
import { attest, revokeAttestation } from '../decisions/attestations.ts'
import { attestedScores } from './attested.ts'
import { type Reading, readingOf } from './reading.ts'
import { wordMoves } from './word-moves.ts'

let world: World
let reading: Reading
let deps: Parameters<typeof attest>[0]
const edition = editionWithManual
const own = { ...pack, editions: [edition] }
const id = { benchmark: 'house', edition: '1.0' }
const approver: Caller = { type: 'person', id: 'a', name: 'Ada', role: 'approver', permitted: everything }

beforeAll(async () => {
  world = await assessmentWorld()
  deps = { db: world.fresh.db, now: world.now, randomBytes: () => Buffer.alloc(0), pack: own }
  reading = readingOf(deps, own, knownWordsOf(own.rules, own.editions), async () => Buffer.alloc(32))
})
afterAll(() => world.fresh.close())

const step = fc.record({
  snapshot: fc.option(fc.record(snapshotStep)),
  word: fc.option(
    fc.record({
      control: fc.constantFrom('2.2', '2.3'),
      outcome: fc.constantFrom('pass' as const, 'fail' as const, 'not-applicable' as const),
      days: fc.nat(2),
    }),
  ),
  // Which of the words so far is taken back.
  takesBack: fc.option(fc.nat(5)),
  hours: fc.integer({ min: 1, max: 30 }),
})

it('parts add up to each move exactly, and what was evaluated before and after is what was told then', async () => {
  const { db } = world.fresh
  let found = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async steps => {
      const since = world.now()
      world.pass(3_600_000)
      await world.send([])
      const assess = world.replica()
      await assess({ pack: own })
      const given: string[] = []
      for (const { snapshot, word, takesBack, hours } of steps) {
        world.pass(hours * 3_600_000)
        if (snapshot) {
          await world.send(snapshot.resources, snapshot.gaps)
          await assess({ pack: own })
          world.pass(1000)
        }
        if (word) {
          const { control, outcome, days } = word
          const expires = new Date(world.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
          const values = {
            clusters: [clusterId],
            ...id,
            control,
            outcome,
            expires,
            statement: 's',
            evidence: '',
          }
          const made = await attest(deps, approver, values, systemActor)
          given.push(...made.map(one => one.id))
        }
        const back = takesBack === null ? undefined : given[takesBack]
        if (back !== undefined) {
          world.pass(1000)
          await revokeAttestation(deps, approver, { cluster: clusterId, id: back }, systemActor)
          given.splice(given.indexOf(back), 1)
        }
      }
      world.pass(4 * 86_400_000)
      const asked = { permitted: everything, clusterId: undefined, since, until: world.now() }
      const moves = await wordMoves(db, edition, asked, 100)
      const [judged, evaluatedAt] = [
        await scoreMoves(db, everything, id, since, undefined, 100),
        async (at: Date) => {
          const [score] = await attestedScores(reading, everything, at, { edition: id })
          return score?.evaluated
        },
      ]
      for (const { parts, before, after } of [...moves, ...judged]) {
        const sum = Object.values(parts).reduce((total, part) => total + Math.round(part * 10), 0)
        if (before !== null && after !== null)
          expect(sum).toBe(Math.round(after * 10) - Math.round(before * 10))
      }
      for (const { at, evaluated, parts } of moves) {
        found++
        expect(Object.keys(parts)).toEqual(['attestations'])
        expect([evaluated?.before, evaluated?.after]).toEqual([
          await evaluatedAt(new Date(at.getTime() - 1)),
          await evaluatedAt(at),
        ])
      }
      expect(moves.map(({ at }) => at)).toEqual(
        moves.map(({ at }) => at).sort((a, b) => Number(b) - Number(a)),
      )
      await sql`delete from attestation`.execute(db)
    }),
    { numRuns: 25, seed: 20260203 },
  )
  expect(found).toBeGreaterThan(20)
}, 120_000)

it('words are told to who sees the whole cluster, and of the time that is asked about', async () => {
  const { db } = world.fresh
  world.pass(1000)
  const since = world.now()
  world.pass(1000)
  const values = {
    clusters: [clusterId],
    ...id,
    control: '2.2',
    outcome: 'pass' as const,
    expires: '2099-01-01',
  }
  await attest(deps, approver, { ...values, statement: 's', evidence: '' }, systemActor)
  const asked = { permitted: everything, clusterId: undefined, since, until: world.now() }
  const [move] = await wordMoves(db, edition, asked, 10)
  expect(move).toMatchObject({ cluster_id: clusterId, parts: { attestations: 0 } })
  expect(move?.evaluated && move.evaluated.after - move.evaluated.before).toBe(1)
  expect(await wordMoves(db, edition, { ...asked, since: world.now() }, 10)).toEqual([])
  const part: Permitted = { all: false, terms: [{ clusters: [clusterId], namespaces: ['shop'] }] }
  expect(await wordMoves(db, edition, { ...asked, permitted: part }, 10)).toEqual([])
})
