// Failure: why a piece of text could not be read, and where.

/** A place in a text: 1-based; columns count UTF-16 units, as editors do. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** A document, or a part of one, that could not be read. It is a gap, never a pass. */
export interface Failure extends Place {
  readonly reason: 'unparsable'
  /** A sentence for people, without the place. */
  readonly message: string
}

/** The place of an offset in a text. Lines end in LF. */
export function placeAt(text: string, offset: number): Place {
  let line = 1
  let lineStart = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++
    lineStart = at + 1
  }
  return { line, column: offset - lineStart + 1 }
}

export const failAt = (message: string, place: Place): Failure => ({
  reason: 'unparsable',
  message,
  ...place,
})
