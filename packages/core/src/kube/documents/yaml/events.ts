// Events: the grammar of YAML: turns tokens into scalars, aliases, and the begin and end of collections.

import { skipComments } from './characters.ts'
import { Style } from './cursor.ts'
import { Scanner } from './scanner.ts'
import { Token } from './token.ts'

export const Event = {
  scalar: 0,
  alias: 1,
  sequence: 2,
  mapping: 3,
  /** The innermost open collection ends. */
  end: 4,
  /** The text holds no document, or the document has ended. */
  none: 5,
} as const
export type Event = (typeof Event)[keyof typeof Event]

const State = {
  blockSequence: 0,
  /** A list at the indentation of the mapping key that holds it. */
  indentlessSequence: 1,
  blockKey: 2,
  blockValue: 3,
  flowSequenceFirst: 4,
  flowSequence: 5,
  /** A mapping of one pair inside a flow sequence: `[a: 1]`. */
  pairKey: 6,
  pairValue: 7,
  pairEnd: 8,
  flowKeyFirst: 9,
  flowKey: 10,
  flowValue: 11,
  flowEmptyValue: 12,
  end: 13,
} as const
type State = (typeof State)[keyof typeof State]

/**
 * Reads the events of the first document of a text. What comes after that document's end is not looked at: kubectl
 * splits texts at `---` before it reads them, and ignores what follows `...`.
 */
export class EventReader extends Scanner {
  /** Anchor of the current node, or the name of the current alias; '' for none. */
  anchorName = ''
  /** Tag of the current node; '' for none. */
  tagName = ''
  /** Offset of the current node, after its anchor and tag. */
  nodeStart = 0
  /** Whether the current scalar is read by its look: it is plain without a tag, or its tag is `!`. */
  isImplicit = false
  /** Whether the current scalar is not written at all, as the value in `key:`. */
  private isEmpty = false
  /** Whether the current token is a scalar that was given out and not yet passed. */
  private held = false
  private state: State = State.end
  private readonly states: State[] = []

  /** The text of the current scalar. */
  get nodeText(): string {
    return this.isEmpty ? '' : this.scalar
  }

  /** Begins the document. `none` where the text holds none. */
  open(): Event {
    this.advance()
    if (this.token === Token.streamEnd) return Event.none
    if (this.token === Token.directive)
      this.fail('directives (%YAML, %TAG) are not read: kubectl refuses them too', this.start)
    if (this.token !== Token.documentStart) return this.node(true, false)
    this.advance()
    return this.token <= Token.directive ? this.empty(this.start) : this.node(true, false)
  }

  /**
   * Ends the document. Returns the offset of the text after `...` or a further `---` that kubectl does not read,
   * undefined where there is none. Text that just goes on after the document's end is an error here, though kubectl
   * may ignore it: it is a mistake of indentation that would hide what it says.
   */
  close(): number | undefined {
    if (this.held) this.advance()
    if (this.token === Token.streamEnd) return undefined
    if (this.token === Token.documentStart) return this.start
    if (this.token !== Token.documentEnd)
      this.fail('the document has ended before this: is the indentation right?', this.start)
    const unread = skipComments(this.text, this.position, this.end, '...')
    return unread < this.end ? unread : undefined
  }

  /** The next event, or `none` after the document. */
  next(): Event {
    if (this.held) {
      this.held = false
      this.advance()
    }
    switch (this.state) {
      case State.blockSequence:
        return this.blockItem()
      case State.indentlessSequence:
        return this.indentlessItem()
      case State.blockKey:
        return this.blockKey()
      case State.blockValue:
        return this.blockValue()
      case State.flowSequenceFirst:
      case State.flowSequence:
        return this.flowItem()
      case State.pairKey:
        return this.pairKey()
      case State.pairValue:
        return this.flowValue(State.pairEnd, Token.flowSequenceEnd)
      case State.pairEnd:
        this.state = State.flowSequence
        return Event.end
      case State.flowKeyFirst:
      case State.flowKey:
        return this.flowKey()
      case State.flowValue:
        return this.flowValue(State.flowKey, Token.flowMappingEnd)
      case State.flowEmptyValue:
        this.state = State.flowKey
        return this.empty(this.start)
      default:
        return Event.none
    }
  }

