// Reading: what a document says, or why it says nothing.

import type { PathSegments } from '../path.ts'
import type { Failure } from './failure.ts'
import type { LineIndex, Place } from './place.ts'

/** A key that a mapping has twice: the last one counts, as for kubectl. */
export interface DuplicateKey extends Place {
  readonly path: PathSegments
}

/** A duplicate key before its place is known. */
export interface DuplicateOffset {
  readonly path: (string | number)[]
  /** Offset of the later key. */
  readonly offset: number
}

/** What a document says. Lines and columns count from the begin of the text that was given. */
export interface ReadValue {
  /** Plain data: null, booleans, numbers, texts, arrays and objects, none of them shared. */
  readonly value: unknown
  /** The first hundred of them. */
  readonly duplicateKeys: readonly DuplicateKey[]
  /** Where text begins that kubectl ignores, because the document has ended before it. */
  readonly ignoredFrom?: Place
}

export type Reading = ReadValue | { readonly failure: Failure }

const noDuplicates: readonly DuplicateKey[] = []

/** Gives duplicate keys their lines. */
export function withPlaces(
  lines: LineIndex,
  duplicates: readonly DuplicateOffset[],
): readonly DuplicateKey[] {
  if (duplicates.length === 0) return noDuplicates
  return duplicates.map(({ path, offset }) => ({ path, ...lines.at(offset) }))
}
