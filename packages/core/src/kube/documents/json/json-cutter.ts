// JSON cutter: finds the objects of a JSON stream, and the items of lists in it, by their braces alone, byte by byte.

import type { Place } from '../place.ts'
import {
  CLASS_BACKSLASH,
  CLASS_CLOSE,
  CLASS_COLON,
  CLASS_COMMA,
  CLASS_LF,
  CLASS_OPEN,
  CLASS_QUOTE,
  inside,
  isSpace,
  LF,
  OTHER,
  outside,
  QUOTE,
} from './byte-class.ts'
import { ByteGatherer } from './byte-gatherer.ts'

/** One value that was cut out. Its text was not looked into yet. */
export interface Cut {
  /** Undefined where the value is too large. They may share memory with the chunk: read them at once. */
  readonly bytes: Uint8Array | undefined
  /** Offset in the stream and number of bytes. */
  readonly offset: number
  readonly length: number
  readonly place: Place
  /** How many colons stand in it outside strings: as many as it has keys. */
  readonly keys: number
}

/** Who takes what is cut. */
export interface CutTaker {
  /** Asked at the key `items` of an object: whether its items are to be cut out. `head` gives the object's text before. */
  wantsItems(head: () => Uint8Array): boolean
  item(cut: Cut): void
  /** An object has ended; where its items were cut out, they are left out of its text. */
  object(cut: Cut): void
  /** The braces fit no longer, or the stream ends too early: nothing after this can be found. */
  broken(message: string, place: Place): void
}

const OPEN_OBJECT = 123
const OPEN_LIST = 91
const CLOSE_LIST = 93

const itemsKey = Array.from('items', character => character.charCodeAt(0))

const byteOrderMark = [0xef, 0xbb, 0xbf]

/** Where a value begins, and how many keys were seen before it. */
interface Begin {
  readonly offset: number
  readonly place: Place
  readonly keys: number
}

/** Cuts chunks of bytes. Memory is bounded by the chunk and by the largest value. */
export class JsonCutter {
  private readonly taker: CutTaker
  private readonly objectBytes: ByteGatherer
  private readonly itemBytes: ByteGatherer
  /** Offset in the stream of the current chunk. */
  private base = 0
  private line = 1
  private lineStart = 0
  private depth = 0
  private keys = 0
  private inString = false
  /** Whether the next byte belongs to an escape. */
  private inEscape = false
  private inItems = false
  private isBroken = false
  /** At the fields of an object: whether a key comes next, and what of it was read. */
  private expectsKey = false
  private key: number[] | undefined
  private isItemsKey = false
  private object: Begin = nowhere
  private item: Begin = nowhere
  /** Whether the current item's first character was seen. */
  private itemSeen = false

  constructor(taker: CutTaker, mostBytes: number) {
    this.taker = taker
    this.objectBytes = new ByteGatherer(mostBytes)
    this.itemBytes = new ByteGatherer(mostBytes)
  }

