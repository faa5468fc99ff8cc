// Print: a query as text; reading it again gives the same query.

import type { Comparison, Query, QueryValue } from './query.ts'

/** The text of a query, in one form whatever way it was typed; empty for a query of everything. */
export function printQuery(query: Query): string {
  return query.type === 'all' ? '' : printed(query)
}

function printed(query: Query): string {
  switch (query.type) {
    case 'all':
      return '*'
    case 'and':
      return query.parts
        .map(part => (part.type === 'or' ? `(${printed(part)})` : printed(part)))
        .join(' and ')
    case 'or':
      return query.parts.map(printed).join(' or ')
    case 'not':
      return query.part.type === 'and' || query.part.type === 'or'
        ? `not (${printed(query.part)})`
        : `not ${printed(query.part)}`
    case 'free-text':
      return query.parts.length === 1 ? quoted(query.parts[0] as string) : freePattern(query.parts)
    case 'compare':
      return comparison(query)
  }
}

function comparison({ field, key, operator, values }: Comparison): string {
  const name = key === undefined ? field : `${field}.${isPlain(key) ? key : quoted(key)}`
  const sign = operator === 'is' ? ':' : operator === 'is-not' ? '!=' : operator
  const texts = values.map(printValue)
  return `${name} ${sign} ${texts.length === 1 ? texts[0] : `(${texts.join(' or ')})`}`
}

/** A value as it stands in a query. */
export function printValue(value: QueryValue): string {
  switch (value.type) {
    case 'text':
      return isPlain(value.text) ? value.text : quoted(value.text)
    case 'pattern':
      return value.parts.map(escaped).join('*')
    case 'any':
      return '*'
    case 'rank':
      return value.word
    case 'number':
      return String(value.number)
    case 'boolean':
      return String(value.boolean)
    case 'age':
    case 'span':
      return value.text
    case 'version':
      return value.numbers.join('.')
  }
}

const isPlain = (text: string) => /^[\w@/.+:-]+$/.test(text) && !/^(?:and|or|not)$/i.test(text)
const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
const escaped = (text: string) => text.replace(/[\s(),"\\*':=<>!]/g, '\\$&')
/** Between stars the ends are open anyway, so that the pattern needs no star there. */
const freePattern = (parts: readonly string[]) => parts.map(escaped).join('*')
