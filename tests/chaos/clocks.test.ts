// Clocks: they jump, forward and back: instants of a cluster only grow, and what has an end ends.

import { randomBytes } from 'node:crypto'
import { defaultProfile } from '@plimsoll/core'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { editions, rules } from '../../packages/core/src/catalogue/index.ts'
import { callStale } from '../../packages/server/src/jobs/assessment-queues.ts'
import { collectorOfToken, createEnrolment } from '../../packages/server/src/services/access/enrolments.ts'
import { ensureFirstAdmin } from '../../packages/server/src/services/access/people.ts'
import { callerOfSession, signIn, sweepSessions } from '../../packages/server/src/services/access/sign-in.ts'
import { assessCluster } from '../../packages/server/src/services/assess/assess-cluster.ts'
import { warmClusters } from '../../packages/server/src/services/assess/warm.ts'
import { Ingest } from '../../packages/server/src/services/ingest/ingest.ts'
import {
  type Content,
  headOf,
  linesOf,
  sent,
} from '../../packages/server/src/services/ingest/testing/wire.ts'
import { freshDatabase } from '../../packages/server/src/testing/database.ts'
import { testWorld } from '../../packages/server/src/testing/world.ts'
import { apply, change } from './contents.ts'
import { scaled, seeded } from './scale.ts'

const hour = 3_600_000
const day = 24 * hour
const uid = 'chaos-clock-0001'
const asked = { name: 'clocks', environment: 'test', labels: {}, options: {} }
const system = { type: 'system', id: 'system', name: 'system', address: '' } as const

test('instants of a cluster grow whatever the clock does, and the past stays as it was', async () => {
  await using fresh = await freshDatabase()
  const world = testWorld(fresh.db)
  const random = seeded(6)
  const { token } = await createEnrolment({ ...world, randomBytes }, asked, system)
  const ingest = new Ingest({ deps: world, onAccepted: async () => {} })
  const assessment = {
    ...world,
    pack: { rules, editions, version: 'clocks' },
    basisOf: async () => ({ profile: defaultProfile, exceptions: [], digest: 'none' }),
    warm: warmClusters(1e9),
  }
  let holding: ReadonlyMap<string, Content> = new Map()
  const instants: string[] = []
  for (let turn = 1; turn <= scaled(25, 200); turn++) {
    world.pass(random.pick([1, 1000, -1000, -hour, hour, 30 * day, -30 * day, -400 * day, 400 * day]))
    holding = apply(holding, change(holding, random))
    const collector = await collectorOfToken(world, token)
    if (!collector) throw new Error(`the collector is not known in turn ${turn}`)
    const answer = await ingest.receive(
      collector,
      sent(linesOf(headOf({ sequence: turn, uid, gaps: [] }), holding)),
    )
    expect(answer.state).toBe('accepted')
    await callStale(world, day)
    if (random.chance(0.7)) await assessCluster(assessment, uid)
    const { rows } = await sql<{ at: string; assessed: string | null }>`
      select c.revised_at::text as at, a.assessed_at::text as assessed from cluster c
      left join assessment a using (cluster_id)`.execute(fresh.db)
    instants.push(rows[0]?.at as string)
  }
  const { rows: grown } = await sql<{ isGrowing: boolean }>`
    select coalesce(bool_and(at >= before), true) as "isGrowing" from (
      select at::timestamptz, lag(at::timestamptz) over (order by n) as before
      from json_array_elements_text(${JSON.stringify(instants)}::json) with ordinality as t(at, n)) t`.execute(
    fresh.db,
  )
  expect(grown).toEqual([{ isGrowing: true }])
  const { rows: odd } = await sql`
    select 'version' from resource_version where valid_from >= valid_to
    union all select 'finding' from finding_state where valid_from >= valid_to
    union all select 'score' from score where valid_from >= valid_to
    union all select 'tally' from tally where valid_from >= valid_to
    union all select 'finding' from finding where first_seen > opened_at or opened_at > changed_at
    union all select 'findings' from finding_state a join finding_state b using (cluster_id, finding_id)
      where a.valid_from < b.valid_from and a.valid_to > b.valid_from`.execute(fresh.db)
  expect(odd).toEqual([])
})

test('what has an end ends, and a clock that goes back does not make it longer', async () => {
  await using fresh = await freshDatabase()
  const world = testWorld(fresh.db)
  const password = await ensureFirstAdmin(world)
  const visitor = { address: '127.0.0.1', agent: 'test' }
  const { secret, expiresAt } = await signIn(world, 'admin', password as string, visitor)
  const isSignedIn = async () => (await callerOfSession(world, secret)) !== undefined
  expect(await isSignedIn()).toBe(true)
  world.pass(-365 * day)
  expect(await isSignedIn(), 'a clock that was wrong and is set right ends nobody’s session').toBe(true)
  world.pass(365 * day + 13 * hour)
  expect(await isSignedIn(), 'idle').toBe(false)
  world.pass(30 * day)
  expect(world.now().getTime()).toBeGreaterThan(expiresAt.getTime())
  expect(await isSignedIn()).toBe(false)
  await sweepSessions(world)
  world.pass(-60 * day)
  expect(await isSignedIn(), 'what was over and swept away stays so').toBe(false)

  const { token } = await createEnrolment(world, asked, system)
  const isKnown = async () => (await collectorOfToken(world, token)) !== undefined
  world.pass(-day)
  expect(await isKnown()).toBe(true)
  world.pass(9 * day)
  expect(await isKnown(), 'never used in its time').toBe(false)
})
