// Scanner: cuts YAML text into tokens as Kubernetes' Go reader does, with the rules of block indentation and simple keys.

import { COLON, HASH, isBlank, isBlankOrBreak, isBreak, SPACE, TAB } from './characters.ts'
import { Cursor } from './cursor.ts'
import { scanBlockScalar } from './scan-block.ts'
import { scanPlain } from './scan-plain.ts'
import { scanAnchorName, scanTag } from './scan-properties.ts'
import { scanQuoted } from './scan-quoted.ts'
import { Token } from './token.ts'

const PERCENT = 37

/** The longest key that may be written without `?`, in characters, as YAML has it. */
const longestSimpleKey = 1024

/** Characters after which no scalar without quotes begins. */
const noPlainBegin = new Set(Array.from('[]{},#|>*%@`', character => character.charCodeAt(0)))

/** Reads tokens one at a time: `advance` makes the next one current. Throws YamlError where the text is no YAML. */
export class Scanner extends Cursor {
  /** The current token. */
  token: Token = Token.none
  /** Offset of its first character. */
  start = 0
  /** Name of the current anchor, alias or tag. */
  name = ''
  /** Tokens that come before the text at the position is scanned on. */
  private waiting: Token = Token.none
  private waitingLast: Token = Token.none
  /** Whether the next `:` ends a key that was recognized already. */
  private keyOpen = false
  private readonly indents: number[] = []

  /** Makes the next token current. After the last one it stays at `streamEnd`. */
  advance(): void {
    if (this.waiting !== Token.none) {
      this.token = this.waiting
      this.waiting = this.waitingLast
      this.waitingLast = Token.none
      return
    }
    this.skipSpace()
    const column = this.position < this.end ? this.column : -1
    if (this.flowLevel === 0 && this.indent > (this.atDocumentEdge() ? -1 : column)) {
      this.indent = this.indents.pop() as number
      this.start = this.position
      this.token = Token.blockEnd
      return
    }
    this.start = this.position
    if (column < 0) {
      this.token = Token.streamEnd
      return
    }
    this.token = this.scan(this.text.charCodeAt(this.position))
  }

  /** Whether all block collections end here, whatever their indentation. */
  private atDocumentEdge(): boolean {
    if (this.position !== this.lineStart || this.position >= this.end) return false
    return this.text.charCodeAt(this.position) === PERCENT || this.atDocumentMarker()
  }

  /** Steps over blanks, line breaks and comments. Tabs separate only where no key may begin. */
  private skipSpace(): void {
    const { text, end } = this
    while (this.position < end) {
      let code = text.charCodeAt(this.position)
      while (code === SPACE || (code === TAB && (this.flowLevel > 0 || !this.keyAllowed)))
        code = text.charCodeAt(++this.position)
      if (code === HASH) {
        this.skipLine()
        code = text.charCodeAt(this.position)
      }
      if (!isBreak(code)) return
      this.skipBreak()
      if (this.flowLevel === 0) this.keyAllowed = true
    }
  }

  private scan(code: number): Token {
    if (this.position === this.lineStart) {
      if (code === PERCENT) return this.take(Token.directive, 1)
      if (this.atDocumentMarker()) {
        this.keyAllowed = false
        return this.take(code === 45 ? Token.documentStart : Token.documentEnd, 3)
      }
    }
    switch (code) {
      case 91:
        return this.openFlow(Token.flowSequence)
      case 123:
        return this.openFlow(Token.flowMapping)
      case 93:
        return this.closeFlow(Token.flowSequenceEnd)
      case 125:
        return this.closeFlow(Token.flowMappingEnd)
      case 44:
        this.keyAllowed = true
        return this.take(Token.flowEntry, 1)
      case 45:
        return this.nextIsBlank() ? this.takeEntry() : this.takeScalar(scanPlain)
      case 63:
        return this.flowLevel > 0 || this.nextIsBlank() ? this.takeExplicitKey() : this.takeScalar(scanPlain)
      case COLON:
        return this.endsKey() ? this.takeValue() : this.takeScalar(scanPlain)
      case 42:
        return this.takeAlias()
      case 38:
        return this.takeProperty(Token.anchor)
      case 33:
        return this.takeProperty(Token.tag)
      case 39:
      case 34:
        return this.takeScalar(scanQuoted)
      case 124:
      case 62:
        if (this.flowLevel > 0) break
        scanBlockScalar(this, code === 124)
        return Token.scalar
      case 9:
        return this.fail('a tab cannot indent')
      case PERCENT:
      case 64:
      case 96:
        break
      default:
        return this.takeScalar(scanPlain)
    }
    return this.fail(`no value can begin with ${String.fromCharCode(code)}`)
  }

  private take(token: Token, length: number): Token {
    this.position += length
    return token
  }

  private nextIsBlank(): boolean {
    return isBlankOrBreak(this.text.charCodeAt(this.position + 1))
  }

  /** Whether the `:` at the position stands by itself rather than inside a plain scalar. */
  private endsKey(): boolean {
    return this.flowLevel > 0 || this.nextIsBlank()
  }

