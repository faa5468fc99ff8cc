import { join } from 'node:path'
import type { Gap } from '@plimsoll/core'
import type { IngestAnswer, IngestHead } from '@plimsoll/core/contract'
import { expect, test } from 'vitest'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { type Call, ServerFailure } from '../upload/server-client.ts'
import { makeLog } from './log.ts'
import { Outbox } from './outbox.ts'
import { hexOf, readyObject } from './ready-object.ts'
import { Sender } from './sender.ts'
import { TokenRefused } from './server-link.ts'
import { Spool, type SpoolOptions } from './spool.ts'

/** A server that keeps what it is told, as the protocol says; `fail` may throw before a call is heard, or after. */
class FakeServer {
  readonly kept = new Map<string, string>()
  readonly bodies = new Map<string, string>()
  readonly heads: IngestHead[] = []
  sequence: number | undefined
  /** Objects with this value are not taken. */
  refused: string | undefined
  fail: (path: string, isHeard: boolean) => void = () => {}
  private open: { head: IngestHead; items: [string, string | null][] } | undefined

  async call({ path, lines }: Call): Promise<unknown> {
    this.fail(path, false)
    const answer = this.answer(path, lines ? [...lines] : [])
    this.fail(path, true)
    return answer
  }

  private answer(path: string, lines: string[]): unknown {
    if (path === '/ingest')
      return {
        limits: { objectBytes: 1000 },
        scopes: this.sequence === undefined ? [] : [{ scope: 'api', sequence: this.sequence }],
      }
    if (path.endsWith('/commit')) return this.commit()
    if (path.includes('/wanted')) return { wanted: this.lacking() }
    if (path.endsWith('/objects')) {
      for (const line of lines) this.keepBody(line.trimEnd())
      return {}
    }
    const [head, ...rest] = lines.slice(0, -1).map(line => line.trimEnd())
    const own = JSON.parse(head as string) as IngestHead
    if (own.base !== undefined && own.base !== this.sequence)
      throw new ServerFailure('another base', { code: 'base-mismatch', status: 409, mayPass: false })
    this.open = {
      head: own,
      items: rest.map(line =>
        line.startsWith('[') ? (JSON.parse(line) as [string, string | null]) : this.keepBody(line),
      ),
    }
    return this.commit()
  }

  private keepBody(text: string): [string, string] {
    const { kind, metadata } = JSON.parse(text) as {
      kind: string
      metadata: { namespace: string; name: string }
    }
    const hash = ready(metadata.name, text).hash
    if (this.refused !== undefined && text.includes(`"value":"${this.refused}"`))
      throw new ServerFailure('it is odd', {
        code: 'object-refused',
        status: 422,
        mayPass: false,
        object: hexOf(hash),
      })
    this.bodies.set(hexOf(hash), text)
    return [`${kind}/${metadata.namespace}/${metadata.name}`, hexOf(hash)]
  }

  private lacking(): string[] {
    return (this.open?.items ?? []).flatMap(([, hash]) =>
      hash !== null && !this.bodies.has(hash) ? [hash] : [],
    )
  }

  private commit(): IngestAnswer {
    const { head, items } = this.open as NonNullable<FakeServer['open']>
    const wanted = this.lacking().length
    if (wanted > 0) return { state: 'wanted', upload: 'u', wanted }
    if (head.base === undefined) this.kept.clear()
    for (const [key, hash] of items) {
      if (hash === null) this.kept.delete(key)
      else this.kept.set(key, this.bodies.get(hash) as string)
    }
    this.heads.push(head)
    this.sequence = head.sequence
    const counts = { added: 0, changed: 0, removed: 0, resources: this.kept.size }
    return {
      state: 'accepted',
      cluster: 'c',
      scope: 'api',
      sequence: head.sequence,
      revision: 1,
      repeated: false,
      ...counts,
    }
  }
}

function ready(
  name: string,
  value: string,
): { readonly key: string; readonly hash: string; readonly text: string } {
  const object = value.startsWith('{')
    ? JSON.parse(value)
    : { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data: { value } }
  const made = readyObject(object, 10_000)
  if ('gap' in made) throw new Error(made.gap.detail)
  return made
}

function world(spoolOptions: SpoolOptions = {}) {
  const server = new FakeServer()
  const waits: number[] = []
  const problems: (string | undefined)[] = []
  const gaps: Gap[] = []
  const cluster = new Map<string, string>()
  let now = 1_000
  const time = {
    now: () => new Date(now),
    random: () => 0.5,
    sleep: async (milliseconds: number, signal?: AbortSignal) => {
      signal?.throwIfAborted()
      waits.push(milliseconds)
      now += milliseconds
    },
  }
  const state = { isWhole: true, mayLead: true, again: 0 }
  const outbox: Outbox = new Outbox(new Spool(join(scratchFolder().path, 'spool'), spoolOptions), () =>
    sender.wake(),
  )
  const sender: Sender = new Sender({
    link: server,
    outbox,
    world: time,
    log: makeLog('silent', time.now, () => {}),
    subject: () => ({
      cluster: { uid: 'cluster-1', name: 'shop' },
      collector: { name: 'p', version: '1', id: 'x' },
    }),
    gaps: () => gaps,
    isWhole: () => state.isWhole,
    mayLead: () => state.mayLead,
    async *readAgain(_kind, hashes) {
      state.again++
      for (const [name, value] of cluster) {
        const own = ready(name, value)
        if (hashes.has(own.hash)) yield own.text
      }
    },
    onOutcome: problem => problems.push(problem),
  })
  const put = (name: string, value: string) => {
    cluster.set(name, value)
    const own = ready(name, value)
    outbox.put('ConfigMap', own.key, own.hash, own.text)
  }
  const remove = (name: string) => {
    cluster.delete(name)
    outbox.remove('ConfigMap', `ConfigMap/shop/${name}`)
  }
  /** Runs until nothing waits. */
  const settle = async () => {
    const stop = new AbortController()
    const run = sender.run(stop.signal).catch((error: unknown) => error)
    for (let i = 0; i < 400; i++) await Promise.resolve()
    stop.abort(new Error('enough'))
    return await run
  }
  const values = () =>
    Object.fromEntries(
      [...server.kept].map(([key, text]) => [key.split('/')[2], JSON.parse(text).data.value]),
    )
  return { server, outbox, sender, state, gaps, waits, problems, put, remove, settle, values }
}

