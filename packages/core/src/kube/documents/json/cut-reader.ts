// Cut reader: makes objects of what was cut out of a JSON stream, and takes lists apart.

import type { PathSegments } from '../../path.ts'
import type { FailedDocument, FoundObject } from '../document.ts'
import { groupDuplicates } from '../duplicate-keys.ts'
import { type Failure, failAt } from '../failure.ts'
import { findObjects, isListKind, type ListKind, lacksKind, untoldFailures } from '../kube-object.ts'
import { mostFailures } from '../limits.ts'
import { LineIndex, type Place } from '../place.ts'
import type { Reading, ReadValue } from '../reading.ts'
import type { Cut, CutTaker } from './json-cutter.ts'
import { explainJson, readJson } from './read-json.ts'

/** Where the JSON text of an object stands in the stream, to read it again. */
interface Extent {
  readonly offset: number
  readonly length: number
  /** Place of its first character. */
  readonly place: Place
  /** Path of the object inside that text; not empty for the items of lists in lists. */
  readonly path: PathSegments
}

export interface StreamedObject extends FoundObject {
  readonly extent: Extent
}

export type StreamedDocument = StreamedObject | FailedDocument

/** Most bytes of items that wait for the kind of their list. */
const mostWaiting = 64 * 1024 * 1024

/** An item that says no kind and came before its list did. */
interface Waiting {
  readonly reading: ReadValue
  readonly cut: Cut
  readonly path: PathSegments
}

/** Takes cuts and gives documents. */
export class CutReader implements CutTaker {
  private readonly decode: (bytes: Uint8Array) => string
  private documents: StreamedDocument[] = []
  private index = 0
  /** How many failures the current document has. */
  private failures = 0
  /** Whether the items of the current object are cut out; undefined before its first `items`. */
  private cutsItems: boolean | undefined
  /** Of the list that comes in: how many items there were, and what it says that they are. */
  private items: number | undefined
  private list: ListKind | undefined
  /** Place of a first item that is nothing: an empty list has one. */
  private nothing: Place | undefined
  private waiting: Waiting[] = []
  private waitingBytes = 0

  constructor(decode: (bytes: Uint8Array) => string) {
    this.decode = decode
  }

  /** The documents that were completed since the last call. */
  takeAll(): StreamedDocument[] {
    const { documents } = this
    this.documents = []
    return documents
  }

  wantsItems(head: () => Uint8Array): boolean {
    if (this.cutsItems) this.items = 0
    if (this.cutsItems !== undefined) return this.cutsItems
    const { apiVersion, kind } = this.readHead(head())
    this.cutsItems = kind === undefined || isListKind(kind)
    if (!this.cutsItems) return false
    this.list = kind === undefined ? undefined : { apiVersion, kind }
    this.items = 0
    return true
  }

  /** What the text before its items says of a list. */
  private readHead(head: Uint8Array): { apiVersion: string; kind?: string } {
    try {
      const { apiVersion, kind } = JSON.parse(`${this.decode(head)}]}`) as Record<string, unknown>
      const version = typeof apiVersion === 'string' ? apiVersion : ''
      return typeof kind === 'string' ? { apiVersion: version, kind } : { apiVersion: version }
    } catch {
      return { apiVersion: '' }
    }
  }

  item(cut: Cut): void {
    const at = this.items ?? 0
    const path = ['items', at]
    this.items = at + 1
    if (this.nothing) this.fail(failAt('an item is expected before ","', this.nothing), ['items', 0])
    this.nothing = undefined
    const reading = this.read(cut)
    if (reading === undefined) {
      if (at === 0) this.nothing = cut.place
      else this.fail(failAt('an item is expected after ","', cut.place), path)
    } else if ('failure' in reading) this.fail(reading.failure, path)
    else if (this.list === undefined && lacksKind(reading.value) && this.waitingBytes <= mostWaiting) {
      this.waiting.push({ reading, cut: { ...cut, bytes: undefined }, path })
      this.waitingBytes += cut.length
    } else this.add(reading, cut, path)
  }

  object(cut: Cut): void {
    const reading = this.read(cut)
    if (reading === undefined || 'failure' in reading) {
      this.release()
      if (reading) this.fail(reading.failure, [])
    } else if (this.items === undefined) this.add(reading, cut, [])
    else this.endList(reading, cut)
    this.tellOfUntold(cut.place)
    this.index++
    this.items = undefined
    this.list = undefined
    this.cutsItems = undefined
    this.nothing = undefined
  }

  broken(message: string, place: Place): void {
    this.release()
    this.tellOfUntold(place)
    this.fail(failAt(message, place), [])
  }

  private tellOfUntold(place: Place): void {
    const untold = this.failures - mostFailures
    this.failures = 0
    if (untold > 0) this.fail(failAt(untoldFailures(untold), place), [])
    this.failures = 0
  }

  /** Ends a list whose items were cut out: what is left of it is read now. */
  private endList(reading: ReadValue, cut: Cut): void {
    const { apiVersion, kind } = reading.value as Record<string, unknown>
    if (typeof kind === 'string' && isListKind(kind))
      this.list = { apiVersion: typeof apiVersion === 'string' ? apiVersion : '', kind }
    else this.fail(failAt('items stand in what is no list: it has no kind that ends in List', cut.place), [])
    this.release()
    for (const failure of groupDuplicates(reading.duplicateKeys, []).failures) this.fail(failure, [])
  }

  /** Gives out the items that waited. */
  private release(): void {
    for (const { reading, cut, path } of this.waiting) this.add(reading, cut, path)
    this.waiting = []
    this.waitingBytes = 0
  }

  private fail(failure: Failure, item: PathSegments, isForeign?: true): void {
    if (++this.failures > mostFailures) return
    this.documents.push({ index: this.index, item, failure, ...(isForeign ? { isForeign } : {}) })
  }

  /** Reads the text of a cut; undefined where it is nothing but space. */
  private read({ bytes, length, place, keys }: Cut): Reading | undefined {
    if (!bytes) return { failure: failAt(`an object of ${length} bytes is too large to be read`, place) }
    const text = this.decode(bytes)
    const lines = new LineIndex(text, place)
    const reading = readJson(text, 0, { end: text.length, keys }, lines)
    if (reading) return reading
    return text.trim() === '' ? undefined : { failure: explainJson(text, 0, text.length, lines) }
  }

  /** Adds the objects of a value that stands at `path` in its document. */
  private add({ value, duplicateKeys }: ReadValue, cut: Cut, path: PathSegments): void {
    const found = findObjects(value, path, path.length > 0 ? this.list : undefined)
    const inside = found.map(({ item }) => item.slice(path.length))
    const { inItems, failures } = groupDuplicates(duplicateKeys, inside)
    const { offset, length, place } = cut
    for (const [at, one] of found.entries()) {
      if (!('object' in one)) {
        this.fail(failAt(one.problem, place), one.item, one.isForeign)
        continue
      }
      this.documents.push({
        index: this.index,
        item: one.item,
        object: one.object,
        duplicateKeys: inItems.get(at) ?? [],
        line: place.line,
        extent: { offset, length, place, path: inside[at] ?? [] },
      })
    }
    for (const failure of failures) this.fail(failure, path)
  }
}