  push(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length && !this.isBroken)
      if (this.inString) at = this.string(chunk, at)
      else at = this.depth > (this.inItems ? 2 : 1) ? this.inner(chunk, at) : this.step(chunk, at)
    if (this.inItems) this.itemBytes.keep(chunk, chunk.length)
    else this.objectBytes.keep(chunk, chunk.length)
    this.base += chunk.length
  }

  /** Ends the stream. */
  end(): void {
    if (this.isBroken || (this.depth === 0 && !this.inString)) return
    const message = 'the JSON text ends before its last brace: it has been cut off'
    this.taker.broken(message, { line: this.line, column: this.base - this.lineStart + 1 })
  }

  private placeOf(at: number): Place {
    return { line: this.line, column: this.base + at - this.lineStart + 1 }
  }

  private break(message: string, at: number): void {
    this.isBroken = true
    this.taker.broken(message, this.placeOf(at))
  }

  private countLine(at: number): void {
    this.line++
    this.lineStart = this.base + at + 1
  }

  /** Goes on inside a string; gives the offset after it, or the chunk's end. */
  private string(chunk: Uint8Array, from: number): number {
    let at = this.inEscape ? from + 1 : from
    this.inEscape = false
    for (; at < chunk.length; at++) {
      const byte = chunk[at] as number
      const code = inside[byte]
      if (this.key && code !== CLASS_QUOTE && this.key.length <= itemsKey.length) this.key.push(byte)
      if (code === OTHER) continue
      if (code === CLASS_LF) this.countLine(at)
      else if (code === CLASS_BACKSLASH) at++
      else {
        this.inString = false
        if (this.key) this.isItemsKey = String(this.key) === String(itemsKey)
        this.key = undefined
        return at + 1
      }
    }
    this.inEscape = at > chunk.length
    return chunk.length
  }

  /**
   * Goes on inside a value that is nested deeper than anything that is cut: nearly all bytes pass here. Gives the
   * offset after the value, of a string that the chunk does not end, or the chunk's end.
   */
  private inner(chunk: Uint8Array, from: number): number {
    const floor = this.inItems ? 2 : 1
    const { length } = chunk
    let { depth, keys } = this
    let at = from
    for (; at < length && depth > floor; at++) {
      while (at < length && outside[chunk[at] as number] === OTHER) at++
      if (at >= length) break
      const code = outside[chunk[at] as number]
      if (code === CLASS_COLON) keys++
      else if (code === CLASS_OPEN) depth++
      else if (code === CLASS_CLOSE) depth--
      else if (code === CLASS_LF) this.countLine(at)
      else if (code === CLASS_QUOTE) {
        let end = at + 1
        while (end < length && inside[chunk[end] as number] === OTHER) end++
        if (end < length && chunk[end] === QUOTE) at = end
        else {
          this.inString = true
          at = this.string(chunk, end) - 1
          if (this.inString) break
        }
      }
    }
    this.depth = depth
    this.keys = keys
    return this.inString ? length : at
  }

  /** Passes bytes that mean nothing here, and takes the next one that does. */
  private step(chunk: Uint8Array, from: number): number {
    let at = from
    if (this.depth === 0) {
      while (at < chunk.length && this.isBetween(chunk, at)) {
        if (chunk[at] === LF) this.countLine(at)
        at++
      }
      if (at < chunk.length && outside[chunk[at] as number] !== CLASS_OPEN)
        this.break('a JSON object is expected', at)
    } else while (at < chunk.length && outside[chunk[at] as number] === OTHER) at++
    if (at < chunk.length && !this.isBroken) this.take(chunk, at)
    return at + 1
  }

  /** Whether a byte may stand between objects: space, or a part of the byte order mark that begins the stream. */
  private isBetween(chunk: Uint8Array, at: number): boolean {
    return isSpace(chunk[at] as number) || byteOrderMark[this.base + at] === chunk[at]
  }

  private take(chunk: Uint8Array, at: number): void {
    switch (outside[chunk[at] as number]) {
      case CLASS_LF:
        this.countLine(at)
        break
      case CLASS_QUOTE:
        this.inString = true
        if (this.depth === 1 && this.expectsKey) this.key = []
        else if (this.depth === 2) this.seeItem(at)
        break
      case CLASS_OPEN:
        this.open(chunk, at)
        break
      case CLASS_CLOSE:
        this.close(chunk, at)
        break
      case CLASS_COMMA:
        if (this.depth === 1) this.expectsKey = true
        else if (this.depth === 2 && this.inItems) {
          this.finishItem(chunk, at)
          this.beginItem(at + 1)
        }
        break
      default:
        this.keys++
        if (this.depth === 1) this.expectsKey = false
    }
  }

  private open(chunk: Uint8Array, at: number): void {
    if (this.depth === 0) {
      this.keys = 0
      this.object = this.beginAt(at)
      this.objectBytes.begin(at)
      this.expectsKey = chunk[at] === OPEN_OBJECT
      this.isItemsKey = false
    } else if (this.depth === 1 && this.isItemsKey && !this.expectsKey && chunk[at] === OPEN_LIST) {
      this.objectBytes.keep(chunk, at + 1)
      if (this.taker.wantsItems(() => this.objectBytes.kept())) {
        this.inItems = true
        this.object = { ...this.object, keys: this.keys }
        this.beginItem(at + 1)
      } else this.objectBytes.resume(at + 1)
    } else if (this.depth === 2) this.seeItem(at)
    this.depth++
  }

  private close(chunk: Uint8Array, at: number): void {
    if (this.depth === 2 && this.inItems) {
      if (chunk[at] !== CLOSE_LIST) {
        this.break('"," or "]" is expected here, not "}"', at)
        return
      }
      this.finishItem(chunk, at)
      this.inItems = false
      this.keys = this.object.keys
      this.objectBytes.resume(at)
    }
    if (--this.depth > 0) return
    const bytes = this.objectBytes.finish(chunk, at + 1)
    this.taker.object(this.cut(this.object, bytes, at + 1, this.keys))
  }

  private beginAt(at: number): Begin {
    return { offset: this.base + at, place: this.placeOf(at), keys: this.keys }
  }

  private beginItem(at: number): void {
    this.item = this.beginAt(at)
    this.itemSeen = false
    this.itemBytes.begin(at)
  }

  /** Notes where the item's text begins, after the space before it. */
  private seeItem(at: number): void {
    if (!this.inItems || this.itemSeen) return
    this.itemSeen = true
    this.item = this.beginAt(at)
    this.itemBytes.begin(at)
  }

  private finishItem(chunk: Uint8Array, end: number): void {
    const bytes = this.itemBytes.finish(chunk, end)
    this.taker.item(this.cut(this.item, bytes, end, this.keys - this.item.keys))
  }

  private cut(begin: Begin, bytes: Uint8Array | undefined, end: number, keys: number): Cut {
    const { offset, place } = begin
    return { bytes, offset, length: this.base + end - offset, place, keys }
  }
}

const nowhere: Begin = { offset: 0, place: { line: 1, column: 1 }, keys: 0 }