  /** Reads a node of any form; `indentless` allows a list at the indentation of its key. */
  private node(block: boolean, indentless: boolean): Event {
    this.nodeStart = this.start
    if (this.token === Token.alias) {
      this.anchorName = this.name
      this.advance()
      return Event.alias
    }
    this.anchorName = ''
    this.tagName = ''
    const hasProperties = this.token === Token.anchor || this.token === Token.tag
    if (hasProperties) this.readProperties()
    switch (this.token) {
      case Token.scalar:
        this.isImplicit = this.tagName === '' ? this.style === Style.plain : this.tagName === '!'
        this.isEmpty = false
        this.held = true
        return Event.scalar
      case Token.entry:
        if (indentless) return this.enter(State.indentlessSequence, Event.sequence)
        break
      case Token.flowSequence:
        this.advance()
        return this.enter(State.flowSequenceFirst, Event.sequence)
      case Token.flowMapping:
        this.advance()
        return this.enter(State.flowKeyFirst, Event.mapping)
      case Token.blockSequence:
        if (!block) break
        this.advance()
        return this.enter(State.blockSequence, Event.sequence)
      case Token.blockMapping:
        if (!block) break
        this.advance()
        return this.enter(State.blockKey, Event.mapping)
      default:
        break
    }
    if (!hasProperties) this.fail('a value is expected here', this.start)
    return this.emptyScalar()
  }

  private readProperties(): void {
    const first = this.token
    this.readProperty()
    if (this.token === (first === Token.anchor ? Token.tag : Token.anchor)) this.readProperty()
    this.nodeStart = this.start
  }

  private readProperty(): void {
    if (this.token === Token.anchor) this.anchorName = this.name
    else this.tagName = this.name
    this.advance()
  }

  private enter(state: State, event: Event): Event {
    this.states.push(this.state)
    this.state = state
    return event
  }

  private leave(): Event {
    this.state = this.states.pop() as State
    return Event.end
  }

  private empty(start: number): Event {
    this.anchorName = ''
    this.tagName = ''
    this.nodeStart = start
    return this.emptyScalar()
  }

  private emptyScalar(): Event {
    this.isEmpty = true
    this.isImplicit = this.tagName === ''
    return Event.scalar
  }

  private blockItem(): Event {
    if (this.token === Token.blockEnd) {
      this.advance()
      return this.leave()
    }
    if (this.token !== Token.entry) this.fail('a list item ("- ") is expected here', this.start)
    const after = this.start + 1
    this.advance()
    if (this.token === Token.entry || this.token === Token.blockEnd) return this.empty(after)
    return this.node(true, false)
  }

  private indentlessItem(): Event {
    if (this.token !== Token.entry) return this.leave()
    const after = this.start + 1
    this.advance()
    return this.token === Token.entry || this.atPairOrEnd() ? this.empty(after) : this.node(true, false)
  }

  private atPairOrEnd(): boolean {
    return this.token === Token.key || this.token === Token.value || this.token === Token.blockEnd
  }

  private blockKey(): Event {
    if (this.token === Token.blockEnd) {
      this.advance()
      return this.leave()
    }
    if (this.token !== Token.key) this.fail('a key is expected here', this.start)
    const { start } = this
    this.advance()
    this.state = State.blockValue
    return this.atPairOrEnd() ? this.empty(start) : this.node(true, true)
  }

  private blockValue(): Event {
    this.state = State.blockKey
    if (this.token !== Token.value) return this.empty(this.start)
    const after = this.start + 1
    this.advance()
    return this.atPairOrEnd() ? this.empty(after) : this.node(true, true)
  }

  /** Passes the comma before an item, unless it is the first. */
  private passComma(isFirst: boolean, closer: string): void {
    if (isFirst) return
    if (this.token !== Token.flowEntry) this.fail(`"," or "${closer}" is expected here`, this.start)
    this.advance()
  }

  private flowItem(): Event {
    if (this.token !== Token.flowSequenceEnd) this.passComma(this.state === State.flowSequenceFirst, ']')
    if (this.token === Token.flowSequenceEnd) {
      this.advance()
      return this.leave()
    }
    this.state = State.flowSequence
    if (this.token !== Token.key) return this.node(false, false)
    this.state = State.pairKey
    this.anchorName = ''
    this.nodeStart = this.start
    this.advance()
    return Event.mapping
  }

  private pairKey(): Event {
    this.state = State.pairValue
    return this.atValueOrEnd(Token.flowSequenceEnd) ? this.empty(this.start) : this.node(false, false)
  }

  private atValueOrEnd(closer: Token): boolean {
    return this.token === Token.value || this.atFlowEnd(closer)
  }

  private atFlowEnd(closer: Token): boolean {
    return this.token === Token.flowEntry || this.token === closer
  }

  private flowKey(): Event {
    if (this.token !== Token.flowMappingEnd) this.passComma(this.state === State.flowKeyFirst, '}')
    if (this.token === Token.flowMappingEnd) {
      this.advance()
      return this.leave()
    }
    if (this.token !== Token.key) {
      this.state = State.flowEmptyValue
      return this.node(false, false)
    }
    this.advance()
    this.state = State.flowValue
    return this.atValueOrEnd(Token.flowMappingEnd) ? this.empty(this.start) : this.node(false, false)
  }

  private flowValue(after: State, closer: Token): Event {
    this.state = after
    if (this.token !== Token.value) return this.empty(this.start)
    this.advance()
    return this.atFlowEnd(closer) ? this.empty(this.start) : this.node(false, false)
  }
}
