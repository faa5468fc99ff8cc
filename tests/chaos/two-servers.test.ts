// Two servers: on one folder the second is refused; on one database they share the work, each piece of it done once.

import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../packages/server/src/testing/database.ts'
import { enrolled } from './collector.ts'
import { dataFolder } from './databases.ts'
import { scaled, seeded, tell } from './scale.ts'
import { ServerProcess } from './server-process.ts'
import { expectAssessedAsCold, expectKept, untilAssessed } from './stored.ts'

test('the second server on a folder is refused, and the first goes on', async () => {
  const folder = dataFolder()
  const first = new ServerProcess({ folder })
  const url = await first.url()
  const others = Array.from({ length: 3 }, () => new ServerProcess({ folder }))
  for (const other of others) {
    expect(await other.ended()).toBe(2)
    expect(other.said.join('\n')).toMatch(
      /the data folder is in use by process \d+ on .*stop it, give this server a folder of its own/,
    )
  }
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  expect(await first.stop()).toBe(0)
})

test('of servers that start on one new folder at once, one runs', async () => {
  const folder = dataFolder()
  const servers = Array.from({ length: 4 }, () => new ServerProcess({ folder }))
  const started = await Promise.allSettled(servers.map(server => server.url()))
  expect(started.map(({ status }) => status).sort()).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
  ])
  for (const [i, server] of servers.entries())
    expect(await (started[i]?.status === 'fulfilled' ? server.stop() : server.ended())).toBe(
      started[i]?.status === 'fulfilled' ? 0 : 2,
    )
})

test('servers on one database share the work; one that is killed has its share taken up', async () => {
  const began = performance.now()
  await using fresh = await freshDatabase()
  const servers = Array.from({ length: 2 }, () => new ServerProcess({ databaseUrl: fresh.url }))
  const urls = await Promise.all(servers.map(server => server.url()))
  const random = seeded(5)
  const deps = { db: fresh.db, now: () => new Date(), randomBytes }
  const collectors = await enrolled(deps, scaled(24, 100), random)
  for (let turn = 0; turn < 3; turn++)
    await Promise.all(
      collectors.map(async (collector, i) => {
        const url = urls[(i + turn) % 2] as string
        // More at a time than a server takes are asked to come back.
        while (
          (await collector.step(url, turn === 0 ? () => collector.heavy(1, 100) : undefined)) === 'later'
        );
      }),
    )
  await untilAssessed(fresh.db)
  const lines = servers.map(({ log }) => log.filter(line => line.outcome === 'assessed'))
  const done = lines.flat().map(({ cluster, revision }) => `${cluster as string} ${revision as number}`)
  expect(new Set(done).size, 'no revision is assessed twice').toBe(done.length)
  for (const own of lines) expect(own.length).toBeGreaterThan(0)

  // The second is killed with work under way; the first takes it up when the time is over for which that was the second's.
  await Promise.all(collectors.map(collector => collector.step(urls[1] as string)))
  await servers[1]?.kill()
  for (const collector of collectors) await collector.step(urls[0] as string)
  await untilAssessed(fresh.db)
  for (const collector of collectors) {
    expect(await expectKept(fresh.db, collector, Number.POSITIVE_INFINITY)).toBe(0)
    await expectAssessedAsCold(fresh.db, collector)
  }
  expect(await servers[0]?.stop()).toBe(0)
  tell('two servers on one database', {
    clusters: collectors.length,
    'assessed by one': lines[0]?.length ?? 0,
    'by the other': lines[1]?.length ?? 0,
    seconds: Math.round((performance.now() - began) / 1000),
  })
})
