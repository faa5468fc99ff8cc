// Database restart: PostgreSQL ends in the middle of work: requests are asked to come back, the server recovers by itself, nothing is lost.

import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Connection } from '../../packages/server/src/store/connect.ts'
import { type Collector, enrolled } from './collector.ts'
import { beside, besideEmbedded, dataFolder, OwnPostgres } from './databases.ts'
import { scaled, seeded, tell } from './scale.ts'
import { ServerProcess } from './server-process.ts'
import { expectAssessedAsCold, expectKept, untilAssessed } from './stored.ts'

const times = scaled(2, 10)

test('the embedded database, ended by any signal, is started again', async () => {
  const folder = dataFolder()
  const server = new ServerProcess({ folder })
  await server.url()
  let pid = (await server.logged(({ type }) => type === 'started')).pid as number
  const signals = ['SIGKILL', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const
  await interrupted(
    'restarts of the embedded database',
    server,
    () => besideEmbedded(folder),
    async turn => {
      const after = server.log.length
      process.kill(pid, signals[turn % signals.length])
      pid = (await server.logged(({ type }) => type === 'restarted', after)).pid as number
    },
  )
})

test('a database of somebody’s that is away for a while', async () => {
  const postgres = new OwnPostgres()
  await postgres.make()
  const server = new ServerProcess({ databaseUrl: postgres.url })
  await interrupted(
    'restarts of a database of somebody’s',
    server,
    async () => beside(postgres.url),
    async turn => {
      await postgres.end(turn % 2 === 0 ? 'SIGINT' : 'SIGKILL')
      await sleep(1500)
      await postgres.start()
    },
  )
})

/** Ends the database so many times while collectors send, then holds everything against what they were told. */
async function interrupted(
  what: string,
  server: ServerProcess,
  connected: () => Promise<Connection>,
  restart: (turn: number) => Promise<void>,
): Promise<void> {
  const began = performance.now()
  const url = await server.url()
  const random = seeded(3)
  const collectors = await enrolled(
    { db: (await connected()).db, now: () => new Date(), randomBytes },
    3,
    random,
  )
  const over = new AbortController()
  const met = { accepted: 0, repeated: 0, later: 0, notReady: 0 }
  const load = [...collectors.map(send), watch()]
  for (let turn = 0; turn < times; turn++) {
    await sleep(300 + random.below(700))
    await restart(turn)
    const before = met.accepted
    while (met.accepted < before + collectors.length) await sleep(20)
  }
  over.abort()
  await Promise.all(load)
  const { db } = await connected()
  await untilAssessed(db)
  for (const collector of collectors) {
    expect(await expectKept(db, collector, Number.POSITIVE_INFINITY)).toBe(0)
    await expectAssessedAsCold(db, collector)
  }
  expect(await server.stop()).toBe(0)
  tell(what, { times, ...met, seconds: Math.round((performance.now() - began) / 1000) })
  expect(met.later).toBeGreaterThan(0)

  /** A collector comes back as long as it is asked to; the connection to the server itself never breaks. */
  async function send(collector: Collector): Promise<void> {
    for (;;) {
      const outcome = await collector.step(url)
      if (outcome === 'away') throw new Error('the server broke a connection off')
      met[outcome]++
      if (outcome === 'later') await sleep(50)
      else if (over.signal.aborted) return
    }
  }

  async function watch(): Promise<void> {
    while (!over.signal.aborted) {
      const { status } = await fetch(`${url}/readyz`)
      expect([200, 503]).toContain(status)
      if (status === 503) met.notReady++
      expect((await fetch(`${url}/healthz`)).status).toBe(200)
      await sleep(100)
    }
  }
}
