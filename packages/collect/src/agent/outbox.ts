// Outbox: knows of each object of the cluster its key and hash, and what of them the server has still to be told.

import type { Gap } from '@plimsoll/core'
import type { Kept, Spool } from './spool.ts'

interface Waiting {
  /** Null: it is gone. */
  readonly hash: string | null
  readonly kept?: Kept
}

/** What is sent at a time. It is confirmed, or given back. */
export interface Batch {
  /** All there is, or what changed. */
  readonly isWhole: boolean
  /** Key and hash (see ReadyObject); null: gone. */
  readonly items: readonly (readonly [key: string, hash: string | null])[]
  readonly waiting: ReadonlyMap<string, Waiting>
}

export class Outbox {
  private readonly spool: Spool
  private readonly onChange: () => void
  /** By kind: the hash of each key. */
  private readonly kinds = new Map<string, Map<string, string>>()
  private waiting = new Map<string, Waiting>()
  /** What the server does not take: it is not offered again until it is another. */
  private readonly refusals = new Map<string, { readonly hash: string; readonly gap: Gap }>()

  /** `onChange` is told that there is something new to be sent. */
  constructor(spool: Spool, onChange: () => void) {
    this.spool = spool
    this.onChange = onChange
  }

  /** Objects that wait to be sent. */
  get pending(): number {
    return this.waiting.size
  }

  get objects(): number {
    let sum = 0
    for (const own of this.kinds.values()) sum += own.size
    return sum
  }

  countOf(kind: string): number {
    return this.kinds.get(kind)?.size ?? 0
  }

  keysOf(kind: string): Iterable<string> {
    return [...(this.kinds.get(kind)?.keys() ?? [])]
  }

  /** An object is there, with this content. Says whether that is news. */
  put(kind: string, key: string, hash: string, text: string): boolean {
    let own = this.kinds.get(kind)
    if (!own) {
      own = new Map()
      this.kinds.set(kind, own)
    }
    if (own.get(key) === hash) return false
    own.set(key, hash)
    this.refusals.delete(key)
    this.wait(key, { hash, kept: this.spool.keep(text) })
    return true
  }

  /** An object is gone. Says whether that is news. */
  remove(kind: string, key: string): boolean {
    if (!this.kinds.get(kind)?.delete(key)) return false
    this.refusals.delete(key)
    this.wait(key, { hash: null })
    return true
  }

  /** None of a kind are there, as far as can be seen. */
  removeAll(kind: string): void {
    for (const key of this.keysOf(kind)) this.remove(kind, key)
  }

  /** Takes what waits; with `isWhole`, all that is there is named. Undefined where nothing waits. */
  take(isWhole: boolean): Batch | undefined {
    const { waiting } = this
    if (!isWhole && waiting.size === 0) return undefined
    this.waiting = new Map()
    const items = isWhole
      ? [...this.kinds.values()].flatMap(own =>
          [...own].filter(([key, hash]) => this.refusals.get(key)?.hash !== hash),
        )
      : Array.from(waiting, ([key, { hash }]) => [key, hash] as const)
    return { isWhole, items, waiting }
  }

  /** The text of an object of a batch; undefined where it was let go of, or is not new. */
  textOf(batch: Batch, key: string): string | undefined {
    const kept = batch.waiting.get(key)?.kept
    return kept && this.spool.read(kept)
  }

  /** The server has it. */
  confirm({ waiting }: Batch): void {
    for (const { kept } of waiting.values()) if (kept) this.spool.release(kept)
  }

  /** The server has not got it: it waits on, but for what changed since. */
  giveBack({ waiting }: Batch): void {
    const since = this.waiting
    this.waiting = new Map(waiting)
    for (const [key, later] of since) {
      const kept = waiting.get(key)?.kept
      if (kept) this.spool.release(kept)
      this.waiting.set(key, later)
    }
  }

  /** The server does not take the object of this hash, and says why. Gives its key; undefined where there is none such any more. */
  refuse(hash: string, reason: Gap['reason'], problem: string): string | undefined {
    for (const [kind, own] of this.kinds)
      for (const [key, known] of own) {
        if (known !== hash) continue
        const [, namespace = ''] = key.split('/')
        const gap: Gap = {
          scope: 'cluster',
          kind,
          ...(namespace !== '' && { namespace }),
          reason,
          detail: `${key} is not taken by the server: ${problem}`,
        }
        this.refusals.set(key, { hash, gap })
        // What the server had of it before is no longer so.
        this.wait(key, { hash: null })
        return key
      }
    return undefined
  }

  /** What the server does not take. */
  gaps(): readonly Gap[] {
    return Array.from(this.refusals.values(), ({ gap }) => gap)
  }

  /** Forgets everything: nothing is known of the cluster, and nothing waits. */
  clear(): void {
    this.kinds.clear()
    this.refusals.clear()
    this.waiting = new Map()
    this.spool.clear()
  }

  private wait(key: string, later: Waiting): void {
    const before = this.waiting.get(key)?.kept
    if (before) this.spool.release(before)
    this.waiting.set(key, later)
    this.onChange()
  }
}
