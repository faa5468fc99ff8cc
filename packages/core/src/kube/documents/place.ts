// Place: line and column of an offset in a text.

/** A place in a text: 1-based; columns count UTF-16 units, as editors do. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Finds lines and columns in one text. Lines end in LF; the text is searched for them once, as far as needed. */
export class LineIndex {
  private readonly text: string
  private readonly base: Place
  /** Offsets at which lines begin, as far as they were asked for. */
  private readonly starts: number[] = [0]
  /** Offset of the line feed that ends the last of them; Infinity where none does. */
  private nextBreak: number

  /** `base` is the place of the text's first character, where the text is a part of another. */
  constructor(text: string, base: Place = { line: 1, column: 1 }) {
    this.text = text
    this.base = base
    this.nextBreak = this.findBreak(0)
  }

  at(offset: number): Place {
    while (this.nextBreak < offset) {
      this.starts.push(this.nextBreak + 1)
      this.nextBreak = this.findBreak(this.nextBreak + 1)
    }
    const line = this.lineOf(offset)
    const column = offset - (this.starts[line] as number)
    return line === 0
      ? { line: this.base.line, column: this.base.column + column }
      : { line: this.base.line + line, column: column + 1 }
  }

  private findBreak(from: number): number {
    const found = this.text.indexOf('\n', from)
    return found < 0 ? Number.POSITIVE_INFINITY : found
  }

  /** Index of the last line that begins at or before the offset. */
  private lineOf(offset: number): number {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
}
