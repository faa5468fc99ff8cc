// Collector: sends the snapshots of one cluster in every way there is, and remembers what it was told: the model of what must be there.

import { canonicalJson } from '@plimsoll/core'
import type { Random } from '../../bench/random.ts'
import { createEnrolment } from '../../packages/server/src/services/access/enrolments.ts'
import type { Deps } from '../../packages/server/src/services/deps.ts'
import {
  type Content,
  hashOf,
  headOf,
  linesOf,
} from '../../packages/server/src/services/ingest/testing/wire.ts'
import { apply, ballast, change, type Holding } from './contents.ts'

/** A snapshot that was sent at least once, and what the cluster held then: key → hash. */
export interface Sent {
  readonly digest: string
  readonly hashes: ReadonlyMap<string, string>
  isAcknowledged: boolean
}

interface Planned extends Sent {
  readonly sequence: number
  readonly lines: readonly string[]
  readonly next: Holding
}

/** `away`: the server could not be reached, or ended before it answered; `later`: it asked to come back later. */
export type Outcome = 'accepted' | 'repeated' | 'away' | 'later'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

interface Asked {
  readonly method?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

export class Collector {
  readonly uid: string
  readonly sent = new Map<number, Sent>()
  /** What the server said when it asked to come back later. */
  readonly problems = new Set<string>()
  readonly token: string
  readonly #random: Random
  #holding: Holding = new Map()
  #newest: number | undefined
  #sequence = 0
  #planned: Planned | undefined

  constructor(uid: string, token: string, random: Random) {
    this.uid = uid
    this.token = token
    this.#random = random
  }

  get acknowledged(): number {
    return [...this.sent.values()].filter(one => one.isAcknowledged).length
  }

  /** Sends the snapshot that was not answered yet, or one of a further change. Throws for an answer that none of this explains. */
  async step(url: string, plan = () => this.#plan()): Promise<Outcome> {
    this.#planned ??= plan()
    const planned = this.#planned
    this.sent.set(planned.sequence, planned)
    try {
      const reply = await this.#deliver(url, planned)
      if (reply.status === 503 || reply.status === 429) {
        expectProblem(reply)
        this.problems.add(reply.body.detail as string)
        return 'later'
      }
      if (reply.status !== 200 || reply.body.state !== 'accepted')
        throw new Error(
          `snapshot ${planned.sequence} of ${this.uid}: ${reply.status} ${JSON.stringify(reply.body)}`,
        )
      planned.isAcknowledged = true
      this.#newest = planned.sequence
      this.#holding = planned.next
      this.#planned = undefined
      return reply.body.repeated ? 'repeated' : 'accepted'
    } catch (error) {
      // What fetch throws where a connection is refused or ends.
      if (error instanceof TypeError) return 'away'
      throw error
    }
  }

  /** A snapshot so large that it goes through the staging of uploads, in parts that do not become smaller. */
  readonly heavy = (count = 5, bytes = 850_000): Planned =>
    this.#full(apply(this.#holding, ballast(count, bytes, this.#random)))

  async post(url: string, path: string, lines: readonly string[] = []): Promise<Reply> {
    return await this.ask(url, path, { method: 'POST', body: lines.map(line => `${line}\n`).join('') })
  }

  async ask(url: string, path: string, init: Asked = {}): Promise<Reply> {
    const response = await fetch(`${url}/api/v1/ingest${path}`, {
      ...init,
      headers: { authorization: `Bearer ${this.token}`, ...init.headers },
    })
    const body = (await response.json()) as Reply['body']
    return { status: response.status, headers: response.headers, body }
  }

  async #deliver(url: string, { lines, next }: Planned): Promise<Reply> {
    let reply = await this.post(url, '/snapshots', lines)
    const bodies = new Map([...next.values()].map(content => [hashOf(content), canonicalJson(content)]))
    while (reply.body.state === 'wanted') {
      const upload = `/uploads/${reply.body.upload as string}`
      const page = await this.ask(url, `${upload}/wanted?limit=20`)
      if (page.status !== 200) return page
      const wanted = page.body.wanted as readonly string[]
      if (wanted.length > 0) {
        const took = await this.post(
          url,
          `${upload}/objects`,
          wanted.map(hash => bodies.get(hash) as string),
        )
        if (took.status !== 200) return took
      }
      reply = await this.post(url, `${upload}/commit`)
    }
    return reply
  }

  #plan(): Planned {
    const changes = change(this.#holding, this.#random)
    const next = apply(this.#holding, changes)
    const way = this.#random.below(10)
    if (way < 4 && this.#newest !== undefined) return this.#lines(next, changes, { base: this.#newest })
    if (way < 6) return this.#lines(next, next, {}, () => true)
    if (way === 9 && this.#random.chance(0.5)) return this.heavy()
    return this.#full(next)
  }

  #full(next: Holding): Planned {
    return this.#lines(next, next, {})
  }

  #lines(
    next: Holding,
    contents: ReadonlyMap<string, Content | null>,
    base: { readonly base?: number },
    byHash?: () => boolean,
  ): Planned {
    const sequence = ++this.#sequence
    const lines = linesOf(headOf({ sequence, uid: this.uid, gaps: [], ...base }), contents, byHash)
    const { end } = JSON.parse(lines.at(-1) as string) as { end: { digest: string } }
    const hashes = new Map([...next].map(([key, content]) => [key, hashOf(content)]))
    return { sequence, lines, next, digest: end.digest, hashes, isAcknowledged: false }
  }
}

/** What a server says that cannot answer now: a problem, and when to come back. */
function expectProblem({ status, headers, body }: Reply): void {
  const isProblem =
    headers.get('content-type')?.startsWith('application/problem+json') && body.status === status
  if (!isProblem || !(Number(headers.get('retry-after')) > 0))
    throw new Error(`${status} without a problem or a time to come back: ${JSON.stringify(body)}`)
}

const system = { type: 'system', id: 'system', name: 'system', address: '' } as const

/** Collectors that are enrolled for a cluster each. */
export async function enrolled(deps: Deps, count: number, random: Random): Promise<Collector[]> {
  const collectors: Collector[] = []
  for (let i = 0; i < count; i++) {
    const asked = { name: `cluster ${i}`, environment: 'test', labels: {}, options: {} }
    const { token } = await createEnrolment(deps, asked, system)
    collectors.push(new Collector(`chaos-cluster-${String(i).padStart(4, '0')}`, token, random))
  }
  return collectors
}
