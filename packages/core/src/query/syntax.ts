// Syntax: reads the words of a query into a tree, before it is known which fields there are.

import { failAt, Scanner, type Span, textOf, type Word } from './scanner.ts'

export interface FieldName extends Span {
  readonly name: string
  /** The quoted part of `label."app.kubernetes.io/name"`. */
  readonly key?: string
}

export interface SyntaxComparison {
  readonly type: 'compare'
  readonly field: FieldName
  readonly operator: Span & { readonly text: string }
  readonly values: readonly Word[]
}

export type Syntax =
  | { readonly type: 'and' | 'or'; readonly parts: readonly Syntax[] }
  | { readonly type: 'not'; readonly part: Syntax }
  | { readonly type: 'free-text'; readonly word: Word }
  | SyntaxComparison

/** Queries are typed by people; what is longer or deeper is a mistake or an attack. */
export const limits = { length: 10_000, depth: 100, terms: 1_000 } as const

const keywords = ['and', 'or', 'not'] as const
export type Keyword = (typeof keywords)[number]

/** The keyword that a word is, in any case. */
export function keywordOf(word: Word): Keyword | undefined {
  if (word.isQuoted || word.isEscaped || word.parts.length > 1) return undefined
  return keywords.find(one => one === (word.parts[0] as string).toLowerCase())
}

/** Reads a whole query; undefined for one without a word. Throws a QueryFailure with the first place that is wrong. */
export function parseSyntax(text: string): Syntax | undefined {
  if (text.length > limits.length)
    failAt({ start: limits.length, end: text.length }, `a query has at most ${limits.length} characters`)
  const parser = new Parser(text)
  return parser.whole()
}

class Parser {
  readonly #scanner: Scanner
  #depth = 0
  #terms = 0
  constructor(text: string) {
    this.#scanner = new Scanner(text)
  }

  whole(): Syntax | undefined {
    if (!this.#scanner.skipSpace()) return undefined
    const found = this.#or()
    if (this.#scanner.skipSpace()) failAt(this.#scanner.place, 'there is no open parenthesis to close')
    return found
  }

  #or(): Syntax {
    const parts = [this.#and()]
    while (this.#takeKeyword('or')) parts.push(this.#and())
    return parts.length === 1 ? (parts[0] as Syntax) : { type: 'or', parts }
  }

  /** Terms side by side mean `and`. */
  #and(): Syntax {
    const parts = [this.#not()]
    for (;;) {
      if (this.#takeKeyword('and')) parts.push(this.#not())
      else if (this.#isAtTerm()) parts.push(this.#not())
      else break
    }
    return parts.length === 1 ? (parts[0] as Syntax) : { type: 'and', parts }
  }

  #not(): Syntax {
    const start = this.#scanner.at
    if (!this.#takeKeyword('not')) return this.#primary()
    return this.#deeper({ start, end: this.#scanner.at }, () => ({ type: 'not', part: this.#not() }))
  }

  #primary(): Syntax {
    const scanner = this.#scanner
    if (!scanner.skipSpace()) failAt(scanner.place, 'a condition is missing here, such as severity >= high')
    const open = scanner.place
    if (scanner.take('('))
      return this.#deeper(open, () => {
        const inner = this.#or()
        scanner.skipSpace()
        if (!scanner.take(')')) failAt(open, 'this parenthesis is never closed')
        return inner
      })
    if (scanner.here === ')' || scanner.here === ',')
      failAt(scanner.place, 'a condition is missing here, such as severity >= high')
    if (++this.#terms > limits.terms) failAt(scanner.place, `a query has at most ${limits.terms} conditions`)
    return this.#term()
  }

  #term(): Syntax {
    const scanner = this.#scanner
    const word = scanner.takeWord('field')
    const keyword = keywordOf(word)
    if (keyword)
      failAt(word, `a condition is missing before "${keyword}"; quote it to look for the word itself`)
    const key = this.#key(word)
    const end = scanner.at
    scanner.skipSpace()
    const operator = scanner.takeOperator()
    if (!operator) {
      scanner.at = end
      if (key) failAt({ start: word.start, end }, 'an operator and a value are missing after the field')
      this.#refuseGlued(word)
      return { type: 'free-text', word }
    }
    if (word.start === end || word.parts.length > 1 || (word.isQuoted && !key))
      failAt({ start: word.start, end: operator.end }, 'the name of a field is missing before the operator')
    const field = { name: textOf(word), start: word.start, end }
    return {
      type: 'compare',
      field: key ? { ...field, name: field.name.slice(0, -1), key: textOf(key) } : field,
      operator,
      values: this.#values(operator),
    }
  }

  /** The quoted key right after `label.`. */
  #key(word: Word): Word | undefined {
    const isMap = !word.isQuoted && word.parts.length === 1 && textOf(word).endsWith('.')
    return isMap && this.#scanner.here === '"' ? this.#scanner.takeWord('field') : undefined
  }

  #values(operator: Span): Word[] {
    const scanner = this.#scanner
    scanner.skipSpace()
    const open = scanner.place
    if (!scanner.take('(')) return [this.#value(operator)]
    const values: Word[] = []
    do {
      if (++this.#terms > limits.terms) failAt(scanner.place, `a query has at most ${limits.terms} values`)
      scanner.skipSpace()
      values.push(this.#value(open))
      scanner.skipSpace()
    } while (scanner.take(',') || this.#takeKeyword('or'))
    if (!scanner.take(')')) {
      if (scanner.at >= scanner.text.length) failAt(open, 'this list is never closed')
      failAt(scanner.place, 'values in a list are separated by "or" or a comma')
    }
    return values
  }

  #value(before: Span): Word {
    const scanner = this.#scanner
    const word = scanner.takeWord('value')
    if (word.start === word.end) failAt(before, 'a value is missing here')
    const keyword = keywordOf(word)
    if (keyword) failAt(word, `a value is missing before "${keyword}"; quote it to look for the word itself`)
    if (!word.isQuoted && scanner.text.slice(word.start).startsWith("'"))
      failAt(word, 'quotes are double quotes: "like this"')
    this.#refuseGlued(word)
    return word
  }

  /** `a"b"` could mean several things, so it means none. */
  #refuseGlued(word: Word): void {
    const next = this.#scanner.here
    if (next === '"' || (word.isQuoted && next !== '' && !/[\s(),]/.test(next)))
      failAt({ start: word.start, end: this.#scanner.at + 1 }, 'a space is missing beside the quote')
  }

  #isAtTerm(): boolean {
    const scanner = this.#scanner
    if (!scanner.skipSpace() || scanner.here === ')') return false
    if (scanner.here === '"' || scanner.here === '(' || scanner.here === ',') return true
    return this.#peekKeyword() !== 'or'
  }

  #peekKeyword(): Keyword | undefined {
    const scanner = this.#scanner
    const { at } = scanner
    if (scanner.here === '"') return undefined
    const found = /^(?:and|or|not)(?![^\s()",:=<>])/i.exec(scanner.text.slice(at, at + 4))
    return found?.[0].toLowerCase() as Keyword | undefined
  }

  #takeKeyword(keyword: Keyword): boolean {
    const scanner = this.#scanner
    scanner.skipSpace()
    if (this.#peekKeyword() !== keyword) return false
    scanner.at += keyword.length
    return true
  }

  #deeper(span: Span, read: () => Syntax): Syntax {
    if (++this.#depth > limits.depth) failAt(span, `conditions nest at most ${limits.depth} deep`)
    const found = read()
    this.#depth--
    return found
  }
}
