// Cursor: where the scanner stands in a text, and the scalar it read last.

import { CR, isBlankOrBreak, isBreak, LF } from './characters.ts'

/** How a scalar is written. */
export const Style = { plain: 0, singleQuoted: 1, doubleQuoted: 2, literal: 3, folded: 4 } as const
export type Style = (typeof Style)[keyof typeof Style]

/** Thrown inside this folder only; the faces turn it into a failure value. */
export class YamlError extends Error {
  /** Offset in the text of the character that cannot be read. */
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/**
 * The state that scanning functions share. The text from `position` to `end` must end in a line feed, so that no
 * loop over one line needs to look for the end.
 */
export class Cursor {
  readonly text: string
  readonly end: number
  position: number
  /** Offset at which the current line begins: columns are counted from here. */
  lineStart: number
  /** Column of the innermost block collection; -1 outside any. */
  indent = -1
  /** How many flow collections are open. */
  flowLevel = 0
  /** Whether a mapping key written without `?` may begin here. */
  keyAllowed = true

  style: Style = Style.plain
  /** The scalar's text where it is no plain slice of the text, else undefined. */
  decoded: string | undefined = undefined
  /** The slice of the text that the scalar is, where `decoded` is undefined. */
  from = 0
  to = 0

  /** `lineStart` is where columns count from: before `start` for a value that is read from inside a document. */
  constructor(text: string, start: number, end: number, lineStart: number = start) {
    this.text = text
    this.position = start
    this.lineStart = lineStart
    this.end = end
  }

  get column(): number {
    return this.position - this.lineStart
  }

  /** The text of the scalar that was read last. */
  get scalar(): string {
    return this.decoded ?? this.text.slice(this.from, this.to)
  }

  fail(message: string, offset: number = this.position): never {
    throw new YamlError(message, offset)
  }

  /** Steps over the line break at the position, CR LF counting as one. */
  skipBreak(): void {
    const code = this.text.charCodeAt(this.position++)
    if (code === CR && this.position < this.end && this.text.charCodeAt(this.position) === LF) this.position++
    this.lineStart = this.position
  }

  /** Steps over a line break and returns what it reads as: a line feed, or itself where it is LS or PS. */
  readBreak(): string {
    const code = this.text.charCodeAt(this.position)
    this.skipBreak()
    return code < 0x2028 ? '\n' : String.fromCharCode(code)
  }

  /** Steps to the line break that ends the current line. */
  skipLine(): void {
    while (!isBreak(this.text.charCodeAt(this.position))) this.position++
  }

  /** Whether `---` or `...` stands alone at the begin of the current line. */
  atDocumentMarker(): boolean {
    if (this.position !== this.lineStart || this.position + 3 >= this.end) return false
    const code = this.text.charCodeAt(this.position)
    if (code !== 45 && code !== 46) return false
    return (
      this.text.charCodeAt(this.position + 1) === code &&
      this.text.charCodeAt(this.position + 2) === code &&
      isBlankOrBreak(this.text.charCodeAt(this.position + 3))
    )
  }
}

/** Joins two lines of a flow scalar: a single line feed is a space, further breaks stay. */
export function foldBreaks(first: string, further: string): string {
  if (first !== '\n') return first + further
  return further === '' ? ' ' : further
}
