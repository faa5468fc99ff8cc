// API: turns routes into endpoints of fastify below /api/v1, and their answers into HTTP.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { contentTag, isKnown } from './etag.ts'
import { eventStreamType } from './event-stream.ts'
import { Answer, type Route } from './route.ts'
import type { UnderWay } from './under-way.ts'
import { inputReader } from './validate.ts'

export const apiPrefix = '/api/v1'

type Guard = (route: Route) => (request: FastifyRequest) => Promise<void>

export function addRoutes(
  app: FastifyInstance,
  routes: readonly Route[],
  guard: Guard,
  underWay: UnderWay,
): void {
  ensureDistinct(routes)
  for (const route of routes.filter(({ body }) => body !== 'stream')) addRoute(app, route, guard, underWay)
  // A scope of its own, in which no body is read before the deed reads it, whatever its type.
  void app.register(async streams => {
    streams.removeAllContentTypeParsers()
    streams.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    for (const route of routes.filter(({ body }) => body === 'stream'))
      addRoute(streams, route, guard, underWay)
  })
}

function addRoute(app: FastifyInstance, route: Route, guard: Guard, underWay: UnderWay): void {
  const read = inputReader(route)
  const isEventStream = route.produces?.includes(eventStreamType) ?? false
  app.route({
    method: route.method,
    url: apiPrefix + route.path.replace(/\{(\w+)\}/g, ':$1'),
    ...(route.bodyLimit !== undefined && { bodyLimit: route.bodyLimit }),
    onRequest: guard(route),
    handler: async (request, reply) => {
      const input = {
        ...read({
          params: request.params,
          query: request.query,
          body: request.body ?? emptyBody(route, request),
        }),
        caller: request.caller,
        headers: request.headers,
        address: request.ip,
        requestId: request.id,
        signal: underWay.signalFor(reply, isEventStream),
      }
      return answer(await route.handle(input), {
        route,
        request,
        reply,
      })
    },
  })
}

/** A stream without a byte has no content type and is not parsed. */
const emptyBody = (route: Route, request: FastifyRequest) =>
  route.body === 'stream' ? request.raw : undefined

interface Exchange {
  readonly route: Route
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

function answer(result: unknown, { route, request, reply }: Exchange): FastifyReply {
  if (result instanceof Answer) {
    void reply.code(result.status).headers(result.headers)
    const tag = result.headers.etag
    if (request.method === 'GET' && typeof tag === 'string' && isKnown(request.headers, tag))
      return reply.code(304).send()
    return reply.send(result.body)
  }
  if (result === undefined) return reply.code(204).send()
  const body = JSON.stringify(result)
  void reply.code(route.success ?? 200).type('application/json; charset=utf-8')
  if (route.method === 'GET') {
    const tag = contentTag(body)
    void reply.header('etag', tag).header('cache-control', 'private, no-cache')
    if (isKnown(request.headers, tag)) return reply.code(304).send()
  }
  return reply.send(body)
}

/** Two routes of one id, or of one method and path, are a fault of the wiring: fastify tells of the second, not of the first. */
function ensureDistinct(routes: readonly Route[]): void {
  const ids = new Set<string>()
  for (const { id } of routes) {
    if (ids.has(id)) throw new Error(`two routes have the id ${id}`)
    ids.add(id)
  }
}
