// Ingest server: the door for collectors in a process of its own, so that its memory and time can be told from the sender's.

import type { AddressInfo } from 'node:net'
import { ingestRoutes } from '../packages/server/src/http/routes/ingest.ts'
import { testApp } from '../packages/server/src/http/testing/test-app.ts'
import { ingestWorld } from '../packages/server/src/services/ingest/testing/wire.ts'

const world = await ingestWorld()
const app = await testApp(ingestRoutes(world.ingest), {
  authenticate: async ({ headers }) =>
    headers.authorization === 'Bearer bench' ? await world.collector() : undefined,
  rateLimits: undefined as never,
  logLevel: 'error',
})
await app.fastify.listen({ port: 0, host: '127.0.0.1' })
process.send?.({ port: (app.fastify.server.address() as AddressInfo).port, token: 'bench' })

async function usage() {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const { rows } = await world.fresh.pool.query<{ name: string; bytes: string }>(
    `select relname as name, pg_total_relation_size(oid) as bytes from pg_class
     where relname in ('object_body', 'object_pack', 'resource_version', 'upload_item') and relkind = 'r' order by 1`,
  )
  return {
    peakMiB: maxRSS / 1024,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    database: Object.fromEntries(rows.map(({ name, bytes }) => [name, Number(bytes)])),
  }
}

process.on('message', message => {
  if (message === 'usage') void usage().then(found => process.send?.(found))
  else
    void app.stop(0).then(async () => {
      await world.fresh.close()
      process.disconnect()
    })
})
