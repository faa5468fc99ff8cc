// Read YAML: the value of one YAML document as kubectl and the API server read it.

import type { PathSegments } from '../path.ts'
import { type Failure, failAt, type Place, placeAt } from './failure.ts'
import { compose, type DuplicateOffset } from './yaml/compose.ts'
import { YamlError } from './yaml/cursor.ts'

/** A key that a mapping has twice: the last one counts, as for kubectl. */
export interface DuplicateKey extends Place {
  readonly path: PathSegments
}

/** What a document says. Lines and columns count from the begin of the text that was given. */
export interface YamlDocument {
  /** Plain data: null, booleans, numbers, texts, arrays and objects, none of them shared. */
  readonly value: unknown
  readonly duplicateKeys: readonly DuplicateKey[]
  /** Where text begins that kubectl ignores, because the document has ended before it. */
  readonly ignoredFrom?: Place
}

export type YamlReading = YamlDocument | { readonly failure: Failure }

/** Characters that no YAML text holds: controls, and halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that are looked for.
const forbidden =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

const BOM = 0xfeff

/**
 * Reads the first YAML document of `text` between two offsets. Never throws: a text that kubectl would refuse gives
 * a failure, as does one that nests deeper than 500 levels or grows out of bounds by aliases.
 */
export function readYaml(text: string, start: number = 0, end: number = text.length): YamlReading {
  const whole = end > start && text.charCodeAt(end - 1) === 10 ? text : `${text.slice(0, end)}\n`
  const last = whole === text ? end : end + 1
  try {
    const bad = forbidden.exec(whole.slice(start, last))
    if (bad)
      throw new YamlError(`the character ${codePoint(bad[0])} is not allowed in YAML`, start + bad.index)
    const begin = text.charCodeAt(start) === BOM ? start + 1 : start
    if (begin > start && text.charCodeAt(begin) === BOM)
      throw new YamlError('two byte order marks stand at the begin', begin)
    const { value, duplicates, unreadFrom } = compose(whole, begin, last)
    const duplicateKeys =
      duplicates.length === 0 ? noDuplicates : duplicates.map(found => withPlace(text, found))
    return unreadFrom === undefined
      ? { value, duplicateKeys }
      : { value, duplicateKeys, ignoredFrom: placeAt(text, unreadFrom) }
  } catch (error) {
    if (error instanceof YamlError)
      return { failure: failAt(error.message, placeAt(text, Math.min(error.offset, end))) }
    throw error
  }
}

const noDuplicates: readonly DuplicateKey[] = []

const withPlace = (text: string, { path, offset }: DuplicateOffset): DuplicateKey => ({
  path,
  ...placeAt(text, offset),
})

const codePoint = (character: string): string =>
  `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
