// Kind follower: keeps the picture of one kind true: lists it, watches it from there, and says at once what of it cannot be seen.

import { type Gap, isRecord, type KindEntry, nameOfKind, type Resource } from '@plimsoll/core'
import { type ApiFailure, describeFailure } from '../cluster/api-failure.ts'
import { gapOfFailure, gapOfMissingKind } from '../cluster/gaps.ts'
import { type Collection, collectionOf, getListPage, mostRestarts } from '../cluster/list-kind.ts'
import type { World } from '../collector.ts'
import type { ClusterApi } from './cluster-api.ts'
import type { Outbox } from './outbox.ts'
import { keyOfObject, readyObject } from './ready-object.ts'
import { readWatch, WatchEnded, type WatchEvent } from './watch-stream.ts'

/** What a follower stands at, for people and for the server's page of the cluster. */
export type KindState = 'starting' | 'watching' | 'polling' | 'forbidden' | 'absent' | 'failing'

export interface FollowerContext {
  readonly api: Pick<ClusterApi, 'get' | 'watch'>
  readonly outbox: Outbox
  readonly world: World
  /** The versions under which a kind may be served, the best first; none where it is known not to be. */
  readonly versionsOf: (entry: KindEntry) => Promise<readonly string[]>
  /** Whether the server says, asked anew, that it serves a kind, though no list of it is to be had. */
  readonly isServed: (entry: KindEntry) => Promise<boolean>
  /** Runs a list when its turn comes, so that no more than a few are under way. */
  readonly inTurn: <T>(deed: () => Promise<T>) => Promise<T>
  /** The most bytes of an object that the server takes. */
  readonly objectBytes: () => number
  /** The gaps of a kind are others than before. */
  readonly onGaps: () => void
  /** Something happened to an object of the kind, after the first list. */
  readonly onEvent: (kind: string) => void
  /** An object was read, whatever became of it. */
  readonly onObject?: (kind: string, key: string, object: Resource | undefined) => void
}

/** Milliseconds. A server that is being restarted is no gap; one that stays away is. */
const grace = 30_000
const deniedAgainAfter = 30_000
const pollEvery = 60_000
const longestPause = 15_000
/** Seconds that a watch lasts at least; chance adds half as many. A right that was taken away is noticed at its end at the latest. */
const watchSeconds = 240

/**
 * A server that has just started knows no roles yet and refuses everybody, and one of several may not have heard yet of a kind that another
 * one serves: what was there is gone when it is refused, or not found, so often.
 */
const believed = 3
const askAgainAfter = 1500

const gone = Symbol('gone')
type Listed =
  | { readonly resourceVersion: string }
  | { readonly failure: ApiFailure; readonly read: number }
  | typeof gone

const notFound: ApiFailure = {
  type: 'status',
  status: 404,
  reason: 'NotFound',
  message: 'it is not found, though discovery names it',
}

function isDenial(listed: Listed): boolean {
  if (listed === gone || !('failure' in listed)) return false
  const { failure } = listed
  return failure.type === 'login' || (failure.type === 'status' && [401, 403].includes(failure.status))
}

export class KindFollower {
  readonly entry: KindEntry
  readonly name: string
  state: KindState = 'starting'
  /** Whether the server refuses to let it be watched, though it may be listed. */
  mayNotWatch = false
  private watchDenials = 0
  /** Whether the server said before that it will refuse the next list. */
  private isDenialExpected = false
  private readonly context: FollowerContext
  private gap: Gap | undefined
  private leftOut = new Map<string, Gap>()
  /** Ends the watch or the pause under way. */
  private interruption = new AbortController()
  private lists = 0
  private listWaiters: (() => void)[] = []

  constructor(entry: KindEntry, context: FollowerContext) {
    this.entry = entry
    this.name = nameOfKind(entry)
    this.context = context
  }

  gaps(): readonly Gap[] {
    return [...(this.gap ? [this.gap] : []), ...this.leftOut.values()]
  }

  /** Lists anew. Resolves when that list came to its end, well or not. A refusal is believed at once where it `isExpected`. */
  async relist(isExpected = false): Promise<void> {
    this.isDenialExpected ||= isExpected
    const done = this.nextList()
    this.interruption.abort()
    await done
  }

  /** Resolves with the end of the next list that begins. */
  async nextList(): Promise<void> {
    await new Promise<void>(resolve => this.listWaiters.push(resolve))
  }

