// Block scalars: reads a literal (`|`) or folded (`>`) scalar with its header, indentation and chomping.

import { HASH, isBlank, isBreak, isDigit, SPACE, TAB } from './characters.ts'
import { type Cursor, Style } from './cursor.ts'

const PLUS = 43
const MINUS = 45

interface Header {
  readonly chomping: 'keep' | 'strip' | 'clip'
  /** Indentation asked for, or 0 where it is to be found from the text. */
  readonly increment: number
}

/** Reads what follows `|` or `>` up to and over the line break. */
function readHeader(cursor: Cursor, start: number): Header {
  let chomping: Header['chomping'] = 'clip'
  let increment = 0
  for (let sawChomping = false, sawDigit = false; ; cursor.position++) {
    const code = cursor.text.charCodeAt(cursor.position)
    if ((code === PLUS || code === MINUS) && !sawChomping) {
      sawChomping = true
      chomping = code === PLUS ? 'keep' : 'strip'
    } else if (isDigit(code) && !sawDigit) {
      sawDigit = true
      increment = code - 48
      if (increment === 0) cursor.fail('the indentation of a block scalar cannot be 0', start)
    } else break
  }
  while (isBlank(cursor.text.charCodeAt(cursor.position))) cursor.position++
  if (cursor.text.charCodeAt(cursor.position) === HASH) cursor.skipLine()
  if (!isBreak(cursor.text.charCodeAt(cursor.position)))
    cursor.fail('nothing but a comment may follow the head of a block scalar')
  cursor.skipBreak()
  return { chomping, increment }
}

/** What stands between two lines of text: the breaks of empty lines, and the deepest indentation seen. */
interface Gap {
  breaks: string
  deepest: number
}

/** Steps over indentation and empty lines; with `indent` 0 every space counts as indentation. */
function skipIndentation(cursor: Cursor, indent: number, start: number): Gap {
  const { text, end } = cursor
  const gap: Gap = { breaks: '', deepest: 0 }
  while (cursor.position < end) {
    const deepest = indent === 0 ? Number.POSITIVE_INFINITY : cursor.lineStart + indent
    while (cursor.position < deepest && text.charCodeAt(cursor.position) === SPACE) cursor.position++
    if (cursor.column > gap.deepest) gap.deepest = cursor.column
    const code = text.charCodeAt(cursor.position)
    if (code === TAB && cursor.position < deepest)
      cursor.fail('a tab cannot indent the text of a block scalar', start)
    if (!isBreak(code)) break
    gap.breaks += cursor.readBreak()
  }
  return gap
}

/** Reads the block scalar whose `|` or `>` stands at the position; the cursor then stands in the line after it. */
export function scanBlockScalar(cursor: Cursor, literal: boolean): void {
  const { text, end } = cursor
  const start = cursor.position++
  const { chomping, increment } = readHeader(cursor, start)
  let indent = increment === 0 ? 0 : Math.max(cursor.indent, 0) + increment
  let gap = skipIndentation(cursor, indent, start)
  if (indent === 0) indent = Math.max(gap.deepest, cursor.indent + 1, 1)

  let value = ''
  let lastBreak = ''
  let previousIndented = false
  while (cursor.position < end && cursor.column === indent) {
    const indented = isBlank(text.charCodeAt(cursor.position))
    const joinable = !literal && !previousIndented && !indented && lastBreak === '\n'
    if (joinable) value += gap.breaks === '' ? ' ' : gap.breaks
    else value += lastBreak + gap.breaks
    previousIndented = indented
    const lineAt = cursor.position
    cursor.skipLine()
    value += text.slice(lineAt, cursor.position)
    lastBreak = cursor.readBreak()
    gap = skipIndentation(cursor, indent, start)
  }
  if (chomping !== 'strip') value += lastBreak
  if (chomping === 'keep') value += gap.breaks
  cursor.style = literal ? Style.literal : Style.folded
  cursor.decoded = value
  cursor.keyAllowed = true
}
