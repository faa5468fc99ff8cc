// Web server: the whole server over a large fleet in a process of its own, without the jobs, which would judge clusters that hold no objects.

import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { editions, rules } from '@plimsoll/core/catalogue'
import { buildApp } from '../packages/server/src/http/app.ts'
import { createLog } from '../packages/server/src/http/log.ts'
import { createMetrics } from '../packages/server/src/services/metrics.ts'
import { connect } from '../packages/server/src/store/connect.ts'
import { wire } from '../packages/server/src/wire.ts'
import { fleetSize, openFleet } from './kept-fleet.ts'
import { processorSeconds } from './processor-seconds.ts'

/** What this process is told: the folder of the web app. */
const [webFolder = ''] = process.argv.slice(2)
/** A bench asks more than a person does. */
const unlimited = { max: Number.MAX_SAFE_INTEGER, seconds: 60 }

const { database } = await openFleet(fleetSize)
const { db, pool, close } = connect(database.url, { connections: 20 })
const deps = { db, now: () => new Date(), randomBytes }
const log = createLog('error', { write: line => void process.stderr.write(line) })
const metrics = createMetrics({ pool })
const { routes, authenticate } = wire({
  deps,
  config: { publicOrigin: 'http://127.0.0.1', oidc: undefined },
  metrics,
  log,
  pack: { rules, editions, version: 'bench' },
  wake: () => {},
})
const app = await buildApp({
  routes,
  authenticate,
  version: 'bench',
  log,
  metrics,
  readiness: async () => ({ database: 'ok', schema: 'ok' }),
  webFolder,
  rateLimits: { address: unlimited, failures: unlimited, caller: unlimited },
})
await app.fastify.listen({ port: 0, host: '127.0.0.1' })

const usage = (): Usage => {
  const { user, system } = process.cpuUsage()
  return { server: (user + system) / 1e6, database: processorSeconds(database.pid() ?? 0) }
}

export interface Usage {
  /** Seconds of processor time since each began. */
  readonly server: number
  readonly database: number
}

process.on('message', message => {
  if (message === 'usage') process.send?.(usage())
  else process.disconnect()
})
// The bench ended, however it did.
process.on('disconnect', () => void stop())
async function stop() {
  await app.stop(0)
  await close()
  await database.stop()
  process.exit()
}
process.send?.({ port: (app.fastify.server.address() as AddressInfo).port })
