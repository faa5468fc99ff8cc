// Ingest routes: the door for collectors: what to know before sending, snapshots, what is lacking of them, commit.

import type { Readable } from 'node:stream'
import {
  ingestAnswer,
  ingestHeard,
  ingestMediaType,
  ingestReceived,
  ingestReport,
  ingestState,
  ingestWantedPage,
} from '@plimsoll/core/contract'
import { z } from 'zod'
import type { Heartbeats } from '../../services/ingest/heartbeats.ts'
import type { Ingest, Sent } from '../../services/ingest/ingest.ts'
import { defineRoute, type Route, type RouteInput } from '../route.ts'

const tag = 'ingest'
const access = 'collector'
const uploadId = z.object({ id: z.uuid() })

/** Milliseconds in which a client may still read why it was refused before what it goes on sending is cut off. */
const patience = 3000

export function ingestRoutes(ingest: Ingest): Route[] {
  return [
    defineRoute({
      id: 'getIngestState',
      method: 'GET',
      path: '/ingest',
      tag,
      summary: 'Tells a collector its limits, and what the server has of its cluster.',
      access,
      response: ingestState,
      handle: ({ caller }) => ingest.state(caller),
    }),
    defineRoute({
      id: 'sendSnapshot',
      method: 'POST',
      path: '/ingest/snapshots',
      tag,
      summary: `Takes a snapshot as lines of JSON (${ingestMediaType}); answers whether it is accepted or objects are wanted.`,
      access,
      body: 'stream',
      response: ingestAnswer,
      handle: input => reading(input, sent => ingest.receive(input.caller, sent)),
    }),
    defineRoute({
      id: 'listWantedObjects',
      method: 'GET',
      path: '/ingest/uploads/{id}/wanted',
      tag,
      summary: 'Lists the hashes of the objects that an upload still lacks.',
      access,
      params: uploadId,
      query: z.object({
        after: z.string().max(700).optional(),
        limit: z.coerce.number().int().min(1).max(20_000).optional(),
      }),
      response: ingestWantedPage,
      handle: ({ caller, params, query }) => ingest.wanted(caller, params.id, query.after, query.limit),
    }),
    defineRoute({
      id: 'sendObjects',
      method: 'POST',
      path: '/ingest/uploads/{id}/objects',
      tag,
      summary: `Takes objects that an upload lacks, a line each (${ingestMediaType}).`,
      access,
      params: uploadId,
      body: 'stream',
      response: ingestReceived,
      handle: input => reading(input, sent => ingest.receiveObjects(input.caller, input.params.id, sent)),
    }),
    defineRoute({
      id: 'commitUpload',
      method: 'POST',
      path: '/ingest/uploads/{id}/commit',
      tag,
      summary: 'Accepts an upload of which nothing is lacking; answers what is wanted else.',
      access,
      params: uploadId,
      response: ingestAnswer,
      handle: ({ caller, params }) => ingest.commit(caller, params.id),
    }),
    defineRoute({
      id: 'cancelUpload',
      method: 'DELETE',
      path: '/ingest/uploads/{id}',
      tag,
      summary: 'Gives an upload up.',
      access,
      params: uploadId,
      handle: ({ caller, params }) => ingest.cancel(caller, params.id),
    }),
  ]
}

export const heartbeatRoutes = (heartbeats: Heartbeats): Route[] => [
  defineRoute({
    id: 'reportHeartbeat',
    method: 'POST',
    path: '/ingest/heartbeat',
    tag,
    summary:
      'Takes how a collector stands, and answers when a scan is asked for, or with nothing after the time it waits.',
    access,
    body: ingestReport,
    response: ingestHeard,
    handle: ({ caller, body, signal }) => heartbeats.beat(caller, body, signal),
  }),
]

/** Hands a body on as it comes. Where it is refused half-way, the rest is thrown away for a moment and then cut off. */
async function reading<T>(
  { body, headers }: Pick<RouteInput<unknown, unknown, unknown, 'collector'>, 'body' | 'headers'>,
  deed: (sent: Sent) => Promise<T>,
): Promise<T> {
  const stream = body as Readable
  // What goes wrong while nobody reads is told to the next reader, not to the process.
  stream.on('error', () => {})
  try {
    return await deed({
      body: stream,
      encoding: headers['content-encoding'],
      length: headers['content-length'],
    })
  } catch (error) {
    if (!stream.readableEnded && !stream.destroyed) {
      stream.resume()
      setTimeout(() => stream.destroy(), patience).unref()
    }
    throw error
  }
}
