// Cluster API: asks one API server for as long as the agent runs: credentials are read again as they rotate, and every request is counted.

import type http from 'node:http'
import { type Attempt, succeed } from '@plimsoll/core'
import { type ApiFailure, mayPass } from '../cluster/api-failure.ts'
import { delayAfter } from '../cluster/backoff.ts'
import { makeAgent } from '../cluster/connection.ts'
import { type Credentials, getCredentials } from '../cluster/credentials.ts'
import { type Answer, type BodyReader, type Call, exchange, type TimeLimits } from '../cluster/exchange.ts'
import { readObject } from '../cluster/read-object.ts'
import type { Target } from '../cluster/target.ts'
import type { Environment } from '../collector.ts'
import type { AgentWorld } from './agent-options.ts'

const usualLimits: TimeLimits = { idle: 30_000, total: 300_000 }
/** A watch is silent for no longer than the minute between two bookmarks. */
const watchIdle = 150_000
const mostAttempts = 3
/** Projected tokens of ServiceAccounts are renewed on disk well before they run out. client-go reads them as often. */
const readAgainAfter = 60_000

interface Session {
  readonly credentials: Credentials
  readonly lists: http.Agent
  readonly watches: http.Agent
  readonly readAt: number
}

interface Request {
  readonly method: Call['method']
  readonly path: string
  readonly accept: string
  readonly body?: string
  readonly limits?: TimeLimits
  readonly isWatch?: boolean
  /** The ETag of an answer that need not be sent again. */
  readonly known?: string
  /** Nothing that is short is broken off: a Lease is given up by who stops. */
  readonly signal?: AbortSignal
}

export class ClusterApi {
  readonly target: Target
  /** Requests sent, and bytes received over the wire. */
  readonly cost = { requests: 0, bytes: 0 }
  private readonly outside: AgentWorld
  private readonly environment: Environment
  private session: Session | undefined
  private opening: Promise<Attempt<Session>> | undefined

  /** `environment` names the proxies that may stand between. */
  constructor(target: Target, environment: Environment, outside: AgentWorld) {
    this.target = target
    this.environment = environment
    this.outside = outside
  }

  close(): void {
    this.session?.lists.destroy()
    this.session?.watches.destroy()
    this.session = undefined
  }

  /**
   * Gets `path` and reads the answer; asks a few times where that may help. Rejects only with the signal's reason. Where `known` is still its
   * ETag, the failure has status 304.
   */
  async get<T>(path: string, accept: string, read: BodyReader<T>, known?: string): Promise<Answer<T>> {
    const { world, signal } = this.outside
    for (let attempt = 1; ; attempt++) {
      const answer = await this.send(
        { method: 'GET', path, accept, signal, ...(known !== undefined && { known }) },
        read,
      )
      if (answer.ok || !mayPass(answer.failure) || attempt >= mostAttempts) return answer
      await world.sleep(delayAfter(attempt, answer.failure, world), signal)
    }
  }

  /** Sends an object once, and gives the one that is answered. */
  async put(method: 'POST' | 'PUT', path: string, object: object): Promise<Answer<Record<string, unknown>>> {
    const body = JSON.stringify(object)
    // A Lease must not wait long for an answer that comes too late to keep it.
    const limits = { idle: 5_000, total: 5_000 }
    return await this.send({ method, path, accept: 'application/json', body, limits }, readObject)
  }

  /** Gets an object once, soon or not at all. */
  async getSoon(path: string): Promise<Answer<Record<string, unknown>>> {
    const limits = { idle: 5_000, total: 5_000 }
    return await this.send({ method: 'GET', path, accept: 'application/json', limits }, readObject)
  }

  /** Reads a watch to its end, once. */
  async watch(
    path: string,
    accept: string,
    seconds: number,
    read: BodyReader<void>,
    signal: AbortSignal,
  ): Promise<Answer<void>> {
    const limits = { idle: watchIdle, total: (seconds + 30) * 1000 }
    return await this.send({ method: 'GET', path, accept, limits, isWatch: true, signal }, read)
  }

  private async send<T>(request: Request, read: BodyReader<T>): Promise<Answer<T>> {
    const opened = await this.open(false)
    if (!opened.ok) return { ok: false, failure: loginFailure(opened) }
    const answer = await this.sendWith(opened.value, request, read)
    if (answer.ok || answer.failure.type !== 'status' || answer.failure.status !== 401) return answer
    // The token may have been renewed since it was read.
    const renewed = await this.open(true)
    return renewed.ok
      ? await this.sendWith(renewed.value, request, read)
      : { ok: false, failure: loginFailure(renewed) }
  }

  /** The session under way; with credentials that were read a while ago, or as `anew` asks, read again. */
  private async open(anew: boolean): Promise<Attempt<Session>> {
    const now = this.outside.world.now().getTime()
    const { session } = this
    if (session && !anew && Math.abs(now - session.readAt) < readAgainAfter) return succeed(session)
    this.opening ??= this.renew(now).finally(() => {
      this.opening = undefined
    })
    return await this.opening
  }

  private async renew(now: number): Promise<Attempt<Session>> {
    const { environment, target, session } = this
    const { world, signal } = this.outside
    const credentials = await getCredentials(target, { environment, now: () => world.now(), signal })
    if (!credentials.ok) return credentials
    const { certificate, key } = credentials.value
    const isSame = session?.credentials.certificate === certificate && session?.credentials.key === key
    // Connections are as good as before where only a header changed.
    const lists =
      session && isSame ? succeed(session.lists) : makeAgent(target, credentials.value, environment)
    if (!lists.ok) return lists
    const watches =
      session && isSame
        ? succeed(session.watches)
        : makeAgent(target, credentials.value, environment, Number.POSITIVE_INFINITY)
    if (!watches.ok) return watches
    this.session = {
      credentials: credentials.value,
      lists: lists.value,
      watches: watches.value,
      readAt: now,
    }
    return succeed(this.session)
  }

  private async sendWith<T>(session: Session, request: Request, read: BodyReader<T>): Promise<Answer<T>> {
    const { method, path, accept, body, limits = usualLimits, isWatch, known, signal } = request
    const { collector } = this.outside
    const { server } = this.target
    const call: Call = {
      method,
      url: new URL(server.pathname.replace(/\/$/, '') + path, server),
      headers: {
        ...session.credentials.headers,
        Accept: accept,
        'Accept-Encoding': 'gzip',
        'User-Agent': `${collector.name}-agent/${collector.version}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(known === undefined ? {} : { 'If-None-Match': known }),
      },
      ...(body === undefined ? {} : { body }),
    }
    this.cost.requests++
    const count = (bytes: number) => {
      this.cost.bytes += bytes
    }
    const agent = isWatch ? session.watches : session.lists
    return await exchange(call, agent, limits, read, count, signal)
  }
}

function loginFailure(refused: Attempt<unknown>): ApiFailure {
  const message = refused.ok ? '' : refused.problems.map(problem => problem.message).join('; ')
  return { type: 'login', message }
}
