// JSON tree: walks JSON text to tell where values stand, which keys come twice, and where the text is broken.

import { mostDuplicates } from '../limits.ts'
import type { Child, PlaceNode, Wanted } from '../place-tree.ts'
import type { DuplicateOffset } from '../reading.ts'

/** Thrown inside this folder only; the faces turn it into a failure value. */
export class JsonError extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

const QUOTE = 34
const BACKSLASH = 92
const numberForm = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y
const badEscape = /\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})/

/** Walks one JSON value and keeps the places of what is wanted; without `wanted`, none. */
export class JsonTreeReader {
  position: number
  readonly duplicates: DuplicateOffset[] = []
  private readonly text: string
  private readonly end: number
  private readonly deepest: number
  private readonly findDuplicates: boolean
  private depth = 0

  constructor(text: string, start: number, end: number, deepest: number, findDuplicates = false) {
    this.text = text
    this.position = start
    this.end = end
    this.deepest = deepest
    this.findDuplicates = findDuplicates
  }

  /** Reads the value at the position. Throws JsonError at the first character that is no JSON. */
  value(wanted?: Wanted): PlaceNode {
    this.skipSpace()
    const start = this.position
    const code = this.code()
    if (code === 123) return this.container(start, wanted, 125)
    if (code === 91) return this.container(start, wanted, 93)
    if (code === QUOTE) this.string()
    else this.word()
    return { start }
  }

  skipSpace(): void {
    for (let code = this.code(); code === 32 || code === 10 || code === 13 || code === 9; code = this.code())
      this.position++
  }

  private code(): number {
    return this.position < this.end ? this.text.charCodeAt(this.position) : -1
  }

  private fail(expected: string): never {
    const shown = this.position < this.end ? JSON.stringify(this.text.charAt(this.position)) : 'the end'
    throw new JsonError(`${expected} is expected, not ${shown}`, this.position)
  }

  private container(start: number, wanted: Wanted | undefined, closer: 125 | 93): PlaceNode {
    if (++this.depth > this.deepest) throw new JsonError(`nested deeper than ${this.deepest} levels`, start)
    const children = wanted && wanted.size > 0 ? new Map<string | number, Child>() : undefined
    this.position++
    this.skipSpace()
    if (this.code() === closer) this.position++
    else if (closer === 125) this.members(wanted, children)
    else this.items(wanted, children)
    this.depth--
    return children ? { start, children } : { start }
  }

  private members(wanted: Wanted | undefined, children: Map<string | number, Child> | undefined): void {
    const known = this.findDuplicates ? new Set<string>() : undefined
    do {
      this.skipSpace()
      const keyStart = this.position
      if (this.code() !== QUOTE) this.fail('a key in double quotes')
      const key = this.string(known !== undefined || children !== undefined)
      this.skipSpace()
      if (this.code() !== 58) this.fail('":"')
      this.position++
      const before = this.duplicates.length
      const inner = wanted?.get(key)
      const node = this.value(inner)
      this.prefixDuplicates(before, key)
      if (known?.has(key) && this.duplicates.length < mostDuplicates)
        this.duplicates.push({ path: [key], offset: keyStart })
      known?.add(key)
      if (inner) children?.set(key, { key: keyStart, node })
      this.skipSpace()
    } while (this.passComma(125, '"," or "}"'))
  }

  private items(wanted: Wanted | undefined, children: Map<string | number, Child> | undefined): void {
    let index = 0
    do {
      const before = this.duplicates.length
      const inner = wanted?.get(index)
      const node = this.value(inner)
      this.prefixDuplicates(before, index)
      if (inner) children?.set(index, { node })
      index++
      this.skipSpace()
    } while (this.passComma(93, '"," or "]"'))
  }

  private prefixDuplicates(from: number, segment: string | number): void {
    for (let index = from; index < this.duplicates.length; index++)
      this.duplicates[index]?.path.unshift(segment)
  }

  /** Steps over a comma, or over the closer. */
  private passComma(closer: number, expected: string): boolean {
    const code = this.code()
    if (code !== 44 && code !== closer) this.fail(expected)
    this.position++
    return code === 44
  }

  /** Steps over the string at the position and returns what it says, if that is wanted. */
  private string(isWanted = false): string {
    const start = this.position
    let hasEscape = false
    for (;;) {
      this.position++
      const code = this.code()
      if (code === QUOTE) break
      if (code === BACKSLASH) {
        hasEscape = true
        this.position++
      } else if (code < 32) {
        if (code < 0) throw new JsonError('a string is never closed', start)
        this.fail('an escape for a control character')
      }
    }
    this.position++
    if (!hasEscape) return isWanted ? this.text.slice(start + 1, this.position - 1) : ''
    const source = this.text.slice(start, this.position)
    const bad = source.replace(/\\\\/g, '__').search(badEscape)
    if (bad >= 0) throw new JsonError('a string has an unknown escape', start + bad)
    return isWanted ? (JSON.parse(source) as string) : ''
  }

  private word(): void {
    for (const word of ['true', 'false', 'null'])
      if (this.text.startsWith(word, this.position)) {
        this.position += word.length
        return
      }
    numberForm.lastIndex = this.position
    const found = numberForm.exec(this.text)
    if (!found) this.fail('a value')
    this.position += found[0].length
  }
}