  /** Gives `token`, or `opener` and then `token` where a deeper block collection begins at the column. */
  private openBlock(column: number, opener: Token, token: Token): Token {
    if (this.flowLevel > 0 || this.indent >= column) return token
    this.indents.push(this.indent)
    this.indent = column
    this.waitingLast = this.waiting
    this.waiting = token
    return opener
  }

  private openFlow(token: Token): Token {
    // A collection is no key that Kubernetes' reader takes, so none is looked for.
    if (this.keyAllowed) this.demandKey(this.column)
    this.flowLevel++
    this.keyAllowed = true
    return this.take(token, 1)
  }

  private closeFlow(token: Token): Token {
    if (this.flowLevel > 0) this.flowLevel--
    this.keyAllowed = false
    return this.take(token, 1)
  }

  private takeEntry(): Token {
    if (this.flowLevel === 0 && !this.keyAllowed) this.fail('a list item cannot begin here')
    const token = this.openBlock(this.column, Token.blockSequence, Token.entry)
    this.keyAllowed = true
    return this.take(token, 1)
  }

  private takeExplicitKey(): Token {
    if (this.flowLevel === 0 && !this.keyAllowed) this.fail('a key cannot begin here')
    const token = this.openBlock(this.column, Token.blockMapping, Token.key)
    this.keyAllowed = this.flowLevel === 0
    return this.take(token, 1)
  }

  private takeValue(): Token {
    if (this.keyOpen) {
      this.keyOpen = false
      this.keyAllowed = false
      return this.take(Token.value, 1)
    }
    if (this.flowLevel === 0 && !this.keyAllowed)
      this.fail('a second ": " stands in one line: quote the text that holds it')
    const token = this.openBlock(this.column, Token.blockMapping, Token.value)
    this.keyAllowed = this.flowLevel === 0
    return this.take(token, 1)
  }

  private takeScalar(scanScalar: (cursor: Cursor) => void): Token {
    const mayBeKey = this.keyAllowed
    const { column, lineStart, start } = this
    this.keyAllowed = false
    scanScalar(this)
    if (mayBeKey && this.isKeyEnd(start, lineStart)) return this.openKey(column, Token.scalar)
    return this.endOfNoKey(mayBeKey, column, Token.scalar)
  }

  private takeAlias(): Token {
    const mayBeKey = this.keyAllowed
    const { column, lineStart, start } = this
    this.keyAllowed = false
    this.name = scanAnchorName(this)
    if (mayBeKey && this.isKeyEnd(start, lineStart)) return this.openKey(column, Token.alias)
    return this.endOfNoKey(mayBeKey, column, Token.alias)
  }

  /** An anchor or tag before a key belongs to the key, so what comes after it in the line decides. */
  private takeProperty(token: Token): Token {
    const mayBeKey = this.keyAllowed
    const { column } = this
    this.keyAllowed = false
    const isKey = mayBeKey && this.propertiesLeadKey()
    this.name = token === Token.anchor ? scanAnchorName(this) : scanTag(this)
    return isKey ? this.openKey(column, token) : this.endOfNoKey(mayBeKey, column, token)
  }

  /** Looks ahead over properties and one scalar for the `:` of a key, and comes back. */
  private propertiesLeadKey(): boolean {
    const { position, lineStart, keyAllowed } = this
    let code = this.text.charCodeAt(position)
    while (code === 38 || code === 33) {
      if (code === 38) scanAnchorName(this)
      else scanTag(this)
      while (isBlank(this.text.charCodeAt(this.position))) this.position++
      code = this.text.charCodeAt(this.position)
    }
    if (code === 34 || code === 39) scanQuoted(this)
    else if (!isBreak(code) && !noPlainBegin.has(code) && !(code === COLON && this.endsKey())) scanPlain(this)
    const isKey = this.isKeyEnd(position, lineStart)
    this.position = position
    this.lineStart = lineStart
    this.keyAllowed = keyAllowed
    return isKey
  }

  /** Whether a `:` follows in the line of a key that began at `start`. */
  private isKeyEnd(start: number, lineStart: number): boolean {
    if (this.lineStart !== lineStart || this.position >= this.end) return false
    const { text } = this
    let at = this.position
    while (isBlank(text.charCodeAt(at))) at++
    if (text.charCodeAt(at) !== COLON) return false
    if (this.flowLevel === 0 && !isBlankOrBreak(text.charCodeAt(at + 1))) return false
    const length = at - start
    if (length <= longestSimpleKey) return true
    // A character may take two units.
    return length <= 2 * longestSimpleKey && Array.from(text.slice(start, at)).length <= longestSimpleKey
  }

  private openKey(column: number, token: Token): Token {
    this.keyOpen = true
    this.waiting = token
    return this.openBlock(column, Token.blockMapping, Token.key)
  }

  private endOfNoKey(mayBeKey: boolean, column: number, token: Token): Token {
    if (mayBeKey) this.demandKey(column)
    return token
  }

  /** Where a block collection's items begin, only a key (or `-`) may stand. */
  private demandKey(column: number): void {
    if (this.flowLevel === 0 && this.indent === column)
      this.fail('a key is expected here, with ":" after it in the same line', this.start)
  }
}
