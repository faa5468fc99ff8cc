// Calico selector: Calico's own language for picking things by their labels, such as `role == 'db' && has(tier)`.
//
// Source: docs.tigera.io, Calico reference, "Selectors"; projectcalico/calico libcalico-go/lib/selector.

import type { Labels } from '../label-selector.ts'

/** True where it picks labels; undefined for a text that Calico would refuse. */
export type CalicoSelector = (labels: Labels) => boolean

const token =
  /\s*(?:(\|\||&&|==|!=|[!(){},])|("[^"]*"|'[^']*')|(not\s+in|in|contains|starts\s*with|ends\s*with)(?![\w./-])|(all|global)\s*\(\s*\)|has\s*\(\s*([\w./-]+)\s*\)|([\w./-]+))/y

interface Token {
  readonly type: 'mark' | 'text' | 'word' | 'all' | 'has' | 'key'
  readonly value: string
}

/** Reads a selector; the empty one picks everything. Undefined for a text that is none. */
export function parseCalicoSelector(source: string): CalicoSelector | undefined {
  if (source.trim() === '') return () => true
  const tokens = tokenize(source)
  if (!tokens) return undefined
  const reader = new Reader(tokens)
  const selector = readOr(reader, 0)
  return selector && reader.isDone ? selector : undefined
}

class Reader {
  private readonly tokens: readonly Token[]
  private at = 0
  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }
  get isDone(): boolean {
    return this.at >= this.tokens.length
  }
  take(type: Token['type'], value?: string): Token | undefined {
    const next = this.tokens[this.at]
    if (next?.type !== type || (value !== undefined && next.value !== value)) return undefined
    this.at++
    return next
  }
}

function tokenize(source: string): Token[] | undefined {
  const tokens: Token[] = []
  const text = source.trimEnd()
  token.lastIndex = 0
  let end = 0
  while (end < text.length) {
    const found = token.exec(text)
    if (!found) return undefined
    const [, mark, quoted, word, all, has, key] = found
    if (mark !== undefined) tokens.push({ type: 'mark', value: mark })
    else if (quoted !== undefined) tokens.push({ type: 'text', value: quoted.slice(1, -1) })
    else if (word !== undefined) tokens.push({ type: 'word', value: word.replaceAll(/\s+/g, ' ') })
    else if (all !== undefined) tokens.push({ type: 'all', value: all })
    else if (has !== undefined) tokens.push({ type: 'has', value: has })
    else tokens.push({ type: 'key', value: key as string })
    end = token.lastIndex
  }
  return tokens
}

/** Deeper selectors than any that people write are not read, so that no hostile one exhausts the stack. */
const deepest = 50

function readOr(reader: Reader, depth: number): CalicoSelector | undefined {
  const parts: CalicoSelector[] = []
  do {
    const part = readAnd(reader, depth)
    if (!part) return undefined
    parts.push(part)
  } while (reader.take('mark', '||'))
  return labels => parts.some(part => part(labels))
}

function readAnd(reader: Reader, depth: number): CalicoSelector | undefined {
  const parts: CalicoSelector[] = []
  do {
    const part = readTerm(reader, depth)
    if (!part) return undefined
    parts.push(part)
  } while (reader.take('mark', '&&'))
  return labels => parts.every(part => part(labels))
}

function readTerm(reader: Reader, depth: number): CalicoSelector | undefined {
  if (depth > deepest) return undefined
  if (reader.take('mark', '!')) {
    const negated = readTerm(reader, depth + 1)
    return negated && (labels => !negated(labels))
  }
  if (reader.take('mark', '(')) {
    const inner = readOr(reader, depth + 1)
    return inner && reader.take('mark', ')') ? inner : undefined
  }
  if (reader.take('all')) return () => true
  const has = reader.take('has')
  if (has) return labels => labelValue(labels, has.value) !== undefined
  const key = reader.take('key')
  return key && readComparison(reader, key.value)
}

function readComparison(reader: Reader, key: string): CalicoSelector | undefined {
  const mark = reader.take('mark', '==') ?? reader.take('mark', '!=')
  if (mark) {
    const text = reader.take('text')?.value
    if (text === undefined) return undefined
    return mark.value === '=='
      ? labels => labelValue(labels, key) === text
      : labels => labelValue(labels, key) !== text
  }
  const word = reader.take('word')?.value
  if (word === 'in' || word === 'not in') {
    const texts = readSet(reader)
    if (!texts) return undefined
    const isIn: CalicoSelector = labels => {
      const value = labelValue(labels, key)
      return value !== undefined && texts.includes(value)
    }
    return word === 'in' ? isIn : labels => !isIn(labels)
  }
  const text = word === undefined ? undefined : reader.take('text')?.value
  if (text === undefined) return undefined
  if (word === 'contains') return labels => labelValue(labels, key)?.includes(text) ?? false
  return word?.startsWith('starts')
    ? labels => labelValue(labels, key)?.startsWith(text) ?? false
    : labels => labelValue(labels, key)?.endsWith(text) ?? false
}

function readSet(reader: Reader): string[] | undefined {
  if (!reader.take('mark', '{')) return undefined
  const texts: string[] = []
  if (reader.take('mark', '}')) return texts
  do {
    const text = reader.take('text')
    if (!text) return undefined
    texts.push(text.value)
  } while (reader.take('mark', ','))
  return reader.take('mark', '}') ? texts : undefined
}

const labelValue = (labels: Labels, key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined)
