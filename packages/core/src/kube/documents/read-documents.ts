// Read documents: the Kubernetes objects in a text of YAML documents or JSON values, each with its place.

import type { PathSegments } from '../path.ts'
import type { FailedDocument, FoundObject } from './document.ts'
import { groupDuplicates } from './duplicate-keys.ts'
import { failAt } from './failure.ts'
import { findObjects, type KubeObject } from './kube-object.ts'
import { type Location, Locator } from './locate.ts'
import { LineIndex } from './place.ts'
import { type Piece, readPieces } from './read-pieces.ts'
import type { DuplicateKey, ReadValue } from './reading.ts'
import { normalizeText } from './split-documents.ts'

/** A Kubernetes object that was read, with its text at hand. */
export interface ObjectDocument extends FoundObject {
  /** Finds lines and columns of paths that count from the object. */
  locate(paths: readonly PathSegments[]): Location[]
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
  const { inItems, failures } = groupDuplicates(reading.duplicateKeys, items)
  const documents: ReadDocument[] = found.map((one, at) =>
    'object' in one
      ? new LocatedObject(index, one.item, one.object, inItems.get(at) ?? [], locator)
      : {
          index,
          item: one.item,
          failure: failAt(one.problem, locator.placeOf(one.item)),
          ...(one.isForeign ? { isForeign: true } : {}),
        },
  )
  for (const failure of failures) documents.push({ index, item: [], failure })
  return documents
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
