// Server: starts everything in order, database, schema, jobs, HTTP, and stops it in the opposite one.

import { createHash, randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { DestinationStream, Logger } from 'pino'
import type { Config } from './config.ts'
import { migrate, readSchemaState } from './database/migrate.ts'
import { type App, buildApp } from './http/app.ts'
import { createLog } from './http/log.ts'
import type { Readiness } from './http/operations.ts'
import { askForAllAssessments } from './jobs/assessment-queues.ts'
import { type Runner, startRunner } from './jobs/runner.ts'
import { openDatabase } from './open-database.ts'
import { systemActor } from './services/access/audit.ts'
import { createEnrolment, endEnrolment } from './services/access/enrolments.ts'
import { ensureFirstAdmin } from './services/access/people.ts'
import type { RulePack } from './services/assess/ports.ts'
import type { Deps } from './services/deps.ts'
import { createMetrics } from './services/metrics.ts'
import { StartError } from './start-error.ts'
import type { Connection } from './store/connect.ts'
import { countJobs } from './store/jobs.ts'
import { migrations } from './store/migrations/all.ts'
import { jobReporter, type Wired, wire } from './wire.ts'

export interface ServerOptions {
  readonly version: string
  /** Where the log goes: a line a write. */
  readonly logTo: DestinationStream
  /** Ends what waits while it starts. */
  readonly signal?: AbortSignal
}

export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:8480`. */
  readonly url: string
  readonly deps: Deps
  /** One-time password of the first account, `admin`, where this start made it. */
  readonly firstPassword: string | undefined
  /** Looks for jobs now. */
  readonly wake: () => void
  /** Enrols a cluster that this machine itself will look at; gives the token to send with. It ends with the server. */
  readonly enrol: (name: string) => Promise<string>
  /** Puts the bundled sample fleet there, with its history, where it is not yet. */
  readonly showSample: Wired['showSample']
  /** Requests and jobs under way are finished, within the time that the configuration gives them; then all is closed. */
  readonly stop: () => Promise<void>
}

/** Throws `StartError` or `DatabaseError` for what whoever starts it can mend; nothing is left running then. */
export async function startServer(config: Config, options: ServerOptions): Promise<RunningServer> {
  const log = createLog(config.logLevel, options.logTo)
  const undo: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    return { ...(await start(config, options, log, undo)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(
  config: Config,
  { version, signal }: ServerOptions,
  log: Logger,
  undo: (() => Promise<unknown>)[],
): Promise<Omit<RunningServer, 'stop'>> {
  const database = await openDatabase(config, {
    onEvent: event => log[event.type === 'crashed' ? 'error' : 'info'](event, 'embedded database'),
    onIdleError: err => log.warn({ err }, 'a connection to the database was lost'),
    ...(signal && { signal }),
  })
  undo.push(database.close)
  const applied = await migrate(database.pool, migrations)
  if (applied.length > 0) log.info({ applied }, 'schema brought up to date')

  const deps: Deps = { db: database.db, now: () => new Date(), randomBytes }
  const metrics = createMetrics({ pool: database.pool, countJobs: () => countJobs(database.db) })
  let runner: Runner | undefined
  const wake = () => runner?.wake()
  const pack = await loadPack(version)
  let ownOrigin: string | undefined
  const wired = wire({ deps, config, listeningAt: () => ownOrigin, metrics, log, pack, wake })
  // Where this server has other rules than the last one had, every cluster is judged anew.
  await askForAllAssessments(database.db)
  runner = startRunner({
    db: database.db,
    queues: wired.queues,
    schedules: wired.schedules,
    onReport: jobReporter(metrics, log),
    onError: err => log.error({ err }, 'jobs cannot be looked for'),
  })
  const { stop: stopJobs } = runner
  undo.push(() => stopJobs(config.graceSeconds * 1000))
  const app = await buildApp({
    routes: wired.routes,
    authenticate: wired.authenticate,
    version,
    log,
    metrics,
    readiness: () => readiness(database),
    publicOrigin: config.publicOrigin,
    trustedProxies: config.trustedProxies,
    ...(config.metricsToken !== undefined && { metricsToken: config.metricsToken }),
    ...(config.webFolder !== undefined && { webFolder: config.webFolder }),
    ...(config.tls && { tls: config.tls }),
  }).catch((error: unknown) => {
    if (!config.tls || !/^ERR_(?:OSSL|SSL)/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
    throw new StartError('bad-tls', `certificate and key cannot be used: ${(error as Error).message}`, {
      cause: error,
    })
  })
  undo.push(() => app.stop(config.graceSeconds))
  const firstPassword = await ensureFirstAdmin(deps)
  const url = await listen(app, config)
  // Where the system chose the port, the configuration's own address has none.
  if (config.publicOrigin.endsWith(':0')) ownOrigin = url
  log.info({ url, version, database: database.folder ?? 'DATABASE_URL' }, 'listening')
  const enrol = async (name: string) => {
    const asked = { name, environment: '', labels: {}, options: {} }
    const { id, token } = await createEnrolment(deps, asked, systemActor)
    undo.push(() => endEnrolment(deps, id, systemActor))
    return token
  }
  return { url, deps, firstPassword, wake, enrol, showSample: wired.showSample }
}

/** The rules and benchmarks of this build; their digest tells them from those of another. */
async function loadPack(version: string): Promise<RulePack> {
  const { rules, editions } = await import('@plimsoll/core/catalogue')
  const digest = createHash('sha256')
    .update(JSON.stringify([rules, editions]))
    .digest('hex')
    .slice(0, 16)
  return { rules, editions, version: `${version}-${digest}` }
}

async function listen({ fastify }: App, { listen: { host, port }, tls }: Config): Promise<string> {
  try {
    await fastify.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const where = `${host}:${port}`
    if (code === 'EADDRINUSE')
      throw new StartError(
        'port-in-use',
        `${where} is in use by another program: choose another port by --listen`,
        {
          cause: error,
        },
      )
    throw new StartError('cannot-listen', `${where} cannot be listened on (${code})`, { cause: error })
  }
  const { port: given } = fastify.server.address() as AddressInfo
  return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${given}`
}

/** Whether the database answers soon, and has every step of the schema. */
async function readiness({ pool }: Connection): Promise<Readiness> {
  const asked = readSchemaState(pool, migrations).then(
    ({ missing }) => ({ database: 'ok', schema: missing.length === 0 ? 'ok' : 'not up to date' }),
    (error: Error) => ({ database: error.name === 'DatabaseError' ? 'ok' : 'away', schema: 'unknown' }),
  )
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Readiness>(resolve => {
    timer = setTimeout(() => resolve({ database: 'slow', schema: 'unknown' }), 3000)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}
