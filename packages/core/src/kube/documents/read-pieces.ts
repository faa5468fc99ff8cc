// Read pieces: the values in a text of YAML documents or JSON values, as kubectl tells one from the other.

import { failAt } from './failure.ts'
import { explainJson, jsonExtent, readJson } from './json/read-json.ts'
import type { LineIndex } from './place.ts'
import { readYaml } from './read-yaml.ts'
import type { Reading } from './reading.ts'
import { splitDocuments } from './split-documents.ts'

/** One document's text and what it says. */
export interface Piece {
  readonly format: 'yaml' | 'json'
  readonly start: number
  readonly end: number
  readonly reading: Reading
}

const BRACE = 123
/** kubectl looks for the brace that JSON begins with in the first 4,096 bytes. */
const jsonBegin = /^[ \t\r\n]*\{/
const lookahead = 4096

/** Offset after JSON's space. */
function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++
  return at
}

/** Offset after the space that ends a line: that is what kubectl passes where it gives up JSON for YAML. */
function skipRestOfLine(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\r'.includes(text.charAt(at))) at++
  return text.charAt(at) === '\n' ? at + 1 : at
}

/**
 * Reads normalized text. Where it begins with `{` it is read as JSON values one after another, as kubectl does; where
 * that fails at the first or second of them, the rest is read as YAML (if it is YAML: else the JSON mistake is told, and
 * what comes after the broken value is read on). Documents may be empty (null).
 */
export function* readPieces(text: string, lines: LineIndex): Generator<Piece> {
  let at = 0
  if (jsonBegin.test(text.slice(0, lookahead))) at = yield* readJsonValues(text, lines)
  for (const { start, end, problem } of splitDocuments(text, at))
    yield problem === undefined
      ? { format: 'yaml', start, end, reading: readYaml(text, start, end, lines) }
      : { format: 'yaml', start, end, reading: { failure: failAt(problem, lines.at(start)) } }
}

/** Reads JSON values for as long as there are any. Returns where YAML is to be read on. */
function* readJsonValues(text: string, lines: LineIndex): Generator<Piece, number> {
  let count = 0
  let end = 0
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, end)) {
    const isBrace = text.charCodeAt(at) === BRACE
    const extent = isBrace ? jsonExtent(text, at) : undefined
    let reading = extent && readJson(text, at, extent, lines)
    if (!reading) {
      const yaml = skipRestOfLine(text, end)
      if (count < 2 && !(isBrace && !beginsYaml(text, yaml, lines))) return yaml
      reading = { failure: explainJson(text, at, extent?.end ?? text.length, lines) }
    }
    count++
    end = extent?.end ?? endOfDocument(text, at)
    yield { format: 'json', start: at, end, reading }
    if (!extent) return end
  }
  return text.length
}

function beginsYaml(text: string, from: number, lines: LineIndex): boolean {
  const first = splitDocuments(text, from).next()
  return !first.done && !('failure' in readYaml(text, first.value.start, first.value.end, lines))
}

/** Where the next document after a broken JSON value may begin: at a `---`. */
function endOfDocument(text: string, from: number): number {
  const separator = text.indexOf('\n---', from)
  return separator < 0 ? text.length : separator + 1
}
