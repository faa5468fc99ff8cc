// Read JSON: the value of one JSON document as kubectl reads it: the last of equal keys wins and is reported.

import { type Failure, failAt } from '../failure.ts'
import { deepestNesting } from '../limits.ts'
import type { LineIndex } from '../place.ts'
import { type Reading, withPlaces } from '../reading.ts'
import { replaceHalfSurrogates } from './half-surrogates.ts'
import { JsonError, JsonTreeReader } from './json-tree.ts'

const QUOTE = 34
const BACKSLASH = 92
const COLON = 58

/** Where a JSON object or array ends, and how many keys it is written with. */
export interface JsonExtent {
  /** Offset after its last brace. */
  readonly end: number
  readonly keys: number
}

/** Finds the end of the object or array at `start` by its braces. Undefined where they are never closed. */
export function jsonExtent(text: string, start: number): JsonExtent | undefined {
  let depth = 0
  let keys = 0
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = closingQuote(text, at)
      if (at < 0) return undefined
    } else if (code === COLON) keys++
    else if (code === 123 || code === 91) depth++
    else if ((code === 125 || code === 93) && --depth === 0) return { end: at + 1, keys }
  }
  return undefined
}

/** Offset of the quote that closes the string whose opening quote stands at `start`, or -1. */
function closingQuote(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = at
    while (text.charCodeAt(slashes - 1) === BACKSLASH) slashes--
    if ((at - slashes) % 2 === 0) return at
  }
  return -1
}

/** What a walk over a parsed value finds: how many keys it has, and what JSON text can say but Kubernetes cannot read. */
interface Inspection {
  keys: number
  problem?: string
}

function inspect(value: unknown, depth: number, found: Inspection): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) found.problem = 'a number is too large'
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (depth >= deepestNesting) {
    found.problem = `nested deeper than ${deepestNesting} levels`
    return
  }
  if (Array.isArray(value)) {
    for (const item of value)
      if (typeof item === 'object' || typeof item === 'number') inspect(item, depth + 1, found)
    return
  }
  for (const key in value) {
    found.keys++
    const child = (value as Record<string, unknown>)[key]
    if (typeof child === 'object' || typeof child === 'number') inspect(child, depth + 1, found)
  }
}

/**
 * Reads the JSON object at `start`, whose extent was found. Undefined where it is no JSON; a failure where it is JSON
 * that Kubernetes cannot hold. Never throws. Lines count from the begin of the text.
 */
export function readJson(
  text: string,
  start: number,
  { end, keys }: JsonExtent,
  lines: LineIndex,
): Reading | undefined {
  let value: unknown
  try {
    value = JSON.parse(replaceHalfSurrogates(text.slice(start, end)))
  } catch {
    return undefined
  }
  const found: Inspection = { keys: 0 }
  inspect(value, 0, found)
  if (found.problem !== undefined) return { failure: failAt(found.problem, lines.at(start)) }
  if (found.keys === keys) return { value, duplicateKeys: [] }
  const reader = new JsonTreeReader(text, start, end, deepestNesting, true)
  reader.value()
  return { value, duplicateKeys: withPlaces(lines, reader.duplicates) }
}

/** Why text is no JSON, and where. */
export function explainJson(text: string, start: number, end: number, lines: LineIndex): Failure {
  try {
    const reader = new JsonTreeReader(text, start, end, deepestNesting)
    reader.value()
    reader.skipSpace()
    return failAt('no text is expected after the JSON value', lines.at(reader.position))
  } catch (error) {
    if (error instanceof JsonError) return failAt(error.message, lines.at(error.offset))
    throw error
  }
}
