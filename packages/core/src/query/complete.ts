// Complete: what may come next in a query that is being typed: fields, operators, values and keywords.

import {
  type Field,
  type FieldCatalogue,
  findField,
  type KnownWords,
  operatorsOf,
  vocabularyOf,
} from './field.ts'
import { fold } from './folding.ts'
import { printValue } from './print.ts'
import { Scanner, textOf, type Word } from './scanner.ts'
import { keywordOf } from './syntax.ts'

export interface Suggestion {
  /** What to put in place of the text from `from` to `to`. */
  readonly text: string
  readonly type: 'field' | 'operator' | 'value' | 'keyword'
  readonly description: string
}

export interface Completion {
  /** The stretch of the query that a suggestion takes the place of. */
  readonly from: number
  readonly to: number
  /** Best first. */
  readonly suggestions: readonly Suggestion[]
  /** The field whose value is being typed, and what of it is there: for values that only the data know. */
  readonly value?: { readonly field: string; readonly key?: string; readonly prefix: string }
}

type State =
  | { readonly at: 'term' | 'after-term' }
  | { readonly at: 'operator'; readonly field: string }
  | { readonly at: 'value' | 'list-value' | 'after-value'; readonly field: string; readonly key?: string }

/** What may stand at the cursor (an offset in UTF-16 units). Takes any text, also one that is no query yet. */
export function completeQuery(
  text: string,
  cursor: number,
  catalogue: FieldCatalogue,
  known: KnownWords,
): Completion {
  const to = Math.max(0, Math.min(cursor, text.length))
  const { state, word } = walk(text.slice(0, to), catalogue)
  const from = word?.start ?? to
  const prefix = word ? textOf(word) : ''
  switch (state.at) {
    case 'term':
      return { from, to, suggestions: [...fieldsFor(prefix, catalogue), ...keywordsFor(prefix, ['not'])] }
    case 'after-term':
      return {
        from,
        to,
        suggestions: [
          ...keywordsFor(prefix, ['and', 'or', 'not']),
          ...(prefix === '' ? [] : fieldsFor(prefix, catalogue)),
        ],
      }
    case 'after-value':
      return { from, to, suggestions: keywordsFor(prefix, ['or']) }
    case 'operator':
      return { from, to, suggestions: operatorsFor(state.field, catalogue) }
    case 'value':
    case 'list-value': {
      const { field, key } = state
      const value = { field, ...(key !== undefined && { key }), prefix }
      return { from, to, value, suggestions: valuesFor(field, prefix, catalogue, known) }
    }
  }
}

/** Reads what is before the cursor as far as it goes; `word` is what the cursor stands at the end of. */
function walk(text: string, catalogue: FieldCatalogue): { readonly state: State; readonly word?: Word } {
  const scanner = new Scanner(text, { isLenient: true })
  let state: State = { at: 'term' }
  const isAtEnd = () => scanner.at >= text.length
  while (scanner.skipSpace()) {
    if (state.at === 'operator') state = { at: 'after-term' }
    const isListed: boolean = state.at === 'list-value' || state.at === 'after-value'
    if (scanner.take('(')) {
      if (state.at === 'value') state = { field: state.field, at: 'list-value' }
      continue
    }
    if (scanner.take(')')) {
      state = { at: 'after-term' }
      continue
    }
    if (scanner.take(',')) {
      if (state.at === 'after-value') state = { ...state, at: 'list-value' }
      continue
    }
    const place: 'value' | 'field' = state.at === 'value' || isListed ? 'value' : 'field'
    const word = scanner.takeWord(place)
    if (word.start === word.end) {
      // An operator without a field: nothing can be said of it.
      scanner.takeOperator()
      continue
    }
    if (isAtEnd() && !(word.isQuoted && !word.isOpen)) return { state, word }
    if (state.at === 'value') state = { at: 'after-term' }
    else if (state.at === 'list-value') state = { ...state, at: 'after-value' }
    else if (state.at === 'after-value') state = { ...state, at: 'list-value' }
    else if (keywordOf(word)) state = { at: 'term' }
    else state = afterHead(scanner, word, catalogue)
  }
  return { state }
}

