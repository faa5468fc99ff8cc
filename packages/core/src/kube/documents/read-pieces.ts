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

const jsonBegin = /^[ \t\r\n]*\{/
const jsonSpace = /[ \t\r\n]*/y
/** What kubectl steps over where it gives up JSON for YAML: space up to the end of the line. */
const restOfLine = /[ \t\r]*\n?/y

function skip(form: RegExp, text: string, from: number): number {
  form.lastIndex = from
  return from + (form.exec(text)?.[0].length ?? 0)
}

/**
 * Reads normalized text. Where it begins with `{` it is read as JSON values one after another, as kubectl does; where
 * that fails at the first or second of them, the rest is read as YAML. Documents may be empty (null).
 */
export function* readPieces(text: string, lines: LineIndex): Generator<Piece> {
  let at = 0
  // kubectl looks for the brace in the first 4,096 bytes.
  if (jsonBegin.test(text.slice(0, 4096))) at = yield* readJsonValues(text, lines)
  for (const { start, end, problem } of splitDocuments(text, at))
    yield problem === undefined
      ? { format: 'yaml', start, end, reading: readYaml(text, start, end, lines) }
      : { format: 'yaml', start, end, reading: { failure: failAt(problem, lines.at(start)) } }
}

/** Reads JSON values for as long as there are any. Returns where YAML is to be read on. */
function* readJsonValues(text: string, lines: LineIndex): Generator<Piece, number> {
  let count = 0
  let end = 0
  for (let at = skip(jsonSpace, text, 0); at < text.length; at = skip(jsonSpace, text, end)) {
    const extent = text.charCodeAt(at) === 123 ? jsonExtent(text, at) : undefined
    let reading = extent && readJson(text, at, extent, lines)
    if (!reading) {
      const yaml = skip(restOfLine, text, end)
      if (count < 2 && beginsYaml(text, yaml, lines)) return yaml
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
