// Place: line and column of an offset in a text.

/** A place in a text: 1-based; columns count UTF-16 units, as editors do. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** How many lines lie between two that are remembered: a text may be nothing but line feeds. */
const stride = 64

/** Finds lines and columns in one text. Lines end in LF; the text is searched for them once, as far as needed. */
export class LineIndex {
  private readonly text: string
  private readonly base: Place
  /** Offsets at which every 64th line begins, as far as they were asked for. */
  private readonly marks: number[] = [0]
  /** The last line that was counted: its number from 0, its begin, and the line feed that ends it (or Infinity). */
  private line = 0
  private start = 0
  private lineEnd: number

  /** `base` is the place of the text's first character, where the text is a part of another. */
  constructor(text: string, base: Place = { line: 1, column: 1 }) {
    this.text = text
    this.base = base
    this.lineEnd = this.findBreak(0)
  }

  at(offset: number): Place {
    if (offset < this.start) this.goBack(offset)
    while (this.lineEnd < offset) {
      this.start = this.lineEnd + 1
      this.line++
      if (this.line === this.marks.length * stride) this.marks.push(this.start)
      this.lineEnd = this.findBreak(this.start)
    }
    const column = offset - this.start + 1
    return this.line === 0
      ? { line: this.base.line, column: this.base.column + column - 1 }
      : { line: this.base.line + this.line, column }
  }

  private findBreak(from: number): number {
    const found = this.text.indexOf('\n', from)
    return found < 0 ? Number.POSITIVE_INFINITY : found
  }

  /** Stands at the last remembered line that begins at or before the offset. */
  private goBack(offset: number): void {
    let low = 0
    let high = this.marks.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.marks[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    this.line = low * stride
    this.start = this.marks[low] as number
    this.lineEnd = this.findBreak(this.start)
  }
}
