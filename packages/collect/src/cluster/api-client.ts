// API client: asks one API server, with credentials that are renewed, patience that ends, and a count of what it cost.

import type http from 'node:http'
import { type Attempt, succeed } from '@plimsoll/core'
import type { Collector, Environment, World } from '../collector.ts'
import { type ApiFailure, mayPass } from './api-failure.ts'
import { delayAfter } from './backoff.ts'
import { makeAgent } from './connection.ts'
import { type Credentials, getCredentials } from './credentials.ts'
import { type Answer, type BodyReader, type Call, exchange, type TimeLimits } from './exchange.ts'
import type { Target } from './target.ts'

export interface ApiClientOptions {
  readonly target: Target
  readonly environment: Environment
  readonly world: World
  readonly collector: Collector
  readonly signal?: AbortSignal | undefined
  readonly limits?: TimeLimits
}

const usualLimits: TimeLimits = { idle: 30_000, total: 300_000 }
const mostAttempts = 6
/** Who names a server that is not there wants to know it soon; one that has answered before is waited for. */
const firstAttempts = 3
/** After as many requests in a row that found no server, no more are sent: each would only wait as long again. */
const mostUnreachable = 4

interface Session {
  readonly agent: http.Agent
  readonly credentials: Credentials
}

export class ApiClient {
  readonly target: Target
  /** Requests sent, those sent again included, and bytes received over the wire. */
  readonly cost = { requests: 0, bytes: 0 }
  private readonly options: ApiClientOptions
  private session: Session
  /** The login under way after a 401, shared by all requests that were refused. */
  private renewal: Promise<Attempt<Session>> | undefined
  /** True once a new login was refused too: no further one is tried. */
  private isRefused = false
  /** Requests in a row that found no server, whatever their attempts. */
  private unreachable = 0
  /** Whether the server has answered anything yet. */
  private isThere = false

  private constructor(options: ApiClientOptions, session: Session) {
    this.options = options
    this.target = options.target
    this.session = session
  }

  /** A client that is logged in as far as can be without asking the server. Refuses with `cluster-auth` or `invalid-kubeconfig`. */
  static async open(options: ApiClientOptions): Promise<Attempt<ApiClient>> {
    const session = await logIn(options)
    return session.ok ? succeed(new ApiClient(options, session.value)) : session
  }

  close(): void {
    this.session.agent.destroy()
  }

  /** Gets `path` and reads the answer. Asks again where that may help. Rejects only with the signal's reason. */
  async get<T>(path: string, accept: string, read: BodyReader<T>): Promise<Answer<T>> {
    return await this.persist(() => this.send({ method: 'GET', path, accept }, read))
  }

  /** Asks for a review, which the server answers and does not store. */
  async review<T>(path: string, body: unknown, read: BodyReader<T>): Promise<Answer<T>> {
    const text = JSON.stringify(body)
    return await this.persist(() =>
      this.send({ method: 'POST', path, accept: 'application/json', body: text }, read),
    )
  }

  private async persist<T>(send: () => Promise<Answer<T>>): Promise<Answer<T>> {
    const { world, signal } = this.options
    for (let attempt = 1; ; attempt++) {
      if (this.unreachable >= mostUnreachable) return { ok: false, failure: givenUp }
      const answer = await send()
      if (answer.ok) {
        this.unreachable = 0
        this.isThere = true
        return answer
      }
      const { failure } = answer
      const isOut = failure.type === 'unreachable' || failure.type === 'timed-out'
      if (!isOut) this.isThere = true
      const most = isOut && !this.isThere ? firstAttempts : mostAttempts
      // Once a server is out of reach, each further request gets one attempt.
      if (!mayPass(failure) || attempt >= most || (isOut && this.unreachable > 0)) {
        this.unreachable = isOut ? this.unreachable + 1 : 0
        return answer
      }
      await world.sleep(delayAfter(attempt, failure, world), signal)
    }
  }

  private async send<T>(request: Request, read: BodyReader<T>): Promise<Answer<T>> {
    const used = this.session
    const answer = await this.sendWith(used, request, read)
    if (!isUnauthorized(answer) || this.isRefused) return answer
    // The token may have run out since: log in anew, once for all who wait.
    if (this.session === used) {
      this.renewal ??= logIn(this.options)
      const renewed = await this.renewal
      this.renewal = undefined
      if (!renewed.ok) return { ok: false, failure: loginFailure(renewed) }
      if (this.session === used) this.session = renewed.value
    }
    const second = await this.sendWith(this.session, request, read)
    if (isUnauthorized(second)) this.isRefused = true
    return second
  }

  private async sendWith<T>(
    { agent, credentials }: Session,
    { method, path, accept, body }: Request,
    read: BodyReader<T>,
  ): Promise<Answer<T>> {
    const { target, limits = usualLimits, signal, collector } = this.options
    const call: Call = {
      method,
      url: new URL(target.server.pathname.replace(/\/$/, '') + path, target.server),
      headers: {
        ...credentials.headers,
        Accept: accept,
        'Accept-Encoding': 'gzip',
        'User-Agent': `${collector.name}/${collector.version}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    }
    this.cost.requests++
    const count = (bytes: number) => {
      this.cost.bytes += bytes
    }
    return await exchange(call, agent, limits, read, count, signal)
  }
}

interface Request {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly accept: string
  readonly body?: string
}

const givenUp: ApiFailure = {
  type: 'unreachable',
  code: 'ECONNABORTED',
  message: 'not asked: the server had been out of reach several times in a row',
}

const isUnauthorized = (answer: Answer<unknown>): boolean =>
  !answer.ok && answer.failure.type === 'status' && answer.failure.status === 401

async function logIn({ target, environment, world, signal }: ApiClientOptions): Promise<Attempt<Session>> {
  const credentials = await getCredentials(target, { environment, now: () => world.now(), signal })
  if (!credentials.ok) return credentials
  const agent = makeAgent(target, credentials.value, environment)
  return agent.ok ? succeed({ agent: agent.value, credentials: credentials.value }) : agent
}

function loginFailure(refused: Attempt<never>): ApiFailure {
  const message = refused.ok ? '' : refused.problems.map(problem => problem.message).join('; ')
  return { type: 'login', message }
}
