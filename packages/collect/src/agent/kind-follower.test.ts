import { join } from 'node:path'
import { builtInKinds, type Gap, type KindEntry } from '@plimsoll/core'
import { describe, expect, test } from 'vitest'
import type { ApiFailure } from '../cluster/api-failure.ts'
import type { Answer, BodyReader } from '../cluster/exchange.ts'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { KindFollower } from './kind-follower.ts'
import { Outbox } from './outbox.ts'
import { Spool } from './spool.ts'

type Reply =
  | ApiFailure
  | { readonly items: readonly object[]; readonly continue?: string; readonly version?: string }
type WatchReply = ApiFailure | readonly object[] | 'open'

const entry = builtInKinds.find(({ kind }) => kind === 'ConfigMap') as KindEntry
const status = (code: number): ApiFailure => ({
  type: 'status',
  status: code,
  reason: '',
  message: `${code}`,
})
const away: ApiFailure = { type: 'unreachable', code: 'ECONNREFUSED', message: 'away' }
const config = (name: string, more: object = {}) => ({
  metadata: { name, namespace: 'shop', resourceVersion: '9' },
  ...more,
})
const event = (type: string, object: object) => ({
  type,
  object: { kind: 'ConfigMap', apiVersion: 'v1', ...object },
})

/** Plays an API server by its answers, in their order; the last watch stays open. Ends when nothing is left to answer. */
async function follow(lists: readonly Reply[], watches: readonly WatchReply[], isServed = false) {
  const asked: string[] = []
  const waits: number[] = []
  const history: {
    readonly gaps: readonly Gap[]
    readonly state: string
    readonly keys: readonly string[]
  }[] = []
  const stop = new AbortController()
  let now = 0
  const [restLists, restWatches] = [[...lists], [...watches]]
  const give = async <T>(reply: Reply, read: BodyReader<T>): Promise<Answer<T>> => {
    if ('type' in reply) return { ok: false, failure: reply }
    const { items, version = '5' } = reply
    const metadata = {
      resourceVersion: version,
      ...(reply.continue !== undefined && { continue: reply.continue }),
    }
    const text = JSON.stringify({ kind: 'ConfigMapList', apiVersion: 'v1', metadata, items })
    return { ok: true, value: await read(bytesOf(text), 'application/json') }
  }
  const outbox = new Outbox(new Spool(join(scratchFolder().path, 'spool')), () => {})
  const note = () =>
    history.push({ gaps: own.gaps(), state: own.state, keys: [...outbox.keysOf('ConfigMap')] })
  const own = new KindFollower(entry, {
    api: {
      async get(path, _accept, read) {
        asked.push(path)
        const next = restLists.shift()
        if (next === undefined) {
          stop.abort()
          return { ok: false, failure: away }
        }
        return await give(next, read)
      },
      async watch(path, _accept, _seconds, read, signal) {
        asked.push(path)
        const next = restWatches.shift()
        if (next === undefined || next === 'open') {
          note()
          stop.abort()
          signal.throwIfAborted()
        }
        if (typeof next === 'object' && 'type' in next) return { ok: false, failure: next }
        const text = (next as readonly object[]).map(one => `${JSON.stringify(one)}\n`).join('')
        return { ok: true, value: await read(bytesOf(text), 'application/json') }
      },
    },
    outbox,
    world: {
      now: () => new Date(now),
      random: () => 0.5,
      async sleep(milliseconds, signal) {
        signal?.throwIfAborted()
        waits.push(milliseconds)
        now += milliseconds
      },
    },
    versionsOf: async () => ['v1'],
    isServed: async () => isServed,
    inTurn: deed => deed(),
    objectBytes: () => 500,
    onGaps: note,
    onEvent: () => {},
  })
  await own.run(stop.signal).catch(() => {})
  return {
    own,
    outbox,
    asked,
    waits,
    history,
    keys: [...outbox.keysOf('ConfigMap')].map(key => key.split('/')[2]),
  }
}
async function* bytesOf(text: string) {
  yield Buffer.from(text)
}

