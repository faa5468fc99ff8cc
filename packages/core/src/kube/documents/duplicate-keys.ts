// Duplicate keys: tells which object of a document has which key twice.

import { formatPath, type PathSegments } from '../path.ts'
import { type Failure, failAt } from './failure.ts'
import type { DuplicateKey } from './reading.ts'

export interface GroupedDuplicates {
  /** By index in the items, with paths that count from there. */
  readonly inItems: ReadonlyMap<number, readonly DuplicateKey[]>
  /** Keys that lists themselves have twice, such as `items`: what the first one said is lost. */
  readonly failures: readonly Failure[]
}

/** Sorts the duplicate keys of a document by the items that have them. */
export function groupDuplicates(
  duplicates: readonly DuplicateKey[],
  items: readonly PathSegments[],
): GroupedDuplicates {
  const inItems = new Map<number, DuplicateKey[]>()
  const failures: Failure[] = []
  if (duplicates.length === 0) return { inItems, failures }
  const indexes = new Map(items.map((item, at) => [formatPath(item), at]))
  const lengths = Array.from(new Set(items.map(item => item.length))).sort((one, other) => other - one)
  for (const duplicate of duplicates) {
    const owner = findOwner(duplicate.path, indexes, lengths)
    if (owner) {
      const inItem = inItems.get(owner.at) ?? []
      inItem.push({ ...duplicate, path: duplicate.path.slice(owner.length) })
      inItems.set(owner.at, inItem)
    } else {
      const message = `the key ${formatPath(duplicate.path)} of a list comes twice: kubectl reads the last one only`
      failures.push(failAt(message, { line: duplicate.line, column: duplicate.column }))
    }
  }
  return { inItems, failures }
}

/** The innermost item that holds a path; `lengths` are those of the items' paths, longest first. */
function findOwner(
  path: PathSegments,
  indexes: ReadonlyMap<string, number>,
  lengths: readonly number[],
): { readonly at: number; readonly length: number } | undefined {
  for (const length of lengths) {
    const at = length < path.length ? indexes.get(formatPath(path.slice(0, length))) : undefined
    if (at !== undefined) return { at, length }
  }
  return undefined
}
