// Operations: what those who run the server ask it: whether it lives, whether it is ready, and its metrics.

import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { Fault } from '../services/fault.ts'
import type { Metrics } from '../services/metrics.ts'

/** Each thing that must hold before requests make sense here: `ok`, or what is wrong. */
export type Readiness = Readonly<Record<string, string>>

export interface OperationsOptions {
  readonly readiness: () => Promise<Readiness>
  readonly isStopping: () => boolean
  readonly metrics: Metrics
  /** Without it the metrics, which name no cluster and no person, are open to whoever reaches the port. */
  readonly metricsToken: string | undefined
}

export function addOperations(app: FastifyInstance, options: OperationsOptions): void {
  const { readiness, isStopping, metrics, metricsToken } = options
  const quiet = { logLevel: 'warn' as const }
  app.get('/healthz', quiet, async () => ({ status: 'ok' }))
  app.get('/readyz', quiet, async (_request, reply) => {
    const checks = isStopping() ? { server: 'stopping' } : await readiness()
    const isReady = Object.values(checks).every(one => one === 'ok')
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready', checks })
  })
  app.get('/metrics', quiet, async (request, reply) => {
    if (metricsToken !== undefined && !isSame(request.headers.authorization, `Bearer ${metricsToken}`))
      throw new Fault('unauthenticated', 'Send the token of the metrics.')
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}

function isSame(given: string | undefined, wanted: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}
