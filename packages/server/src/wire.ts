// Wire: puts the families of routes and the queues of jobs together with what they need.

import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { RequestFacts } from './http/guard.ts'
import type { Route } from './http/route.ts'
import { accessRoutes } from './http/routes/access.ts'
import { auditRoutes } from './http/routes/audit.ts'
import { enrolmentRoutes } from './http/routes/enrolments.ts'
import { ingestRoutes } from './http/routes/ingest.ts'
import { sessionRoutes } from './http/routes/session.ts'
import { sessionCookie } from './http/session-cookie.ts'
import type { JobReport, Queue, Schedule } from './jobs/runner.ts'
import { authenticate } from './services/access/authenticate.ts'
import { openOidc } from './services/access/oidc.ts'
import { sweepSessions } from './services/access/sign-in.ts'
import type { Caller, Collector } from './services/caller.ts'
import type { Deps } from './services/deps.ts'
import { Ingest } from './services/ingest/ingest.ts'
import type { Metrics } from './services/metrics.ts'
import { askFor } from './store/jobs.ts'
import { hasSample } from './store/sample.ts'

export interface WireOptions {
  readonly deps: Deps
  readonly config: Pick<Config, 'publicOrigin' | 'oidc'>
  readonly metrics: Metrics
  readonly log: Logger
  /** Something was put into the queues by this process. */
  readonly wake: () => void
}

export interface Wired {
  readonly routes: readonly Route[]
  readonly authenticate: (facts: RequestFacts) => Promise<Caller | Collector | undefined>
  readonly queues: readonly Queue[]
  readonly schedules: readonly Schedule[]
  readonly showSample: (() => Promise<void>) | undefined
}

const hour = 60 * 60_000

export function wire({ deps, config, metrics, wake }: WireOptions): Wired {
  const { publicOrigin, oidc: settings } = config
  const cookie = sessionCookie(publicOrigin.startsWith('https:'))
  const oidc =
    settings && openOidc(deps, { ...settings, redirectUri: `${publicOrigin}/api/v1/session/oidc/callback` })
  const ingest = new Ingest({
    deps,
    metrics,
    onAccepted: async (trx, clusterId) => {
      await askFor(trx, 'assess', clusterId)
      // The transaction ends first; a runner that looks too early looks again soon.
      setImmediate(wake)
    },
  })
  return {
    authenticate: ({ headers }) =>
      authenticate(deps, { authorization: headers.authorization, session: cookie.read(headers.cookie) }),
    routes: [
      ...sessionRoutes({ ...deps, cookie, oidc, publicOrigin, isSampleOnShow: () => hasSample(deps.db) }),
      ...accessRoutes(deps),
      ...enrolmentRoutes(deps),
      ...auditRoutes(deps),
      ...ingestRoutes(ingest),
    ],
    queues: [
      {
        name: 'sweep',
        atOnce: 1,
        work: async () => {
          await sweepSessions(deps)
        },
      },
    ],
    schedules: [{ name: 'sweep', queue: 'sweep', every: hour }],
    showSample: undefined,
  }
}

/** Counts and logs what became of a job. */
export const jobReporter =
  (metrics: Metrics, log: Logger) =>
  ({ queue, key, attempt, outcome, took, waited, error }: JobReport): void => {
    metrics.jobs.observe({ kind: queue, outcome }, took / 1000)
    const fields = { queue, key, attempt, outcome, took: Math.round(took), waited: Math.round(waited) }
    if (outcome === 'failed' || outcome === 'dead') log.error({ ...fields, err: error }, 'job failed')
    else log.info(fields, 'job')
  }
