// Edit: a change of a part of a text, and what there is to know of the place in a source where it is made.

import type { Node } from './syntax.ts'

/** A part of a source's text and what takes its place. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly replacement: string
}

/** What a mutator is told of a node. */
export interface Site {
  readonly node: Node
  /** The nodes around it, from the outside in. */
  readonly around: readonly Node[]
  /** The text of a node. */
  readonly textOf: (node: Node) => string
}

/** The text with edits made that do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = ''
  let place = 0
  const inOrder = [...edits].sort((a, b) => a.start - b.start || a.end - b.end)
  for (const { start, end, replacement } of inOrder) {
    result += text.slice(place, start) + replacement
    place = end
  }
  return result + text.slice(place)
}

/** Leaves out one of several items that commas part. */
export function withoutItem(items: readonly Node[], index: number): Edit {
  const item = items[index] as Node
  const next = items[index + 1]
  const before = items[index - 1]
  if (next) return { start: item.start, end: next.start, replacement: '' }
  return { start: before ? before.end : item.start, end: item.end, replacement: '' }
}
