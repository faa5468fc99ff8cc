// Exchange: one request to the API server and the reading of its answer, within limits of time.

import http from 'node:http'
import https from 'node:https'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type ApiFailure, BodyError, failureOf, statusFailure, TimeLimitError } from './api-failure.ts'
import type { Headers } from './impersonation.ts'

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: URL
  readonly headers: Headers
  readonly body?: string
}

/** Milliseconds: without a byte, and for the whole answer. */
export interface TimeLimits {
  readonly idle: number
  readonly total: number
}

/** Reads an answer's body. Throws BodyError for one that ends too early or holds something else. */
export type BodyReader<T> = (
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
  /** The answer's ETag. */
  tag?: string,
) => Promise<T>

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ApiFailure }

/** Of an answer that says no, as many bytes are read. */
const complaintLimit = 64 * 1024

/** Sends a request and reads the answer. Rejects only with the signal's reason. `onBytes` counts what came over the wire. */
export async function exchange<T>(
  call: Call,
  agent: http.Agent,
  limits: TimeLimits,
  read: BodyReader<T>,
  onBytes: (count: number) => void,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  let answered = false
  let request: http.ClientRequest | undefined
  // Kept apart, since a body that is destroyed half-way only says that the connection was reset.
  let timeUp: TimeLimitError | undefined
  const stop = (message: string) => {
    timeUp = new TimeLimitError(message)
    request?.destroy(timeUp)
  }
  const timer = setTimeout(
    () => stop(`it did not answer whole within ${limits.total / 1000} s`),
    limits.total,
  )
  try {
    request = open(call, agent, limits, signal)
    request.on('timeout', () => stop(`it sent nothing for ${limits.idle / 1000} s`))
    const response = await responseTo(request)
    answered = true
    const body = decoded(response, onBytes)
    const status = response.statusCode ?? 0
    if (status >= 200 && status < 300)
      return {
        ok: true,
        value: await read(body, response.headers['content-type'] ?? '', response.headers.etag),
      }
    if (status === 304) {
      response.resume()
      return { ok: false, failure: statusFailure(status, '', undefined) }
    }
    if (status >= 300 && status < 400) {
      response.destroy()
      throw new BodyError(
        'malformed',
        `it sends us on to ${response.headers.location ?? 'elsewhere'} (${status})`,
      )
    }
    return { ok: false, failure: statusFailure(status, await textOf(body), response.headers['retry-after']) }
  } catch (error) {
    signal?.throwIfAborted()
    request?.destroy()
    return { ok: false, failure: failureOf(timeUp ?? error, answered) }
  } finally {
    clearTimeout(timer)
  }
}

function open(call: Call, agent: http.Agent, limits: TimeLimits, signal?: AbortSignal): http.ClientRequest {
  const { request } = call.url.protocol === 'https:' ? https : http
  const sent = request(call.url, {
    method: call.method,
    agent,
    headers: call.headers,
    timeout: limits.idle,
    ...(signal ? { signal } : {}),
  })
  sent.end(call.body)
  return sent
}

async function responseTo(request: http.ClientRequest): Promise<http.IncomingMessage> {
  return await new Promise((resolve, reject) => {
    // The listener for errors stays: a request that is destroyed later must not end the process.
    request.on('error', reject)
    request.once('response', response => {
      request.once('close', () => response.destroyed || response.complete || response.destroy())
      resolve(response)
    })
  })
}

function decoded(response: http.IncomingMessage, onBytes: (count: number) => void): Readable {
  response.on('data', (chunk: Buffer) => onBytes(chunk.length))
  response.pause()
  if (response.headers['content-encoding'] !== 'gzip') return response
  const gunzip = createGunzip()
  pipeline(response, gunzip, () => {})
  return gunzip
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const kept: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    if (size < complaintLimit) kept.push(chunk)
    size += chunk.length
    if (size > complaintLimit) break
  }
  return Buffer.concat(kept).toString('utf8')
}
