// Quoted scalars: reads a scalar in single or double quotes, with its escapes and folded lines.

import { hexValue, isBlank, isBreak } from './characters.ts'
import { type Cursor, foldBreaks, Style } from './cursor.ts'

const SINGLE = 39
const DOUBLE = 34
const BACKSLASH = 92

/** What one character after a backslash stands for; `x`, `u` and `U` and line breaks are read apart. */
const escapes = new Map(
  Object.entries({
    '0': '\0',
    a: '\x07',
    b: '\b',
    t: '\t',
    '\t': '\t',
    n: '\n',
    v: '\v',
    f: '\f',
    r: '\r',
    e: '\x1b',
    ' ': ' ',
    '"': '"',
    "'": "'",
    '\\': '\\',
    N: '\x85',
    _: '\xa0',
    L: '\u2028',
    P: '\u2029',
  }),
)
const codeLengths = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

/** Reads the escape whose backslash stands at the position. Kubernetes' reader refuses surrogates here, even in pairs. */
function readEscape(cursor: Cursor): string {
  const name = cursor.text.charAt(cursor.position + 1)
  const known = escapes.get(name)
  if (known !== undefined) {
    cursor.position += 2
    return known
  }
  const length = codeLengths.get(name)
  if (length === undefined) cursor.fail(`\\${name} is no escape in double quotes`)
  let value = 0
  for (let index = 0; index < length; index++) {
    const digit = hexValue(cursor.text.charCodeAt(cursor.position + 2 + index))
    if (digit < 0) cursor.fail(`\\${name} needs ${length} hexadecimal digits`)
    value = value * 16 + digit
  }
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff)
    cursor.fail(`\\${name} names no character: surrogates cannot be written as escapes`)
  cursor.position += 2 + length
  return String.fromCodePoint(value)
}

/** Reads a scalar that has escapes or goes over lines, from after its opening quote. */
function readSlowly(cursor: Cursor, quote: number, start: number): string {
  const { text, end } = cursor
  let value = ''
  for (;;) {
    if (cursor.position >= end) cursor.fail('the quote is never closed', start)
    if (cursor.atDocumentMarker()) cursor.fail('a document marker stands inside quotes')
    let brokenByEscape = false
    let piece = cursor.position
    let code = text.charCodeAt(cursor.position)
    while (!isBlank(code) && !isBreak(code)) {
      if (code === quote) {
        if (quote !== SINGLE || text.charCodeAt(cursor.position + 1) !== SINGLE) break
        value += text.slice(piece, cursor.position + 1)
        piece = cursor.position += 2
      } else if (code === BACKSLASH && quote === DOUBLE) {
        value += text.slice(piece, cursor.position)
        if (isBreak(text.charCodeAt(cursor.position + 1))) {
          cursor.position++
          cursor.skipBreak()
          piece = cursor.position
          brokenByEscape = true
          break
        }
        value += readEscape(cursor)
        piece = cursor.position
      } else cursor.position++
      code = text.charCodeAt(cursor.position)
    }
    value += text.slice(piece, cursor.position)
    if (cursor.position < end && text.charCodeAt(cursor.position) === quote) return value
    value += readSpace(cursor, brokenByEscape)
  }
}

/** Reads blanks and breaks between two pieces: kept inside a line, folded between lines, dropped after `\`. */
function readSpace(cursor: Cursor, brokenByEscape: boolean): string {
  const { text, end } = cursor
  const start = cursor.position
  let first: string | undefined
  let further = ''
  while (cursor.position < end) {
    const code = text.charCodeAt(cursor.position)
    if (isBlank(code)) cursor.position++
    else if (!isBreak(code)) break
    else if (first === undefined && !brokenByEscape) first = cursor.readBreak()
    else further += cursor.readBreak()
  }
  if (first !== undefined) return foldBreaks(first, further)
  return brokenByEscape ? further : text.slice(start, cursor.position)
}

/** Reads the quoted scalar whose opening quote stands at the position; the cursor then stands after the closing one. */
export function scanQuoted(cursor: Cursor): void {
  const { text } = cursor
  const start = cursor.position
  const quote = text.charCodeAt(start)
  cursor.style = quote === SINGLE ? Style.singleQuoted : Style.doubleQuoted
  let position = start + 1
  for (;;) {
    const code = text.charCodeAt(position)
    if (code === quote) {
      if (quote === SINGLE && text.charCodeAt(position + 1) === SINGLE) break
      cursor.decoded = undefined
      cursor.from = start + 1
      cursor.to = position
      cursor.position = position + 1
      return
    }
    if ((code === BACKSLASH && quote === DOUBLE) || isBreak(code)) break
    position++
  }
  cursor.position = start + 1
  cursor.decoded = readSlowly(cursor, quote, start)
  cursor.position++
}
