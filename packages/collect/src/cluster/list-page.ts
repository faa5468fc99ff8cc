// List page: reads one page of a list from bytes, item by item, so that no page need be held as one text.

import { type Cut, type CutTaker, isRecord, JsonCutter } from '@plimsoll/core'
import { BodyError } from './api-failure.ts'
import { requireJson } from './read-object.ts'

export interface ListPage {
  readonly items: readonly Record<string, unknown>[]
  /** Token of the next page; undefined on the last. */
  readonly next: string | undefined
  /** Objects after this page, where the server says. */
  readonly remaining: number | undefined
  /** What the list is as of: a watch goes on from there. Empty where the server does not say. */
  readonly resourceVersion: string
}

/** An etcd object is no larger than 1.5 MiB by default; 64 MiB leaves room for aggregated APIs. */
const mostItemBytes = 64 * 1024 * 1024

/**
 * Reads a page of a list of the kind `expected`, such as `PodList`. Throws BodyError where it ends too early or is
 * anything else. `keep` changes each item on its arrival, before the next one is read.
 */
export async function readListPage(
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
  expected: string,
  keep: (item: Record<string, unknown>) => Record<string, unknown>,
): Promise<ListPage> {
  requireJson(contentType)
  const taker = new PageTaker(keep)
  const cutter = new JsonCutter(taker, mostItemBytes)
  for await (const chunk of chunks) cutter.push(chunk)
  taker.hasEnded = true
  cutter.end()
  return taker.page(expected)
}

class PageTaker implements CutTaker {
  /** Set once all bytes were given: braces that are missing then were cut off. */
  hasEnded = false
  private readonly keep: (item: Record<string, unknown>) => Record<string, unknown>
  private readonly items: Record<string, unknown>[] = []
  private list: Record<string, unknown> | undefined
  private hasItems = false

  constructor(keep: (item: Record<string, unknown>) => Record<string, unknown>) {
    this.keep = keep
  }

  wantsItems(): boolean {
    this.hasItems = true
    return true
  }

  item(cut: Cut): void {
    // An empty list has one item of nothing.
    if (cut.bytes && isBlank(cut.bytes)) return
    this.items.push(this.keep(parse(cut)))
  }

  object(cut: Cut): void {
    if (this.list) throw new BodyError('malformed', 'a second object follows the list')
    this.list = parse(cut)
  }

  broken(message: string): void {
    throw new BodyError(this.hasEnded ? 'truncated' : 'malformed', message)
  }

  page(expected: string): ListPage {
    const { list, items } = this
    if (!list) throw new BodyError('truncated', 'the answer is empty')
    const { kind, metadata } = list
    if (kind !== expected || !(this.hasItems || list.items === null))
      throw new BodyError('malformed', `it answered with ${shown(kind)}, not with a whole ${expected}`)
    const { continue: next, remainingItemCount, resourceVersion } = isRecord(metadata) ? metadata : {}
    return {
      items,
      next: typeof next === 'string' && next !== '' ? next : undefined,
      remaining: typeof remainingItemCount === 'number' ? remainingItemCount : undefined,
      resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : '',
    }
  }
}

const shown = (kind: unknown): string =>
  typeof kind === 'string' ? `an object of kind ${kind.slice(0, 80)}` : 'an object without a kind'

const isBlank = (bytes: Uint8Array): boolean => bytes.every(byte => byte <= 32)

function parse({ bytes, length }: Cut): Record<string, unknown> {
  if (!bytes) throw new BodyError('malformed', `an object of ${length} bytes is too large to be read`)
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'))
  } catch (error) {
    throw new BodyError('malformed', `an object is no valid JSON: ${(error as Error).message}`)
  }
  if (!isRecord(value)) throw new BodyError('malformed', 'an item of the list is no object')
  return value
}
