// Plain scalars: reads an unquoted scalar, over several lines where it goes on.

import {
  COLON,
  HASH,
  isBlank,
  isBlankOrBreak,
  isBreak,
  isFlowIndicator,
  isPlainInBlock,
  isPlainInFlow,
  TAB,
} from './characters.ts'
import { type Cursor, foldBreaks, Style } from './cursor.ts'

/** Offset of the first character that is not part of the plain text on this line; trailing blanks are left out. */
function endOfPlainText(cursor: Cursor): number {
  const { text } = cursor
  const inFlow = cursor.flowLevel > 0
  let position = cursor.position
  let end = position
  for (;;) {
    let code = text.charCodeAt(position)
    if (inFlow) while (isPlainInFlow(code)) code = text.charCodeAt(++position)
    else while (isPlainInBlock(code)) code = text.charCodeAt(++position)
    if (code === COLON) {
      if (isBlankOrBreak(text.charCodeAt(position + 1))) return position > end ? position : end
      position++
      continue
    }
    if (position > end) end = position
    if (!isBlank(code)) return end
    while (isBlank(code)) code = text.charCodeAt(++position)
    if (isBreak(code) || code === HASH) return end
    if (code === COLON && isBlankOrBreak(text.charCodeAt(position + 1))) return end
    if (inFlow && isFlowIndicator(code)) return end
  }
}

/**
 * Steps over blanks, line breaks and indentation after a piece of plain text. Returns what stands between it and
 * the next piece, or undefined when the scalar ends here.
 */
function skipToNextPiece(cursor: Cursor, start: number): string | undefined {
  const { text } = cursor
  const minimum = cursor.indent + 1
  let code = text.charCodeAt(cursor.position)
  while (isBlank(code)) code = text.charCodeAt(++cursor.position)
  if (!isBreak(code)) return undefined
  const first = cursor.readBreak()
  let further = ''
  for (;;) {
    if (cursor.position >= cursor.end) return undefined
    code = text.charCodeAt(cursor.position)
    if (isBlank(code)) {
      if (code === TAB && cursor.column < minimum) cursor.fail('a tab cannot indent', start)
      cursor.position++
    } else if (isBreak(code)) further += cursor.readBreak()
    else break
  }
  if (cursor.flowLevel === 0 && cursor.column < minimum) return undefined
  if (cursor.atDocumentMarker() || code === HASH) return undefined
  if (code === COLON && isBlankOrBreak(text.charCodeAt(cursor.position + 1))) return undefined
  if (cursor.flowLevel > 0 && isFlowIndicator(code)) return undefined
  return foldBreaks(first, further)
}

/** Reads the plain scalar at the position; the cursor then stands at the next thing that is no blank. */
export function scanPlain(cursor: Cursor): void {
  const start = cursor.position
  const firstLine = cursor.lineStart
  const firstEnd = endOfPlainText(cursor)
  cursor.style = Style.plain
  cursor.decoded = undefined
  cursor.from = start
  cursor.to = firstEnd
  cursor.position = firstEnd
  let joint = skipToNextPiece(cursor, start)
  let value: string | undefined
  while (joint !== undefined) {
    const end = endOfPlainText(cursor)
    value = (value ?? cursor.text.slice(start, firstEnd)) + joint + cursor.text.slice(cursor.position, end)
    cursor.position = end
    const line = cursor.lineStart
    joint = skipToNextPiece(cursor, start)
    if (joint === undefined) {
      cursor.keyAllowed = cursor.lineStart !== line
      cursor.decoded = value
      return
    }
  }
  cursor.keyAllowed = cursor.lineStart !== firstLine
}
