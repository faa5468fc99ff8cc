// Describe API: the API's description without a server: for the pages and the client that are made from it.

import { randomBytes } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { createLog } from './http/log.ts'
import { openApiDocument } from './http/openapi.ts'
import { createMetrics } from './services/metrics.ts'
import type { Schema } from './store/schema.ts'
import { wire } from './wire.ts'

/** The OpenAPI document of all routes. Nothing is connected to. */
export function describeApi(): Record<string, unknown> {
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: new pg.Pool({ max: 1 }) }) })
  const { routes } = wire({
    deps: { db, now: () => new Date(), randomBytes },
    config: { publicOrigin: 'http://127.0.0.1:8480', oidc: undefined },
    metrics: createMetrics(),
    log: createLog('silent', { write: () => {} }),
    pack: { rules: [], editions: [], version: 'none: nothing is judged' },
    wake: () => {},
  })
  return openApiDocument(routes, { version: '1', url: '/api/v1' })
}
