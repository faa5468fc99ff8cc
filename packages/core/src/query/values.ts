// Values: reads the words of a query as values of a field's type.

import { nearest } from '../model/nearest.ts'
import { attributeOf, type Field, type KnownWords, vocabularyOf } from './field.ts'
import { fold } from './folding.ts'
import type { QueryOperator, QueryValue } from './query.ts'
import { failAt, textOf, type Word } from './scanner.ts'

/** The value that a word means for a field; throws a QueryFailure at the word. */
export function readValue(field: Field, operator: QueryOperator, word: Word, known: KnownWords): QueryValue {
  if (!word.isQuoted && word.parts.length > 1 && word.parts.every(part => part === '')) {
    if (operator !== 'is' && operator !== 'is-not') failAt(word, '* stands for any value; use it with ":"')
    return { type: 'any' }
  }
  if (word.parts.length > 1) {
    if (field.type === 'text' || field.type === 'word' || field.type === 'labels' || field.type === 'rule')
      return { type: 'pattern', parts: squeezed(word.parts) }
    failAt(word, `${field.name} takes no wildcard`)
  }
  const text = textOf(word)
  switch (field.type) {
    case 'labels':
      return { type: 'text', text }
    case 'text':
      return { type: 'text', text: textValue(field, word, text, known) }
    case 'rule':
      return { type: 'text', text: ruleWord(field, word, text, known) }
    case 'word':
      return { type: 'text', text: oneOf(field, field.words ?? [], word, text) }
    case 'rank': {
      const found = oneOf(field, field.words ?? [], word, text)
      return { type: 'rank', word: found, rank: (field.words ?? []).indexOf(found) }
    }
    case 'number':
      return numberValue(field, word, text)
    case 'boolean':
      return booleanValue(field, word, text)
    case 'instant':
      return instantValue(field, operator, word, text)
    case 'version':
      return versionValue(field, word, text)
  }
}

/** Stars side by side are one star. */
const squeezed = (parts: readonly string[]) =>
  parts.filter((part, index) => part !== '' || index === 0 || index === parts.length - 1)

const inAnyCase = (words: readonly string[], text: string) => {
  const wanted = fold(text)
  return words.find(word => word === text) ?? words.find(word => fold(word) === wanted)
}

function oneOf(field: Field, words: readonly string[], word: Word, text: string): string {
  const found = inAnyCase(words, text)
  if (found !== undefined) return found
  const near = nearest(words, text)
  return failAt(
    word,
    `${field.name} is never ${JSON.stringify(text)}${didYouMean(near, words)}`,
    near.length > 0 ? near : words.length <= 12 ? words : [],
  )
}

const didYouMean = (near: readonly string[], words: readonly string[]) => {
  if (near.length > 0) return `; did you mean ${near.join(' or ')}?`
  return words.length > 0 && words.length <= 12 ? ` (it is one of ${words.join(', ')})` : ''
}

function textValue(field: Field, word: Word, text: string, known: KnownWords): string {
  const words = field.vocabulary ? vocabularyOf(known, field.vocabulary) : []
  if (words.length > 0) return oneOf(field, words, word, text)
  return inAnyCase(field.words ?? [], text) ?? text
}

function ruleWord(field: Field, word: Word, text: string, known: KnownWords): string {
  const { attribute = 'title' } = field
  const words =
    attribute === 'title' ? known.rules.flatMap(rule => attributeOf(rule, 'title')) : known[attribute]
  return words.length === 0 ? text : oneOf(field, words, word, text)
}

function numberValue(field: Field, word: Word, text: string): QueryValue {
  if (!/^-?\d{1,15}(?:\.\d{1,9})?$/.test(text))
    failAt(word, `${field.name} is a number, which ${JSON.stringify(text)} is not`)
  // No minus zero, which prints as zero.
  return { type: 'number', number: Number(text) + 0 }
}

function booleanValue(field: Field, word: Word, text: string): QueryValue {
  const found = { true: true, yes: true, false: false, no: false }[fold(text)]
  if (found === undefined) failAt(word, `${field.name} is true or false`, ['true', 'false'])
  return { type: 'boolean', boolean: found }
}

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
}

function instantValue(field: Field, operator: QueryOperator, word: Word, text: string): QueryValue {
  const age = /^(\d{1,5})([smhdwy])$/.exec(text)
  if (age) {
    if (operator === 'is' || operator === 'is-not')
      failAt(word, `say ${field.name} > ${text} for longer ago, or ${field.name} < ${text} for since then`)
    return { type: 'age', text, milliseconds: Number(age[1]) * (units[age[2] as string] as number) }
  }
  const span = readSpan(text)
  if (!span)
    failAt(
      word,
      `${field.name} takes a duration such as 7d, 12h or 30m, or a date such as 2026-01-31 or 2026-01-31T12:00Z`,
    )
  return { type: 'span', text, ...span }
}

const isoForm =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{3}))?)?(Z|[+-]\d{2}:\d{2})?)?)?$/

/** The time that a date (of a month, day, minute, second or millisecond) covers; without a zone it is UTC. */
function readSpan(text: string): { readonly from: number; readonly to: number } | undefined {
  const found = isoForm.exec(text)
  if (!found) return undefined
  const [, year, month, day, hour, minute, second, millisecond, zone = 'Z'] = found
  const number = (part: string | undefined, without: number) => (part === undefined ? without : Number(part))
  const fields = [number(month, 1), number(day, 1), number(hour, 0), number(minute, 0), number(second, 0)]
  const [m, d, h, min, s] = fields as [number, number, number, number, number]
  const years = Number(year)
  if (years < 1970 || m < 1 || m > 12 || h > 23 || min > 59 || s > 59) return undefined
  const daysOfMonth = new Date(Date.UTC(years, m, 0)).getUTCDate()
  if (d < 1 || d > daysOfMonth) return undefined
  const offset = zone === 'Z' ? 0 : readOffset(zone)
  if (offset === undefined) return undefined
  const from = Date.UTC(years, m - 1, d, h, min, s, number(millisecond, 0)) - offset
  if (day === undefined) return { from, to: Date.UTC(years, m, 1) }
  const length =
    hour === undefined ? 86_400_000 : second === undefined ? 60_000 : millisecond === undefined ? 1_000 : 1
  return { from, to: from + length }
}

function readOffset(zone: string): number | undefined {
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4))
  if (hours > 14 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

function versionValue(field: Field, word: Word, text: string): QueryValue {
  const found = /^v?(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?$/.exec(text)
  if (!found) failAt(word, `${field.name} is a version such as 1.34 or 1.34.2`)
  const numbers = found.slice(1).filter(one => one !== undefined)
  return { type: 'version', numbers: numbers.map(Number) }
}

/** The leading numbers of a version as clusters tell it (`v1.34.4-eks-1a2b`), or undefined. */
export function readVersion(text: string): readonly number[] | undefined {
  const found = /^v?(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?(?![0-9])/.exec(text)
  return found
    ?.slice(1)
    .filter(one => one !== undefined)
    .map(Number)
}