describe('a follower', () => {
  test('lists page by page, and watches from there', async () => {
    const { keys, asked } = await follow(
      [
        { items: [config('a')], continue: 't', version: '7' },
        { items: [config('b')], version: '7' },
      ],
      [
        [
          event('ADDED', config('c')),
          event('DELETED', config('a')),
          event('BOOKMARK', config('x', { metadata: { resourceVersion: '20' } })),
        ],
        'open',
      ],
    )
    expect(keys).toEqual(['b', 'c'])
    expect(
      asked.filter(path => path.includes('watch=1')).map(path => /resourceVersion=(\d+)/.exec(path)?.[1]),
    ).toEqual(['7', '20'])
  })

  test('begins a list anew that expired half-way, and takes what is gone away', async () => {
    const { keys, own } = await follow(
      [
        { items: [config('a'), config('old')], continue: 't' },
        status(410),
        { items: [config('a')], continue: 'u' },
        { items: [config('b')] },
      ],
      ['open'],
    )
    expect(keys).toEqual(['a', 'b'])
    expect(own.gaps()).toEqual([])
  })

  test('a list that breaks off claims no more than came, and takes nothing away', async () => {
    const { history } = await follow([{ items: [config('a')], continue: 't' }, away], [])
    expect(history[0]).toMatchObject({ state: 'failing', gaps: [{ kind: 'ConfigMap', reason: 'truncated' }] })
    expect(history[0]?.keys).toEqual(['ConfigMap/shop/a'])
  })

  test('history that is gone lists anew', async () => {
    const gone = { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } }
    const { keys } = await follow([{ items: [config('a')] }, { items: [config('b')] }], [[gone], 'open'])
    expect(keys).toEqual(['b'])
  })

  test('what may not be listed is a gap at once, and nothing of it is claimed any more', async () => {
    const { history, keys } = await follow([status(403)], [])
    expect(history).toMatchObject([
      { state: 'forbidden', gaps: [{ kind: 'ConfigMap', reason: 'forbidden' }] },
    ])
    expect(keys).toEqual([])
  })

  test('a right that is gone is believed when it is refused three times: a server that starts refuses all', async () => {
    const denied = status(403)
    const early = await follow(
      [{ items: [config('a')] }, denied, denied, { items: [config('a')] }],
      [denied, 'open'],
    )
    expect(early.history.filter(({ gaps }) => gaps.length > 0)).toEqual([])
    expect(early.keys).toEqual(['a'])
    const late = await follow([{ items: [config('a')] }, denied, denied, denied], [denied])
    expect(late.own.state).toBe('forbidden')
    expect(late.keys).toEqual([])
  })

  test('a kind that may not be watched is listed every minute, and that is known', async () => {
    const list = { items: [config('a')] }
    const denied = status(403)
    const { own, waits } = await follow([list, list, list, list, list], [denied, denied, denied, denied])
    expect(own.state).toBe('polling')
    expect(own.mayNotWatch).toBe(true)
    expect(waits.filter(wait => wait === 60_000).length).toBeGreaterThan(0)
  })

  test('a server that is away for a moment is no gap; one that stays away is, until it is back', async () => {
    const short = await follow([{ items: [config('a')] }], [away, away, 'open'])
    expect(short.history.filter(({ gaps }) => gaps.length > 0)).toEqual([])
    const long = await follow(
      [{ items: [config('a')] }],
      [...Array.from({ length: 9 }, () => away), [], 'open'],
    )
    expect(long.history).toContainEqual(
      expect.objectContaining({
        state: 'failing',
        gaps: [expect.objectContaining({ reason: 'unreachable' })],
      }),
    )
    // What was seen stands as it was, with the gap.
    expect(long.history.every(({ keys }) => keys.length === 1)).toBe(true)
    expect(long.own.gaps()).toEqual([])
  })

  test('an object that no server takes is a gap that names it, until it is mended', async () => {
    const large = config('big', { data: { text: 'x'.repeat(1000) } })
    const { history, keys } = await follow(
      [{ items: [large, config('a')] }],
      [[event('MODIFIED', config('big'))], [event('MODIFIED', large)], 'open'],
    )
    expect(history[0]?.gaps).toMatchObject([
      {
        kind: 'ConfigMap',
        namespace: 'shop',
        reason: 'truncated',
        detail: expect.stringContaining('ConfigMap shop/big'),
      },
    ])
    expect(history.some(({ gaps, keys: own }) => gaps.length === 0 && own.length === 2)).toBe(true)
    expect(keys).toEqual(['a'])
    expect(history.at(-1)?.gaps).toMatchObject([{ reason: 'truncated' }])
  })

  test('a kind that is served and not found is asked for again: servers that share a cluster hear of kinds one after the other', async () => {
    const found = await follow([status(404), status(404), { items: [config('a')] }], ['open'], true)
    expect(found.history.filter(({ gaps }) => gaps.length > 0)).toEqual([])
    expect(found.keys).toEqual(['a'])
  })

  test('a kind that is said to be served and is never found is a gap, and what was seen of it stands', async () => {
    const lost = status(404)
    const { own, keys } = await follow([{ items: [config('a')] }, lost, lost, lost], [lost], true)
    expect(own.state).toBe('failing')
    expect(own.gaps()).toMatchObject([{ kind: 'ConfigMap', reason: 'unreachable' }])
    expect(keys).toEqual(['a'])
  })

  test('a kind that is not there has no objects, and no gap where it need not be', async () => {
    const { own, keys } = await follow([status(404)], [])
    expect(own.state).toBe('absent')
    expect(keys).toEqual([])
    // ConfigMaps are everywhere.
    expect(own.gaps()).toMatchObject([{ reason: 'not-served' }])
  })
})
