// Server client: speaks to a Plimsoll server as a collector: streams what it sends, tells failures that may pass from those that will not.

import http from 'node:http'
import https from 'node:https'
import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { type Attempt, isRecord, refuse, succeed } from '@plimsoll/core'
import { makeAgent } from '../cluster/connection.ts'
import type { Environment } from '../collector.ts'

export interface ServerAddress {
  /** Such as `https://plimsoll.example.com`. */
  readonly url: string
  readonly token: string
  /** Authorities that the server's certificate must come from, as PEM; the system's own where absent. */
  readonly certificateAuthority?: string
}

/** Thrown for what the server refuses, and for a server that cannot be reached. */
export class ServerFailure extends Error {
  /** The server's code for it, such as `base-mismatch`; empty where the server did not get to say one. */
  readonly code: string
  /** The HTTP status; 0 where none came. */
  readonly status: number
  /** Whether trying again makes sense. */
  readonly mayPass: boolean
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | undefined
  /** SHA-256, in hex, of the object that it is about, where it is about one. */
  readonly object: string | undefined
  constructor(
    message: string,
    facts: {
      readonly code?: string
      readonly status?: number
      readonly mayPass: boolean
      readonly retryAfter?: number | undefined
      readonly object?: string | undefined
      readonly cause?: unknown
    },
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = 'ServerFailure'
    this.code = facts.code ?? ''
    this.status = facts.status ?? 0
    this.mayPass = facts.mayPass
    this.retryAfter = facts.retryAfter
    this.object = facts.object
  }
}

/** Milliseconds without a byte. A commit of a large snapshot takes a while. */
const idle = 180_000
const mostAnswerBytes = 16 * 1024 * 1024
/** Fast, and most of what there is to gain: objects repeat themselves. */
const gzipLevel = 2

export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Below /api/v1. */
  readonly path: string
  /** Pieces of lines; each line ends with a line feed. */
  readonly lines?: Iterable<string>
  /** A body that is one value. */
  readonly json?: unknown
}

export class ServerClient {
  private readonly base: URL
  private readonly token: string
  private readonly agent: http.Agent

  private constructor(base: URL, token: string, agent: http.Agent) {
    this.base = base
    this.token = token
    this.agent = agent
  }

  /** Refuses an address that is none, or that holds credentials, with `usage`. */
  static open(address: ServerAddress, environment: Environment): Attempt<ServerClient> {
    const base = URL.canParse(address.url) ? new URL(address.url) : undefined
    if (!base || !/^https?:$/.test(base.protocol) || base.username !== '' || base.password !== '')
      return refuse({
        code: 'usage',
        message: 'the server must be given as https://<host>, without a user or password in it',
      })
    if (!/^[\x21-\x7e]+$/.test(address.token))
      return refuse({ code: 'usage', message: 'the token is no token: one word is expected' })
    const { certificateAuthority } = address
    const agent = makeAgent(
      {
        context: `of ${base.host}`,
        server: base,
        insecure: false,
        clusterFields: {},
        userName: '',
        user: {},
        ...(certificateAuthority !== undefined && { certificateAuthority }),
      },
      { headers: {} },
      environment,
    )
    return agent.ok ? succeed(new ServerClient(base, address.token, agent.value)) : agent
  }

  close(): void {
    this.agent.destroy()
  }

  /** The JSON of the answer. Throws ServerFailure, and the signal's reason. */
  async call({ method, path, lines, json }: Call, signal?: AbortSignal): Promise<unknown> {
    const url = new URL(`${this.base.pathname.replace(/\/$/, '')}/api/v1${path}`, this.base)
    const { request } = url.protocol === 'https:' ? https : http
    const sending = request(url, {
      method,
      agent: this.agent,
      timeout: idle,
      ...(signal && { signal }),
      headers: {
        authorization: `Bearer ${this.token}`,
        accept: 'application/json',
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(lines && { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' }),
      },
    })
    sending.on('timeout', () => sending.destroy(new Error(`nothing came for ${idle / 1000} s`)))
    const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
      sending.once('response', resolve)
      sending.on('error', reject)
    })
    try {
      // An answer may come before all is sent; then the rest is not worth sending.
      if (lines) pipeline(Readable.from(inPieces(lines)), createGzip({ level: gzipLevel }), sending, () => {})
      else sending.end(json === undefined ? undefined : JSON.stringify(json))
      const response = await answered
      const text = await textOf(response)
      if (!sending.writableFinished) sending.destroy()
      return read(response, text)
    } catch (error) {
      sending.destroy()
      if (error instanceof ServerFailure) throw error
      signal?.throwIfAborted()
      const { message } = error as Error
      throw new ServerFailure(`the server ${this.base.host} cannot be reached: ${message}`, {
        mayPass: true,
        cause: error,
      })
    }
  }
}

/** Joins lines to pieces that are worth compressing at once. */
function* inPieces(lines: Iterable<string>): Generator<Buffer> {
  let piece = ''
  for (const line of lines) {
    piece += line
    if (piece.length < 64 * 1024) continue
    yield Buffer.from(piece)
    piece = ''
  }
  if (piece !== '') yield Buffer.from(piece)
}

async function textOf(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    chunks.push(chunk as Buffer)
    size += (chunk as Buffer).length
    if (size > mostAnswerBytes) throw new Error('its answer is far too large')
  }
  return Buffer.concat(chunks).toString('utf8')
}

function read({ statusCode = 0, headers }: http.IncomingMessage, text: string): unknown {
  let value: unknown
  try {
    value = text === '' ? undefined : JSON.parse(text)
  } catch {
    value = undefined
  }
  if (statusCode >= 200 && statusCode < 300) {
    if (value !== undefined || statusCode === 204) return value
    throw new ServerFailure('its answer is no JSON; does a proxy or a login page stand between?', {
      status: statusCode,
      mayPass: false,
    })
  }
  const { code, detail, title, object } = isRecord(value) ? value : {}
  const said = [detail, title].find(one => typeof one === 'string')
  const seconds = Number(headers['retry-after'])
  throw new ServerFailure(typeof said === 'string' ? said : `it answered with status ${statusCode}`, {
    code: typeof code === 'string' ? code : '',
    status: statusCode,
    mayPass: statusCode >= 500 || statusCode === 429 || statusCode === 408 || code === 'incomplete-upload',
    object: typeof object === 'string' ? object : undefined,
    retryAfter: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined,
  })
}