  /** Runs until the signal aborts; rejects with its reason alone. */
  async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0, denials = 0, misses = 0; ; ) {
      signal.throwIfAborted()
      this.interruption = new AbortController()
      const waiting = this.listWaiters.splice(0)
      const versions = await this.context.versionsOf(this.entry)
      let listed: Listed = gone
      let collection: Collection | undefined
      for (const version of versions) {
        collection = collectionOf(this.entry, version)
        const own = collection
        listed = await this.context.inTurn(() => this.list(own))
        if (listed !== gone) break
      }
      signal.throwIfAborted()
      const isDoubted = this.state !== 'forbidden' && this.lists > 0 && !this.isDenialExpected
      if (isDoubted && isDenial(listed) && ++denials < believed) {
        this.listWaiters.push(...waiting)
        await this.pause(askAgainAfter, signal)
        continue
      }
      denials = 0
      this.isDenialExpected = false
      const isAmiss = listed === gone && versions.length > 0 && (await this.context.isServed(this.entry))
      signal.throwIfAborted()
      if (isAmiss && ++misses < believed) {
        this.listWaiters.push(...waiting)
        await this.pause(askAgainAfter, signal)
        continue
      }
      // What is said to be served and is not found is not taken for empty.
      if (isAmiss) listed = { failure: notFound, read: 0 }
      else misses = 0
      this.settle(listed)
      this.lists++
      for (const resolve of waiting) resolve()
      if (listed === gone) {
        failures = 0
        // The kind may come; whoever looks after discovery says so.
        await this.pause(24 * 3_600_000, signal)
      } else if ('failure' in listed) {
        const isDenied = this.state === 'forbidden'
        await this.pause(isDenied ? deniedAgainAfter : 1000 * 2 ** Math.min(failures++, 4), signal)
      } else {
        failures = 0
        await this.watchOn(collection as Collection, listed.resourceVersion, signal)
      }
    }
  }

  private settle(listed: Listed): void {
    if (listed === gone) {
      this.context.outbox.removeAll(this.name)
      this.leftOut = new Map()
      this.become('absent', gapOfMissingKind(this.entry))
    } else if ('failure' in listed) {
      const { failure, read } = listed
      const isDenied = isDenial(listed)
      const isFirst = this.lists === 0
      if (isDenied) {
        // What may no longer be looked at is not claimed to be as it was.
        this.context.outbox.removeAll(this.name)
        this.leftOut = new Map()
      }
      this.become(isDenied ? 'forbidden' : 'failing', gapOfFailure(this.entry, failure, isFirst ? read : 0))
    } else this.become(this.mayNotWatch ? 'polling' : 'watching', undefined)
  }

  private become(state: KindState, gap: Gap | undefined): void {
    this.state = state
    this.setGap(gap)
  }

  private setGap(gap: Gap | undefined): void {
    const isSame = this.gap?.reason === gap?.reason && this.gap?.detail === gap?.detail
    this.gap = gap
    if (!isSame) this.context.onGaps()
  }

  /** Reads all pages, and takes away what was there before and is on none of them. */
  private async list(collection: Collection): Promise<Listed> {
    for (let restarts = 0; ; restarts++) {
      const seen = new Set<string>()
      const leftOut = new Map<string, Gap>()
      const keep = (item: Record<string, unknown>) => {
        const key = this.take(collection.named(item), leftOut)
        if (key !== undefined) seen.add(key)
        return nothing
      }
      let token: string | undefined
      let resourceVersion: string | undefined
      let failure: ApiFailure | undefined
      do {
        const page = await getListPage(this.context.api, collection, token, keep)
        if (page.ok) {
          resourceVersion ??= page.value.resourceVersion
          token = page.value.next
        } else failure = page.failure
      } while (token !== undefined && !failure)
      if (!failure) {
        for (const key of this.context.outbox.keysOf(this.name)) if (!seen.has(key)) this.drop(key)
        this.replaceLeftOut(leftOut)
        return { resourceVersion: resourceVersion ?? '' }
      }
      const status = failure.type === 'status' ? failure.status : 0
      if (status === 404 && token === undefined) return gone
      // A list that expired half-way is begun anew: a watch must go on from one instant.
      if (status !== 410 || restarts >= mostRestarts) return { failure, read: seen.size }
    }
  }

  private replaceLeftOut(leftOut: Map<string, Gap>): void {
    const isSame =
      leftOut.size === this.leftOut.size &&
      [...leftOut].every(([place, gap]) => this.leftOut.get(place)?.detail === gap.detail)
    this.leftOut = leftOut
    if (!isSame) this.context.onGaps()
  }

  /** Takes an object that is there. Gives its key, or notes in `leftOut` that it must not be sent. */
  private take(object: Resource, leftOut: Map<string, Gap>): string | undefined {
    const { outbox, objectBytes, onObject } = this.context
    const ready = readyObject(object, objectBytes())
    if ('gap' in ready) {
      leftOut.set(placeOf(object), { ...ready.gap, kind: this.name })
      return undefined
    }
    onObject?.(this.name, ready.key, object)
    outbox.put(this.name, ready.key, ready.hash, ready.text)
    return ready.key
  }

  private drop(key: string): void {
    this.context.onObject?.(this.name, key, undefined)
    this.context.outbox.remove(this.name, key)
  }

  /** Watches until the kind must be listed anew. */
  private async watchOn(collection: Collection, from: string, signal: AbortSignal): Promise<void> {
    const { api, world } = this.context
    if (this.watchDenials >= believed || from === '') {
      this.mayNotWatch = true
      this.become('polling', undefined)
      await this.pause(pollEvery, signal)
      // It may have been granted since.
      this.watchDenials = believed - 1
      return
    }
    if (this.watchDenials > 0) await this.pause(askAgainAfter, signal)
    const both = AbortSignal.any([signal, this.interruption.signal])
    let version = from
    let failingSince: number | undefined
    for (let failures = 0; ; ) {
      const seconds = Math.round(watchSeconds * (1 + world.random() / 2))
      const path = `${collection.path}?watch=1&allowWatchBookmarks=true&resourceVersion=${encodeURIComponent(version)}&timeoutSeconds=${seconds}`
      const begun = world.now().getTime()
      let ended: ApiFailure | undefined
      const answer = await api
        .watch(
          path,
          collection.acceptWatch,
          seconds,
          async (chunks, contentType) => {
            failures = 0
            failingSince = undefined
            this.watchDenials = 0
            this.mayNotWatch = false
            this.become('watching', undefined)
            try {
              await readWatch(chunks, contentType, event => {
                version = this.onWatchEvent(collection, event) ?? version
              })
            } catch (error) {
              if (!(error instanceof WatchEnded)) throw error
              ended = error.failure
            }
          },
          both,
        )
        .catch((error: unknown) => {
          if (!both.aborted) throw error
          return undefined
        })
      signal.throwIfAborted()
      if (answer === undefined) return
      const failure = ended ?? (answer.ok ? undefined : answer.failure)
      if (failure?.type === 'status') {
        if (failure.status === 403 || failure.status === 405) this.watchDenials++
        // The list tells what it is; and history that is gone is no failure.
        if (failure.status < 500 && failure.status !== 429) return
      }
      if (failure?.type === 'login' || failure?.type === 'malformed') return
      const now = world.now().getTime()
      if (!failure) {
        // A server that ends watches at once is not asked without a break.
        if (now - begun < 1000) await this.pause(1000, signal)
        continue
      }
      failingSince ??= now
      if (now - failingSince > grace)
        this.become('failing', {
          scope: 'cluster',
          kind: this.name,
          reason: 'unreachable',
          detail: `${this.entry.plural} could not be watched for ${grace / 1000} s: ${describeFailure(failure)}`,
        })
      await this.pause(Math.min(longestPause, 500 * 2 ** failures++), signal)
      if (this.interruption.signal.aborted) return
    }
  }

  /** Gives the version that the event brings the picture to. */
  private onWatchEvent(collection: Collection, { type, object }: WatchEvent): string | undefined {
    const { resourceVersion } = isRecord(object.metadata) ? object.metadata : {}
    if (type !== 'BOOKMARK') {
      const before = this.leftOut.size
      const resource = collection.named(object)
      const place = placeOf(resource)
      const wasLeftOut = this.leftOut.delete(place)
      if (type === 'DELETED') {
        const key = keyOfObject(resource)
        if (key !== undefined) this.drop(key)
      } else {
        const key = keyOfObject(resource)
        // An object that may be sent no longer must not stand as it was.
        if (this.take(resource, this.leftOut) === undefined && key !== undefined) this.drop(key)
      }
      if (wasLeftOut || this.leftOut.size !== before) this.context.onGaps()
      this.context.onEvent(this.name)
    }
    return typeof resourceVersion === 'string' && resourceVersion !== '' ? resourceVersion : undefined
  }

  /** Waits, with some chance in it, until something wakes it. */
  private async pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    const { world } = this.context
    const both = AbortSignal.any([signal, this.interruption.signal])
    try {
      await world.sleep(milliseconds * (0.75 + world.random() / 2), both)
    } catch (error) {
      signal.throwIfAborted()
      if (!this.interruption.signal.aborted) throw error
    }
  }
}

/** In place of an item that was dealt with: pages need not hold them. */
const nothing: Record<string, unknown> = {}

const placeOf = ({ metadata }: Resource): string => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`
