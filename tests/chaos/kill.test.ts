// Kill: the server is ended by SIGKILL at any point of ingest and assessment: nothing acknowledged is lost, nothing stands half.

import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../packages/server/src/testing/database.ts'
import { type Collector, enrolled } from './collector.ts'
import { beside, besideEmbedded, dataFolder } from './databases.ts'
import { scaled, seeded, tell } from './scale.ts'
import { type Home, ServerProcess } from './server-process.ts'
import { endLeases, expectAssessedAsCold, expectKept, untilAlone, untilAssessed } from './stored.ts'

test('the embedded database outlives its server, and is taken over', async () => {
  const folder = dataFolder()
  await killed({ folder }, () => besideEmbedded(folder), scaled(10, 150), 1)
})

test('a database of somebody’s', async () => {
  const fresh = await freshDatabase()
  await killed({ databaseUrl: fresh.url }, async () => beside(fresh.url), scaled(5, 50), 2)
  await fresh.close()
})

/** Rounds of a server that is killed while collectors send without a pause. */
async function killed(
  home: Home,
  connected: () => Promise<Awaited<ReturnType<typeof besideEmbedded>>>,
  rounds: number,
  part: number,
): Promise<void> {
  const random = seeded(part)
  const began = performance.now()
  const met = { inFlight: 0, underWay: 0, untold: 0, repeated: 0, inStart: 0, adopted: 0 }
  const first = new ServerProcess(home)
  await first.url()
  const { db } = await connected()
  const collectors = await enrolled({ db, now: () => new Date(), randomBytes }, 3, random)
  await first.kill()

  const acknowledged = () => collectors.reduce((sum, { acknowledged: own }) => sum + own, 0)

  for (let round = 0; round < rounds; round++) {
    const server = new ServerProcess(home)
    if (random.chance(0.1)) {
      met.inStart++
      await sleep(random.below(1000))
    } else {
      const url = await server.url()
      if (round % 5 === 4) await caughtUp(url)
      let isOver = false
      const load = collectors.map(collector => sendOn(collector, url, () => isOver))
      // After so many answers and a moment more, on a slow machine as on a fast one.
      const wanted = acknowledged() + random.below(8)
      for (const until = performance.now() + 8000; acknowledged() < wanted && performance.now() < until; )
        await sleep(5)
      await sleep(random.below(250))
      isOver = true
      const ended = server.kill()
      await Promise.all(load)
      await ended
    }
    await server.kill()
    met.adopted += server.log.filter(({ type }) => type === 'adopted').length
    await untilAlone(db)
    for (const collector of collectors) met.untold += await expectKept(db, collector)
    met.underWay += await endLeases(db)
    if (round % 25 === 24) tell('still killing', { rounds: round + 1, 'assessments under way': met.underWay })
    for (const { sent } of collectors) met.inFlight += sent.size
    met.inFlight -= acknowledged()
  }

  const last = new ServerProcess(home)
  await caughtUp(await last.url())
  for (const collector of collectors) {
    expect(await expectKept(db, collector, Number.POSITIVE_INFINITY)).toBe(0)
    expect(collector.acknowledged).toBe(collector.sent.size)
  }
  expect(await last.stop()).toBe(0)
  const snapshots = acknowledged()
  tell('kill -9 of the server', {
    rounds,
    snapshots,
    'snapshots under way': met.inFlight,
    'kept before anybody was told': met.untold,
    'assessments under way': met.underWay,
    'while it started': met.inStart,
    'databases taken over': met.adopted,
    seconds: Math.round((performance.now() - began) / 1000),
  })
  // The rounds were worth it: work was cut off in its midst.
  expect(met.inFlight).toBeGreaterThan(rounds)
  if (rounds >= 10) expect(met.underWay).toBeGreaterThan(0)
  expect(snapshots).toBeGreaterThan(rounds)

  /** What was not answered is sent again, all is assessed, and stands as a cold assessment has it. */
  async function caughtUp(url: string): Promise<void> {
    for (const collector of collectors) {
      const outcome = await collector.step(url)
      expect(['accepted', 'repeated']).toContain(outcome)
      if (outcome === 'repeated') met.repeated++
    }
    await untilAssessed(db)
    for (const collector of collectors) await expectAssessedAsCold(db, collector)
  }
}

/** Sends until the server is gone. */
async function sendOn(collector: Collector, url: string, isOver: () => boolean): Promise<void> {
  for (;;) {
    const outcome = await collector.step(url)
    if (outcome === 'away' && isOver()) return
    if (outcome === 'away' || outcome === 'later')
      throw new Error(`a server that nobody killed says ${outcome} to ${collector.uid}`)
  }
}
