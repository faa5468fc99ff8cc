// Scanner: reads the words of a query at a place: bare or quoted, with escapes and wildcards, and where each stands.

export interface Span {
  /** Offsets into the text, in UTF-16 units; the end is excluded. */
  readonly start: number
  readonly end: number
}

export interface QueryProblem extends Span {
  /** One sentence. */
  readonly message: string
  /** The nearest known words that may have been meant. */
  readonly suggestions: readonly string[]
}

/** Thrown inside the room only; `parseQuery` gives it as a value. */
export class QueryFailure extends Error {
  readonly problem: QueryProblem
  constructor(problem: QueryProblem) {
    super(problem.message)
    this.problem = problem
  }
}

export function failAt(span: Span, message: string, suggestions: readonly string[] = []): never {
  throw new QueryFailure({ start: span.start, end: span.end, message, suggestions })
}

export interface Word extends Span {
  /** Literals between unescaped stars. */
  readonly parts: readonly string[]
  readonly isQuoted: boolean
  /** True where a backslash took part: then it is no keyword. */
  readonly isEscaped: boolean
  /** True for a quoted word whose end is missing; only where the scanner is lenient. */
  readonly isOpen: boolean
}

/** The word as a text, with stars as they are. */
export const textOf = (word: Word): string => word.parts.join('*')

const isSpace = (text: string) => /\s/.test(text)
/** What ends a bare word; the second also where a field or free text may stand. */
const endsValue = (text: string) => isSpace(text) || text === '(' || text === ')' || text === ','
const isOperatorStart = (text: string) => text === ':' || text === '=' || text === '<' || text === '>'
const unstorable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

export class Scanner {
  readonly text: string
  at = 0
  readonly #isLenient: boolean
  constructor(text: string, options: { readonly isLenient?: boolean } = {}) {
    this.text = text
    this.#isLenient = options.isLenient ?? false
  }

  /** Goes to the next thing; true where there is one. */
  skipSpace(): boolean {
    while (this.at < this.text.length && isSpace(this.text[this.at] as string)) this.at++
    return this.at < this.text.length
  }

  /** The character here, empty at the end. */
  get here(): string {
    return this.text[this.at] ?? ''
  }

  get place(): Span {
    return { start: this.at, end: Math.min(this.at + 1, this.text.length) }
  }

  take(character: string): boolean {
    if (this.here !== character) return false
    this.at++
    return true
  }

  /** The operator here, if there is one. */
  takeOperator(): (Span & { readonly text: string }) | undefined {
    const found = /^(?:!=|>=|<=|[:=<>])/.exec(this.text.slice(this.at, this.at + 2))
    if (!found) return undefined
    const start = this.at
    this.at += found[0].length
    return { text: found[0], start, end: this.at }
  }

  /** The word here. In a field's place operators end it; in a value's place they are part of it, as colons in names of roles. */
  takeWord(place: 'field' | 'value'): Word {
    return this.here === '"' ? this.#quoted() : this.#bare(place)
  }

  #quoted(): Word {
    const start = this.at++
    let text = ''
    let isOpen = true
    while (this.at < this.text.length) {
      const character = this.text[this.at++] as string
      if (character === '"') {
        isOpen = false
        break
      }
      if (character === '\\' && this.at < this.text.length) text += this.text[this.at++]
      else text += character
    }
    const span = { start, end: this.at }
    if (isOpen && !this.#isLenient) failAt(span, 'the closing quote is missing')
    return this.#checked({ ...span, parts: [text], isQuoted: true, isEscaped: false, isOpen })
  }

  #bare(place: 'field' | 'value'): Word {
    const start = this.at
    const parts: string[] = []
    let part = ''
    let isEscaped = false
    while (this.at < this.text.length) {
      const character = this.here
      if (endsValue(character) || character === '"') break
      if (place === 'field' && this.#beginsOperator()) break
      this.at++
      if (character === '\\') {
        if (this.at === this.text.length) {
          if (!this.#isLenient) failAt({ start: this.at - 1, end: this.at }, 'nothing follows the backslash')
          break
        }
        isEscaped = true
        part += this.text[this.at++]
      } else if (character === '*') {
        parts.push(part)
        part = ''
      } else part += character
    }
    parts.push(part)
    return this.#checked({ start, end: this.at, parts, isQuoted: false, isEscaped, isOpen: false })
  }

  #beginsOperator(): boolean {
    return isOperatorStart(this.here) || (this.here === '!' && this.text[this.at + 1] === '=')
  }

  #checked(word: Word): Word {
    if (!this.#isLenient && word.parts.some(part => unstorable.test(part)))
      failAt(word, 'it holds a character that no name or text can hold')
    return word
  }
}
