// Assess server: ingest and assessment in a process of their own, as `plimsoll serve` has them, so that their memory and time can be told.

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultProfile } from '@plimsoll/core'
import pg from 'pg'
import { editions, rules } from '../packages/core/src/catalogue/index.ts'
import { startEmbedded } from '../packages/server/src/database/embedded.ts'
import { migrate } from '../packages/server/src/database/migrate.ts'
import { ingestRoutes } from '../packages/server/src/http/routes/ingest.ts'
import { testApp } from '../packages/server/src/http/testing/test-app.ts'
import { askForAssessment, assessmentQueues } from '../packages/server/src/jobs/assessment-queues.ts'
import { startRunner } from '../packages/server/src/jobs/runner.ts'
import { collectorOfToken, createEnrolment } from '../packages/server/src/services/access/enrolments.ts'
import { warmClusters } from '../packages/server/src/services/assess/warm.ts'
import { Ingest } from '../packages/server/src/services/ingest/ingest.ts'
import { connect } from '../packages/server/src/store/connect.ts'
import { migrations } from '../packages/server/src/store/migrations/all.ts'
import { processorSeconds } from './processor-seconds.ts'

/** Seconds from asking to answer, by statement. */
const statements = new Map<string, { seconds: number; count: number }>()
if (process.env.BENCH_STATEMENTS) {
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function timed(this: pg.Client, ...given: unknown[]) {
    const [asked] = given as [string | { readonly text: string }]
    const text = (typeof asked === 'string' ? asked : asked.text).replace(/\s+/g, ' ').slice(0, 90)
    const from = performance.now()
    const answer = Reflect.apply(query, this, given) as Promise<unknown> | undefined
    const done = () => {
      const known = statements.get(text) ?? { seconds: 0, count: 0 }
      statements.set(text, {
        seconds: known.seconds + (performance.now() - from) / 1000,
        count: known.count + 1,
      })
    }
    answer?.then?.(done, done)
    return answer
  } as typeof query
  process.on('exit', () => {
    for (const [text, { seconds, count }] of [...statements]
      .sort((a, b) => b[1].seconds - a[1].seconds)
      .slice(0, 25))
      process.stderr.write(`${seconds.toFixed(2)} s ${count} × ${text}\n`)
  })
}

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'))
// As it is served: with the settings of the embedded database, nothing of it in memory only.
const embedded = await startEmbedded({ folder })
const connection = connect(embedded.url)
await migrate(connection.pool, migrations)
const deps = { db: connection.db, now: () => new Date(), randomBytes }
const { token } = await createEnrolment(
  deps,
  { name: 'bench', environment: 'test', labels: {}, options: {} },
  { type: 'system', id: 'system', name: 'system', address: '' },
)
const warm = warmClusters(1e9)
const basis = { profile: defaultProfile, exceptions: [], digest: '' }
const runner = startRunner({
  db: connection.db,
  queues: assessmentQueues(
    { ...deps, pack: { rules, editions, version: 'bench' }, basisOf: async () => basis, warm },
    { onAssessed: (_, assessed) => process.send?.({ assessed }) },
  ),
  onReport: ({ outcome, error, took, waited }) => {
    if (outcome !== 'done') process.stderr.write(`${outcome} ${String((error as Error)?.stack)}\n`)
    if (process.env.BENCH_VERBOSE)
      process.stderr.write(`job took ${took.toFixed(0)} ms, waited ${waited.toFixed(0)} ms\n`)
  },
})
const ingest = new Ingest({
  deps,
  onAccepted: async (trx, clusterId) => {
    await askForAssessment(trx, clusterId)
    setImmediate(() => runner.wake())
  },
})
const app = await testApp(ingestRoutes(ingest), {
  authenticate: async ({ headers }) =>
    headers.authorization === 'Bearer bench' ? await collectorOfToken(deps, token) : undefined,
  rateLimits: undefined as never,
  logLevel: 'error',
})
await app.fastify.listen({ port: 0, host: '127.0.0.1' })
process.send?.({ port: (app.fastify.server.address() as AddressInfo).port, token: 'bench' })

async function usage() {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const { rows } = await connection.pool.query<{ name: string; bytes: string; rows: string }>(
    `select relname as name, pg_total_relation_size(oid) as bytes from pg_class
     where relname in ('object_body', 'object_pack', 'resource_version', 'finding', 'asset', 'tally', 'score') and relkind = 'r' order by 1`,
  )
  const { rows: found } = await connection.pool.query<{ count: string }>('select count(*) from finding')
  return {
    peakMiB: maxRSS / 1024,
    rssMiB: process.memoryUsage.rss() / 2 ** 20,
    heapMiB: process.memoryUsage().heapUsed / 2 ** 20,
    findings: Number(found[0]?.count),
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    databaseCpuSeconds: processorSeconds(embedded.pid() ?? 0),
    database: Object.fromEntries(rows.map(({ name, bytes }) => [name, Number(bytes)])),
  }
}

process.on('message', message => {
  if (message === 'usage') void usage().then(found => process.send?.({ usage: found }))
  else
    void runner
      .stop(0)
      .then(() => app.stop(0))
      .then(async () => {
        await connection.close()
        await embedded.stop()
        rmSync(folder, { recursive: true, force: true })
        process.disconnect()
      })
})