/** After a word in a field's place: the name of a field, or text to look for. */
function afterHead(scanner: Scanner, word: Word, catalogue: FieldCatalogue): State {
  let name = textOf(word)
  let key: string | undefined
  if (name.endsWith('.') && scanner.here === '"') {
    key = textOf(scanner.takeWord('field'))
    name = name.slice(0, -1)
  }
  const found = word.isQuoted ? undefined : findField(catalogue, name)
  scanner.skipSpace()
  const operator = scanner.takeOperator()
  if (!found) return { at: 'after-term' }
  const field = found.field.name
  const own = key ?? found.key
  return operator ? { at: 'value', field, ...(own !== undefined && { key: own }) } : { at: 'operator', field }
}

/** Those that begin with what is typed, then those that hold it. */
function ranked<T>(all: readonly T[], prefix: string, textsOf: (one: T) => readonly string[]): T[] {
  const wanted = fold(prefix)
  const begins = all.filter(one => fold(textsOf(one)[0] ?? '').startsWith(wanted))
  const holds = all.filter(
    one =>
      !begins.includes(one) && wanted.length > 1 && textsOf(one).some(text => fold(text).includes(wanted)),
  )
  return [...begins, ...holds]
}

function fieldsFor(prefix: string, { fields }: FieldCatalogue): Suggestion[] {
  return ranked(fields, prefix, field => [field.name]).map(field => ({
    text: field.type === 'labels' ? `${field.name}.` : field.name,
    type: 'field',
    description: field.description,
  }))
}

const keywordMeaning = {
  and: 'Both must hold',
  or: 'Either may hold',
  not: 'What follows must not hold',
} as const

function keywordsFor(prefix: string, keywords: readonly (keyof typeof keywordMeaning)[]): Suggestion[] {
  return keywords
    .filter(keyword => keyword.startsWith(prefix.toLowerCase()))
    .map(keyword => ({ text: keyword, type: 'keyword', description: keywordMeaning[keyword] }))
}

const operatorMeaning: Readonly<Record<string, string>> = {
  ':': 'is, or is like, with * for anything',
  '=': 'is, the same as :',
  '!=': 'is not',
  '>': 'is more than',
  '>=': 'is at least',
  '<': 'is less than',
  '<=': 'is at most',
}
const agoMeaning: Readonly<Record<string, string>> = {
  ...operatorMeaning,
  '>': 'longer ago than a duration, or after a date',
  '<': 'within a duration, or before a date',
}

function operatorsFor(name: string, catalogue: FieldCatalogue): Suggestion[] {
  const field = catalogue.fields.find(one => one.name === name) as Field
  const meaning = field.type === 'instant' && !field.isAhead ? agoMeaning : operatorMeaning
  return operatorsOf(field.type)
    .filter(sign => sign !== '=')
    .map(sign => ({ text: sign, type: 'operator', description: meaning[sign] ?? '' }))
}

/** At most this many: nobody reads more. */
const most = 50

function valuesFor(name: string, prefix: string, catalogue: FieldCatalogue, known: KnownWords): Suggestion[] {
  const field = catalogue.fields.find(one => one.name === name) as Field
  return ranked(wordsOf(field, known), prefix, ({ text, description }) => [text, description])
    .slice(0, most)
    .map(({ text, description }) => valueSuggestion(text, description))
}

/** A value as a suggestion, quoted where it must be. */
export function valueSuggestion(text: string, description = ''): Suggestion {
  return { text: printValue({ type: 'text', text }), type: 'value', description }
}

interface KnownWord {
  readonly text: string
  readonly description: string
}

const plain = (texts: readonly string[]): KnownWord[] => texts.map(text => ({ text, description: '' }))

function wordsOf(field: Field, known: KnownWords): readonly KnownWord[] {
  if (field.vocabulary === 'rules')
    return known.rules.map(rule => ({ text: rule.id, description: rule.title }))
  if (field.vocabulary) return plain(vocabularyOf(known, field.vocabulary))
  if (field.attribute === 'title') return plain(known.rules.map(rule => rule.title))
  if (field.attribute) return plain(known[field.attribute])
  if (field.type === 'boolean') return plain(['true', 'false'])
  if (field.type === 'instant')
    return plain(field.examples.filter(text => text !== '*').map(text => text.replace(/^[<>=]+ /, '')))
  if (field.type === 'rank') return plain([...(field.words ?? [])].reverse())
  return plain(field.words ?? [])
}
