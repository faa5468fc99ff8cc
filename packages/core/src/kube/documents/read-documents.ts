// Read documents: the Kubernetes objects in a text of YAML documents or JSON values, each with its place.

import { formatPath, type PathSegments } from '../path.ts'
import { type Failure, failAt } from './failure.ts'
import { findObjects, type KubeObject } from './kube-object.ts'
import { type Location, Locator } from './locate.ts'
import { LineIndex } from './place.ts'
import { type Piece, readPieces } from './read-pieces.ts'
import type { DuplicateKey, ReadValue } from './reading.ts'
import { normalizeText } from './split-documents.ts'

interface Position {
  /** 0-based index of the document in the text; documents that hold nothing do not count. */
  readonly index: number
  /** Path of the object inside its document, such as `items[3]`; empty where the document is the object. */
  readonly item: PathSegments
}

/** A Kubernetes object that was read. */
export interface ObjectDocument extends Position {
  readonly object: KubeObject
  /** Keys that come twice in the object, with paths from the object; the last value counts. */
  readonly duplicateKeys: readonly DuplicateKey[]
  /** 1-based line on which the object begins. */
  readonly line: number
  /** Finds lines and columns of paths that count from the object. */
  locate(paths: readonly PathSegments[]): Location[]
}

/** A document, or an item of a list, that is no Kubernetes object. */
export interface FailedDocument extends Position {
  readonly failure: Failure
}

export type ReadDocument = ObjectDocument | FailedDocument

/**
 * Reads all objects of a text as kubectl reads them: YAML documents separated by `---`, or JSON values one after
 * another; lists are taken apart. Never throws: what cannot be read is a failure in its place, and the rest is read.
 */
export function* readDocuments(text: string): Generator<ReadDocument> {
  const normalized = normalizeText(text)
  const lines = new LineIndex(normalized)
  let index = 0
  for (const piece of readPieces(normalized, lines)) {
    const documents = documentsOf(piece, normalized, lines, index)
    yield* documents
    if (documents.length > 0) index++
  }
}

function documentsOf(piece: Piece, text: string, lines: LineIndex, index: number): ReadDocument[] {
  const { reading } = piece
  if ('failure' in reading) return [{ index, item: [], failure: reading.failure }]
  const documents = reading.value === null ? [] : objectsOf(piece, reading, text, lines, index)
  if (reading.ignoredFrom) {
    const failure = failAt('text after the end of the document is not read by kubectl', reading.ignoredFrom)
    documents.push({ index, item: [], failure })
  }
  return documents
}

function objectsOf(
  piece: Piece,
  reading: ReadValue,
  text: string,
  lines: LineIndex,
  index: number,
): ReadDocument[] {
  const { format, start, end } = piece
  const found = findObjects(reading.value)
  const items = found.map(({ item }) => item)
  const locator = new Locator({ format, text, start, end, lines }, items)
  const { inItems, outside } = groupDuplicates(reading.duplicateKeys, items)
  const documents: ReadDocument[] = found.map((one, at) =>
    'object' in one
      ? new LocatedObject(index, one.item, one.object, inItems.get(at) ?? [], locator)
      : { index, item: one.item, failure: failAt(one.problem, locator.placeOf(one.item)) },
  )
  for (const { path, line, column } of outside) {
    const message = `the key ${formatPath(path)} of a list comes twice: kubectl reads the last one only`
    documents.push({ index, item: [], failure: failAt(message, { line, column }) })
  }
  return documents
}

/** Duplicate keys by the item that has them, with paths from there, and those of the lists themselves. */
function groupDuplicates(
  duplicates: readonly DuplicateKey[],
  items: readonly PathSegments[],
): { readonly inItems: ReadonlyMap<number, DuplicateKey[]>; readonly outside: readonly DuplicateKey[] } {
  const inItems = new Map<number, DuplicateKey[]>()
  const outside: DuplicateKey[] = []
  if (duplicates.length === 0) return { inItems, outside }
  const indexes = new Map(items.map((item, at) => [formatPath(item), at]))
  for (const duplicate of duplicates) {
    const { path } = duplicate
    let length = path.length - 1
    while (length >= 0 && !indexes.has(formatPath(path.slice(0, length)))) length--
    const at = indexes.get(formatPath(path.slice(0, Math.max(length, 0))))
    if (at === undefined) outside.push(duplicate)
    else {
      const inItem = inItems.get(at)
      const relative = { ...duplicate, path: path.slice(length) }
      if (inItem) inItem.push(relative)
      else inItems.set(at, [relative])
    }
  }
  return { inItems, outside }
}

class LocatedObject implements ObjectDocument {
  readonly index: number
  readonly item: PathSegments
  readonly object: KubeObject
  readonly duplicateKeys: readonly DuplicateKey[]
  private readonly locator: Locator

  constructor(
    index: number,
    item: PathSegments,
    object: KubeObject,
    duplicateKeys: readonly DuplicateKey[],
    locator: Locator,
  ) {
    this.index = index
    this.item = item
    this.object = object
    this.duplicateKeys = duplicateKeys
    this.locator = locator
  }

  get line(): number {
    return this.locator.placeOf(this.item).line
  }

  locate(paths: readonly PathSegments[]): Location[] {
    return this.locator.locate(paths, this.item)
  }
}
