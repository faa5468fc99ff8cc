// Wire: puts the families of routes and the queues of jobs together with what they need.

import { knownWordsOf } from '@plimsoll/core'
import type { Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { RequestFacts } from './http/guard.ts'
import type { Route } from './http/route.ts'
import { accessRoutes } from './http/routes/access.ts'
import { attestationRoutes } from './http/routes/attestations.ts'
import { auditRoutes } from './http/routes/audit.ts'
import { clusterChangeRoutes } from './http/routes/cluster-changes.ts'
import { enrolmentRoutes } from './http/routes/enrolments.ts'
import { eventRoutes } from './http/routes/events.ts'
import { exceptionRoutes } from './http/routes/exceptions.ts'
import { findingFixRoutes } from './http/routes/finding-fix.ts'
import { findingNoteRoutes } from './http/routes/finding-notes.ts'
import { heartbeatRoutes, ingestRoutes } from './http/routes/ingest.ts'
import { permissionRoutes } from './http/routes/permissions.ts'
import { profileRoutes } from './http/routes/profiles.ts'
import { readingRoutes } from './http/routes/reading.ts'
import { sampleRoutes } from './http/routes/sample.ts'
import { savedViewRoutes } from './http/routes/saved-views.ts'
import { sessionRoutes } from './http/routes/session.ts'
import { oidcCookie, sessionCookie } from './http/secret-cookie.ts'
import {
  askForAllAssessments,
  askForAssessment,
  assessmentQueues,
  assessmentSchedules,
} from './jobs/assessment-queues.ts'
import type { JobReport, Queue, Schedule } from './jobs/runner.ts'
import { authenticate } from './services/access/authenticate.ts'
import { openOidc } from './services/access/oidc.ts'
import { sweepSessions } from './services/access/sign-in.ts'
import type { RulePack } from './services/assess/ports.ts'
import { warmClusters } from './services/assess/warm.ts'
import type { Caller, Collector } from './services/caller.ts'
import { openChangeFeed } from './services/change-feed.ts'
import { decidedBasis } from './services/decisions/basis.ts'
import { storedProfileOf } from './services/decisions/profile-of.ts'
import type { Deps } from './services/deps.ts'
import { openHeartbeats } from './services/ingest/heartbeats.ts'
import { Ingest } from './services/ingest/ingest.ts'
import type { Metrics } from './services/metrics.ts'
import { keptCursorKey, readingOf } from './services/read/reading.ts'
import { type SampleOptions, type SampleOutcome, showSample } from './services/sample-fleet/show-sample.ts'
import { hasSample } from './store/sample.ts'
import type { Schema } from './store/schema.ts'

export interface WireOptions {
  readonly deps: Deps
  readonly config: Pick<Config, 'publicOrigin' | 'oidc'>
  /** As collectors reach the server, where that is known only once it listens: the system chose the port. Else as the configuration says. */
  readonly listeningAt?: () => string | undefined
  readonly metrics: Metrics
  readonly log: Logger
  readonly pack: RulePack
  /** Something was put into the queues by this process. */
  readonly wake: () => void
}

export interface Wired {
  readonly routes: readonly Route[]
  readonly authenticate: (facts: RequestFacts) => Promise<Caller | Collector | undefined>
  readonly queues: readonly Queue[]
  readonly schedules: readonly Schedule[]
  /** Puts the bundled sample fleet there, with its history, where it is not yet. */
  readonly showSample: (options?: Omit<SampleOptions, 'plans'>) => Promise<SampleOutcome>
}

const hour = 60 * 60_000
/** Bytes of standing assessments that are kept in memory between two changes of a cluster. */
const warmBytes = 384 * 1024 * 1024
/** Milliseconds that the transaction which asked for a job gets to end before the runner looks; else it looks within a second. */
const soon = 25

export function wire({ deps, config, listeningAt, metrics, log, pack, wake }: WireOptions): Wired {
  const { publicOrigin, oidc: settings } = config
  const isSecure = publicOrigin.startsWith('https:')
  const cookie = sessionCookie(isSecure)
  // The configuration takes a provider over http on loopback alone.
  const oidc =
    settings &&
    openOidc(
      deps,
      { ...settings, redirectUri: `${publicOrigin}/api/v1/session/oidc/callback` },
      settings.issuer.startsWith('http:'),
    )
  const onChanged = async (trx: Transaction<Schema>, clusterId: string) => {
    await askForAssessment(trx, clusterId)
    setTimeout(wake, soon)
  }
  const ingest = new Ingest({ deps, metrics, onAccepted: onChanged })
  const onDecided = async (trx: Transaction<Schema>) => {
    await askForAllAssessments(trx)
    setTimeout(wake, soon)
  }
  const profileOf = storedProfileOf(pack)
  const known = knownWordsOf(pack.rules, pack.editions)
  const basisOf = decidedBasis(deps, known, profileOf)
  const reading = readingOf(deps, pack, known, keptCursorKey(deps))
  const assessment = assessmentQueues(
    { ...deps, pack, basisOf, warm: warmClusters(warmBytes) },
    { onAssessed: (cluster, assessed) => log.info({ cluster, ...assessed }, 'assessed') },
  )
  return {
    authenticate: ({ headers }) =>
      authenticate(deps, { authorization: headers.authorization, session: cookie.read(headers.cookie) }),
    routes: [
      ...sessionRoutes({
        ...deps,
        cookie,
        oidcCookie: oidcCookie(isSecure),
        oidc,
        onOidcFault: fault =>
          log.warn({ err: fault.cause ?? fault, code: fault.code }, 'sign-in by the provider refused'),
        publicOrigin,
        isSampleOnShow: () => hasSample(deps.db),
      }),
      ...accessRoutes({ ...deps, onDecided }),
      ...enrolmentRoutes({
        ...deps,
        rules: pack.rules,
        get publicOrigin() {
          return listeningAt?.() ?? publicOrigin
        },
      }),
      ...auditRoutes(deps),
      ...ingestRoutes(ingest),
      ...heartbeatRoutes(openHeartbeats(deps)),
      ...readingRoutes(reading),
      ...clusterChangeRoutes({ ...deps, onChanged }),
      ...permissionRoutes(reading),
      ...findingFixRoutes(reading),
      ...exceptionRoutes({ ...deps, pack, known, onDecided }),
      ...attestationRoutes({ ...deps, pack }),
      ...findingNoteRoutes(deps),
      ...profileRoutes({ ...deps, pack, onDecided, basisOf }),
      ...savedViewRoutes(deps),
      ...sampleRoutes({ ...deps, onDecided }),
      ...eventRoutes(openChangeFeed(deps)),
    ],
    queues: [
      ...assessment,
      {
        name: 'sweep',
        atOnce: 1,
        work: async () => {
          await sweepSessions(deps)
        },
      },
    ],
    schedules: [...assessmentSchedules, { name: 'sweep', queue: 'sweep', every: hour }],
    showSample: options => showSample({ ...deps, pack, known, profileOf }, options),
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
