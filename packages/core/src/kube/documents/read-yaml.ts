// Read YAML: the value of one YAML document as kubectl and the API server read it.

import { failAt } from './failure.ts'
import { LineIndex } from './place.ts'
import { type Reading, withPlaces } from './reading.ts'
import { BOM, findForbidden } from './yaml/characters.ts'
import { compose } from './yaml/compose.ts'
import { YamlError } from './yaml/cursor.ts'

/**
 * Reads the first YAML document of `text` between two offsets. Never throws: a text that kubectl would refuse gives
 * a failure, as does one that nests deeper than 500 levels or grows out of bounds by aliases.
 */
export function readYaml(
  text: string,
  start: number = 0,
  end: number = text.length,
  lines: LineIndex = new LineIndex(text),
): Reading {
  const isEnded = end > start && text.charCodeAt(end - 1) === 10
  const whole = isEnded ? text : `${text.slice(0, end)}\n`
  const last = isEnded ? end : end + 1
  try {
    refuseForbidden(whole, start, last)
    const begin = whole.charCodeAt(start) === BOM ? start + 1 : start
    if (begin > start && whole.charCodeAt(begin) === BOM)
      throw new YamlError('two byte order marks stand at the begin', begin)
    const { value, duplicates, unreadFrom } = compose(whole, begin, last)
    const duplicateKeys = withPlaces(lines, duplicates)
    return unreadFrom === undefined
      ? { value, duplicateKeys }
      : { value, duplicateKeys, ignoredFrom: lines.at(unreadFrom) }
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    return { failure: failAt(error.message, lines.at(Math.min(error.offset, end))) }
  }
}

function refuseForbidden(text: string, start: number, end: number): void {
  const at = findForbidden(text.slice(start, end))
  if (at < 0) return
  const code = text
    .charCodeAt(start + at)
    .toString(16)
    .toUpperCase()
    .padStart(4, '0')
  throw new YamlError(`the character U+${code} is not allowed in YAML`, start + at)
}
