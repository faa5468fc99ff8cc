import { knownWordsOf } from '@plimsoll/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { everything, type Permitted } from '../../store/permitted.ts'
import { systemActor } from '../access/audit.ts'
import {
  assessmentWorld,
  clusterId,
  configMap,
  editionWithManual,
  forbidden,
  pack,
  type World,
} from '../assess/testing/world.ts'
import type { Caller } from '../caller.ts'
import { attest, revokeAttestation } from '../decisions/attestations.ts'
import { attestedScores } from './attested.ts'
import { findingCountsOf } from './count-findings.ts'
import { keptCountsOf } from './kept-counts.ts'
import { overviewOf } from './overview.ts'
import { outcomesOf, type Posture, postureOf, scoreFor } from './posture.ts'
import { type Reading, readingOf } from './reading.ts'
import { trendOf } from './trend.ts'

let world: World
let posture: Posture
let reading: Reading
let deps: Parameters<typeof attest>[0]

const own = { ...pack, editions: [editionWithManual] }
const approver: Caller = { type: 'person', id: 'a', name: 'Ada', role: 'approver', permitted: everything }

beforeEach(async () => {
  world = await assessmentWorld()
  deps = { db: world.fresh.db, now: world.now, randomBytes: () => Buffer.alloc(0), pack: own }
  reading = readingOf(deps, own, knownWordsOf(own.rules, own.editions), async () => Buffer.alloc(32))
  posture = postureOf(reading)
})
afterEach(() => world.fresh.close())

const word = async (control: string, outcome: 'pass' | 'fail' | 'not-applicable', expires = '2026-12-31') => {
  const asked = { clusters: [clusterId], benchmark: 'house', edition: '1.0', control, outcome, expires }
  const [made] = await attest(deps, approver, { ...asked, statement: 'seen', evidence: '' }, systemActor)
  return made?.id as string
}
const outcomes = async (permitted: Permitted = everything, at?: Date) => {
  const found = await posture.of(
    { permitted, at, clusterId: undefined },
    { benchmark: 'house', edition: '1.0' },
  )
  return found?.controls.slice(-2).map(({ result }) => result.outcome)
}

describe('a standard', () => {
  it('shows what was attested, at once, and until its last day', async () => {
    await world.send([configMap('a', {}, { app: 'x' })])
    await world.replica()({ pack: own })
    expect(await outcomes()).toEqual(['manual', 'manual'])
    world.pass(1000)
    const before = world.now()
    world.pass(1000)
    await word('2.2', 'pass', '2026-02-03')
    const id = await word('2.3', 'fail')
    expect(await outcomes()).toEqual(['pass', 'fail'])
    expect(await outcomes(everything, before)).toEqual(['manual', 'manual'])
    world.pass(1000)
    await revokeAttestation(deps, approver, { cluster: clusterId, id }, systemActor)
    expect(await outcomes()).toEqual(['pass', 'manual'])
    world.pass(86_400_000)
    expect(await outcomes()).toEqual(['manual', 'manual'])
  })

  it('stays a fail where rules found one, and unseen where they could not look', async () => {
    await world.send([configMap('a', { bad: '1' }, { app: 'x' })])
    const assess = world.replica()
    await assess({ pack: own })
    await word('2.3', 'pass')
    expect(await outcomes()).toEqual(['manual', 'fail'])
    world.pass(1000)
    await world.send([configMap('b', {}, { app: 'x' })], [forbidden('ConfigMap')])
    await assess({ pack: own })
    expect(await outcomes()).toEqual(['manual', 'not-evaluated'])
  })

  it('shows words on a whole cluster only to who sees all of it', async () => {
    await world.send([configMap('a', {}, { app: 'x' })])
    await world.replica()({ pack: own })
    await word('2.2', 'fail')
    await word('2.3', 'pass')
    const part: Permitted = { all: false, terms: [{ clusters: [clusterId], namespaces: ['shop'] }] }
    expect(await outcomes(part)).not.toContain('fail')
    expect((await outcomes(part))?.[1]).toBe('manual')
    expect(await outcomes({ all: false, terms: [{ clusters: [clusterId] }] })).toEqual(['fail', 'pass'])
    expect(await outcomes({ all: false, terms: [] })).toBeUndefined()
  })

  it('is told alike by the list of clusters, by compliance, by the overview and by its trend', async () => {
    await world.send([configMap('a', { bad: '1' }, { app: 'x' }), configMap('b', {}, { app: 'x' })])
    await world.replica()({ pack: own })
    const edition = { benchmark: 'house', edition: '1.0' }
    const told = async () => {
      world.pass(1000)
      const asked = { permitted: everything, at: undefined, clusterId: undefined }
      const found = await posture.of(asked, edition)
      if (!found) throw new Error('nothing was judged')
      const overview = await overviewOf(
        reading,
        {
          posture,
          trend: trendOf(reading),
          findingCounts: findingCountsOf(reading.db, keptCountsOf(reading.db)),
        },
        { ...asked, edition, since: undefined },
      )
      const [listed] = await attestedScores(reading, everything, undefined, { edition })
      const compliance = scoreFor(found)
      expect(overview.score).toEqual(compliance)
      expect(overview.clusters.ranked.map(({ score }) => score)).toEqual([compliance])
      expect({ ...compliance, notEvaluated: undefined }).toMatchObject({
        value: listed?.value,
        low: listed?.low,
        high: listed?.high,
        evaluated: listed?.evaluated,
      })
      const { value, low, high } = compliance
      expect(overview.trend.at(-1)).toMatchObject({ value, low, high, clusters: 1 })
      expect(overview.controls).toEqual(outcomesOf(found))
      return { value, evaluated: compliance.evaluated, controls: overview.controls, attested: found.attested }
    }
    const before = await told()
    expect(before.controls).toMatchObject({ manual: 1 })
    await word('2.2', 'pass')
    const after = await told()
    // A person's word decides the control, and measures nothing.
    expect(after.value).toBe(before.value)
    expect(after.evaluated).toBe(before.evaluated + 1)
    expect(after.controls).toEqual({
      ...before.controls,
      manual: undefined,
      pass: (before.controls?.pass ?? 0) + 1,
    })
    expect(after.attested).toEqual([0, 0, 0, 1, 0])
  })
})
