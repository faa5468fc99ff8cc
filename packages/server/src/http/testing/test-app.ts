// Test app: the HTTP server as a value, with callers known by their tokens.

import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Caller, Collector, Role } from '../../services/caller.ts'
import { createMetrics } from '../../services/metrics.ts'
import { everything } from '../../store/permitted.ts'
import { type App, type AppOptions, buildApp } from '../app.ts'
import { createLog, type LogLevel } from '../log.ts'
import type { Route } from '../route.ts'

export interface TestApp extends App {
  readonly inject: (options: InjectOptions) => Promise<LightMyRequestResponse>
  /** What was logged, a value a line. */
  readonly logged: readonly Record<string, unknown>[]
}

export const callerOf = (role: Role): Caller => ({
  type: 'person',
  id: `${role}-id`,
  name: role,
  role,
  permitted: everything,
})

export const collector: Collector = {
  type: 'collector',
  enrolmentId: 'enrolment',
  clusterId: undefined,
  name: 'collector',
}

/** `Bearer viewer` is a viewer, and so on; `Bearer collector` is a collector. The same word as cookie `session` does too. */
const whoAsks: AppOptions['authenticate'] = async ({ headers }) => {
  const word =
    /^Bearer (\w+)$/.exec(headers.authorization ?? '')?.[1] ??
    /(?:^|; )session=(\w+)/.exec(headers.cookie ?? '')?.[1]
  if (word === 'collector') return collector
  if (word === 'fresh') return { ...callerOf('admin'), mustChangePassword: true }
  return word === 'viewer' || word === 'editor' || word === 'approver' || word === 'admin'
    ? callerOf(word)
    : undefined
}

export async function testApp(
  routes: readonly Route[],
  options: Partial<AppOptions> & { readonly logLevel?: LogLevel } = {},
): Promise<TestApp> {
  const logged: Record<string, unknown>[] = []
  const app = await buildApp({
    routes,
    authenticate: whoAsks,
    version: '1.2.3',
    log: createLog(options.logLevel ?? 'info', {
      write: line => logged.push(JSON.parse(line) as Record<string, unknown>),
    }),
    metrics: createMetrics(),
    readiness: async () => ({ database: 'ok' }),
    ...options,
  })
  return { ...app, logged, inject: request => app.fastify.inject(request) }
}
