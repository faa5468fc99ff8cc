// Evaluate: tells whether a record is one that a query asks for; the plain meaning that the compiler to SQL is held against.

import { attributeOf, type Field, type FieldCatalogue, type KnownWords } from './field.ts'
import { fold, matchesParts } from './folding.ts'
import type { Comparison, Query, QueryOperator, QueryValue } from './query.ts'
import { readVersion } from './values.ts'

/** What a record has under a field: nothing, a value, or several of which any counts. Instants are milliseconds since 1970. */
export type FieldValue = string | number | boolean | null | undefined | readonly string[]

export type ReadField = (field: string, key?: string) => FieldValue

export interface Asked {
  readonly catalogue: FieldCatalogue
  readonly known: KnownWords
  /** Milliseconds since 1970, for durations. */
  readonly now: number
}

/** True where the query asks for the record. What a record lacks meets no comparison, so `!=` and `not` hold of it. */
export function evaluate(query: Query, read: ReadField, asked: Asked): boolean {
  switch (query.type) {
    case 'all':
      return true
    case 'and':
      return query.parts.every(part => evaluate(part, read, asked))
    case 'or':
      return query.parts.some(part => evaluate(part, read, asked))
    case 'not':
      return !evaluate(query.part, read, asked)
    case 'free-text':
      return holdsText(query.parts, read, asked)
    case 'compare':
      return compares(query, read, asked)
  }
}

function holdsText(parts: readonly string[], read: ReadField, asked: Asked): boolean {
  const pattern = ['', ...parts.map(fold), '']
  const holds = (text: string) => matchesParts(pattern, fold(text))
  const inFields = asked.catalogue.fields.some(
    field => field.isFreeText && textsOf(read(field.name)).some(holds),
  )
  return inFields || isOfRules(read, rulesWithText(parts, asked))
}

const isOfRules = (read: ReadField, rules: readonly string[]) =>
  textsOf(read('rule')).some(rule => rules.includes(rule))

/** The ids of the rules whose title holds the text; none where the list has no rules. */
export function rulesWithText(parts: readonly string[], { catalogue, known }: Asked): string[] {
  if (!catalogue.fields.some(field => field.attribute === 'title')) return []
  const pattern = ['', ...parts.map(fold), '']
  return known.rules.filter(rule => matchesParts(pattern, fold(rule.title))).map(rule => rule.id)
}

function compares(comparison: Comparison, read: ReadField, asked: Asked): boolean {
  const { field: name, key, operator, values } = comparison
  const field = asked.catalogue.fields.find(one => one.name === name)
  if (!field) return false
  const positive: QueryOperator = operator === 'is-not' ? 'is' : operator
  const holds =
    field.type === 'rule'
      ? isOfRules(read, rulesAsked(comparison, asked))
      : values.some(value => meets(read(name, key), positive, value, asked.now, field))
  return operator === 'is-not' ? !holds : holds
}

/** The ids of the rules of which the catalogue says any of the values, letters in either case. */
export function rulesAsked({ field: name, values }: Comparison, { catalogue, known }: Asked): string[] {
  const attribute = catalogue.fields.find(one => one.name === name)?.attribute ?? 'title'
  const patterns = values.map(value =>
    value.type === 'pattern' ? value.parts.map(fold) : value.type === 'text' ? [fold(value.text)] : ['', ''],
  )
  return known.rules
    .filter(rule => {
      const own = attributeOf(rule, attribute).map(fold)
      return patterns.some(pattern => own.some(text => matchesParts(pattern, text)))
    })
    .map(rule => rule.id)
}

const textsOf = (found: FieldValue): readonly string[] =>
  typeof found === 'string' ? [found] : Array.isArray(found) ? found : []

function meets(
  found: FieldValue,
  operator: QueryOperator,
  value: QueryValue,
  now: number,
  { type, isAhead = false }: Field,
): boolean {
  if (found === null || found === undefined) return false
  switch (value.type) {
    case 'any':
      // A label without a value is there all the same; an empty text says nothing.
      if (type === 'labels') return true
      return typeof found !== 'object' ? found !== '' : found.some(text => text !== '')
    case 'text':
      return textsOf(found).includes(value.text)
    case 'pattern':
      return textsOf(found).some(text => matchesParts(value.parts, text))
    case 'boolean':
      return found === value.boolean
    case 'rank':
      return typeof found === 'number' && ordered(found - value.rank, operator)
    case 'number':
      return typeof found === 'number' && ordered(found - value.number, operator)
    case 'age':
      if (typeof found !== 'number') return false
      return ordered(isAhead ? found - now - value.milliseconds : now - found - value.milliseconds, operator)
    case 'span':
      return typeof found === 'number' && inSpan(found, operator, value)
    case 'version': {
      const version = typeof found === 'string' ? readVersion(found) : undefined
      return version !== undefined && ordered(compareVersions(version, value.numbers), operator)
    }
  }
}

/** A missing number is smaller than any: 1 comes before 1.0. */
function compareVersions(version: readonly number[], wanted: readonly number[]): number {
  for (const [index, number] of wanted.entries()) {
    const difference = (version[index] ?? -1) - number
    if (difference !== 0) return difference
  }
  return 0
}

function ordered(difference: number, operator: QueryOperator): boolean {
  switch (operator) {
    case 'is':
      return difference === 0
    case 'is-not':
      return difference !== 0
    case '>':
      return difference > 0
    case '>=':
      return difference >= 0
    case '<':
      return difference < 0
    case '<=':
      return difference <= 0
  }
}

function inSpan(
  found: number,
  operator: QueryOperator,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  switch (operator) {
    case 'is':
      return found >= from && found < to
    case 'is-not':
      return found < from || found >= to
    case '>':
      return found >= to
    case '>=':
      return found >= from
    case '<':
      return found < from
    case '<=':
      return found < to
  }
}
