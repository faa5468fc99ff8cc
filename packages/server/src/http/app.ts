// App: the whole HTTP server as a value: routes, guard, errors, logs, metrics, web app; it opens no port.

import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { Fault, faultCodes } from '../services/fault.ts'
import type { Metrics } from '../services/metrics.ts'
import { addRoutes, apiPrefix } from './api.ts'
import { type Authenticate, callerKey, createGuard, defaultRateLimits, type RateLimits } from './guard.ts'
import { openApiDocument } from './openapi.ts'
import { addOperations, type Readiness } from './operations.ts'
import { faultOf, problemOf, problemType } from './problem.ts'
import type { Route } from './route.ts'
import { UnderWay } from './under-way.ts'
import { addWeb } from './web.ts'

export interface AppOptions {
  readonly routes: readonly Route[]
  readonly authenticate: Authenticate
  readonly version: string
  readonly log: FastifyBaseLogger
  readonly metrics: Metrics
  readonly readiness: () => Promise<Readiness>
  readonly metricsToken?: string
  /** The origin that people's browsers see, such as `https://plimsoll.example.com`. */
  readonly publicOrigin?: string
  /** A build of the web app. */
  readonly webFolder?: string
  /** Addresses of proxies whose `x-forwarded-for` is believed. */
  readonly trustedProxies?: readonly string[]
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer }
  readonly rateLimits?: RateLimits
}

export interface App {
  readonly fastify: FastifyInstance
  /**
   * Stops in order: says that it is not ready, takes no new connection, ends event streams and idle connections, lets requests under way
   * finish for `graceSeconds`, then ends them.
   */
  readonly stop: (graceSeconds: number) => Promise<void>
}

const jsonLimit = 1024 * 1024

export async function buildApp(options: AppOptions): Promise<App> {
  const { routes, log, metrics, publicOrigin, trustedProxies = [], tls } = options
  const underWay = new UnderWay()
  let isStopping = false
  const app = fastify({
    loggerInstance: log,
    // One line per request is written below, without headers and queries, which may hold credentials.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: jsonLimit,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    genReqId: ({ headers }: IncomingMessage) => requestId(headers['x-request-id']),
    // A client that sends its headers or its request drop by drop holds a connection no longer than this; streams have bounds of their own.
    connectionTimeout: 120_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 1024, ignoreTrailingSlash: true },
    ...(tls && { https: tls as { key: Buffer; cert: Buffer } | null }),
  } as object) as unknown as FastifyInstance
  app.decorateRequest('caller', undefined)
  const unasked = connectionsWithoutRequest(app, tls !== undefined)
  await app.register(helmet, secureHeaders(tls !== undefined || publicOrigin?.startsWith('https:') === true))
  await app.register(rateLimit, { global: false })

  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    tell(request, reply, metrics)
    // Its connection would be kept for a next request, and hold up the end.
    if (isStopping) setImmediate(() => app.server.closeIdleConnections())
  })
  app.setErrorHandler((error, request, reply) => refuse(error, request, reply))

  addOperations(app, {
    readiness: options.readiness,
    isStopping: () => isStopping,
    metrics,
    metricsToken: options.metricsToken,
  })
  const guard = createGuard(app, {
    authenticate: options.authenticate,
    limits: options.rateLimits ?? defaultRateLimits,
    publicOrigin,
  })
  addRoutes(app, routes, guard, underWay)
  const description = JSON.stringify(
    openApiDocument(routes, { version: options.version, url: (publicOrigin ?? '') + apiPrefix }),
  )
  app.get(`${apiPrefix}/openapi.json`, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(description),
  )
  const webPage = await addWeb(app, options.webFolder)
  app.setNotFoundHandler((request, reply) => {
    const page = webPage(request, reply)
    if (page) return page
    return refuse(new Fault('not-found', `There is no ${request.method} ${pathOf(request)}.`), request, reply)
  })
  await app.ready()

  return {
    fastify: app,
    stop: async graceSeconds => {
      isStopping = true
      underWay.endStreams()
      for (const socket of unasked) socket.destroy()
      const late = setTimeout(() => {
        underWay.endAll()
        app.server.closeAllConnections()
      }, graceSeconds * 1000)
      await app.close()
      clearTimeout(late)
    },
  }
}

/** Connections that were opened ahead of a request, as browsers do: node takes them for busy, and would wait for them. */
function connectionsWithoutRequest({ server }: FastifyInstance, isEncrypted: boolean): ReadonlySet<Socket> {
  const unasked = new Set<Socket>()
  server.on(isEncrypted ? 'secureConnection' : 'connection', (socket: Socket) => {
    unasked.add(socket)
    socket.once('close', () => unasked.delete(socket))
  })
  server.on('request', ({ socket }: IncomingMessage) => unasked.delete(socket))
  return unasked
}

const requestId = (given: string | string[] | undefined) =>
  typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID()

const pathOf = (request: FastifyRequest) => request.url.split('?', 1)[0] as string

function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = faultOf(error)
  const { status } = faultCodes[fault.code]
  if (status >= 500) request.log.error({ err: fault.cause ?? error }, 'request failed')
  if (fault.retryAfter !== undefined) void reply.header('retry-after', String(Math.ceil(fault.retryAfter)))
  if (fault.code === 'unauthenticated') void reply.header('www-authenticate', 'Bearer realm="plimsoll"')
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(problemType)
    .send(JSON.stringify(problemOf(fault, request.id)))
}

function tell(request: FastifyRequest, reply: FastifyReply, metrics: Metrics): void {
  const { method } = request
  const route = request.routeOptions.url ?? 'none'
  const seconds = reply.elapsedTime / 1000
  metrics.requests.observe({ method, route, status: String(reply.statusCode) }, seconds)
  request.log.info(
    {
      method,
      route,
      path: pathOf(request),
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      address: request.ip,
      ...(request.caller && { caller: callerKey(request.caller) }),
    },
    'request',
  )
}

/** The pages load nothing from elsewhere, and nobody frames them. */
const secureHeaders = (isEncrypted: boolean) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      workerSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: isEncrypted ? { maxAge: 31_536_000 } : false,
  referrerPolicy: { policy: 'same-origin' as const },
  xFrameOptions: { action: 'deny' as const },
})