test('an object that the server refuses is a gap that names it, and the others are sent, until it is another', async () => {
  const { server, outbox, put, settle, values, problems } = world()
  server.refused = '2'
  put('a', '1')
  put('b', '2')
  await settle()
  expect(values()).toEqual({ a: '1' })
  expect(outbox.gaps()).toMatchObject([
    { kind: 'ConfigMap', namespace: 'shop', reason: 'unparsable', detail: expect.stringContaining('shop/b') },
  ])
  put('c', '1')
  await settle()
  expect(values()).toEqual({ a: '1', c: '1' })
  expect(problems.every(problem => problem === undefined)).toBe(true)
  // What the server had is no longer told where a newer one is refused.
  put('a', '2')
  await settle()
  expect(values()).toEqual({ c: '1' })
  put('a', '3')
  put('b', '3')
  await settle()
  expect(values()).toEqual({ a: '3', b: '3', c: '1' })
  expect(outbox.gaps()).toEqual([])
})

test('names everything at first, then what changed', async () => {
  const { server, put, remove, settle, values, gaps } = world()
  put('a', '1')
  put('b', '1')
  await settle()
  put('a', '2')
  remove('b')
  await settle()
  expect(values()).toEqual({ a: '2' })
  expect(server.heads.map(({ base }) => base !== undefined)).toEqual([false, true])
  expect(server.heads[1]?.base).toBe(server.heads[0]?.sequence)
  gaps.push({ scope: 'cluster', kind: 'Pod', reason: 'forbidden', detail: 'no' })
  await settle()
  expect(server.heads.at(-1)).toMatchObject({ gaps: [{ kind: 'Pod', reason: 'forbidden' }] })
})

test('sends nothing before all was looked at, and nothing while another leads', async () => {
  const { server, state, put, settle } = world()
  state.isWhole = false
  put('a', '1')
  await settle()
  expect(server.heads).toEqual([])
  state.isWhole = true
  state.mayLead = false
  await settle()
  expect(server.heads).toEqual([])
})

test('where another sender was in between, it names everything again', async () => {
  const { server, put, settle, values } = world()
  put('a', '1')
  await settle()
  server.sequence = 999_999
  server.kept.clear()
  put('b', '1')
  await settle()
  expect(values()).toEqual({ a: '1', b: '1' })
  expect(server.heads.at(-1)?.base).toBeUndefined()
  expect(server.heads.at(-1)?.sequence).toBeGreaterThan(999_999)
})

test('an answer that is lost on the way is no loss: nothing is missed', async () => {
  const { server, put, settle, values } = world()
  put('a', '1')
  await settle()
  let isLost = false
  server.fail = (path, isHeard) => {
    if (!isHeard || path !== '/ingest/snapshots' || isLost) return
    isLost = true
    throw new ServerFailure('broken', { mayPass: true })
  }
  put('b', '1')
  put('a', '2')
  await settle()
  expect(isLost).toBe(true)
  expect(values()).toEqual({ a: '2', b: '1' })
})

test('waits as long as the server asks, and tells what is wrong meanwhile', async () => {
  const { server, put, settle, values, waits, problems } = world()
  let refusals = 3
  server.fail = () => {
    if (refusals-- > 0) throw new ServerFailure('busy', { status: 429, mayPass: true, retryAfter: 42_000 })
  }
  put('a', '1')
  await settle()
  expect(values()).toEqual({ a: '1' })
  expect(waits.filter(wait => wait >= 42_000 && wait < 43_000).length).toBe(3)
  expect(problems).toEqual(['busy', 'busy', 'busy', undefined])
})

test('texts that had to be let go of are read from the cluster once more', async () => {
  const { outbox, put, settle, values, state } = world({ memoryBytes: 10, diskBytes: 10 })
  for (let i = 0; i < 20; i++) put(`c${i}`, `value ${i}`)
  await settle()
  expect(Object.keys(values()).length).toBe(20)
  expect(state.again).toBeGreaterThan(0)
  expect(outbox.pending).toBe(0)
})

test('a token that is refused ends it', async () => {
  const { server, put, settle } = world()
  server.fail = () => {
    throw new TokenRefused('revoked')
  }
  put('a', '1')
  expect(await settle()).toBeInstanceOf(TokenRefused)
})
