// Parse: a query's text to a typed query of a list's fields, or what is wrong with it and where.

import { nearest } from '../model/nearest.ts'
import { type FieldCatalogue, findField, type KnownWords, noKnownWords, operatorsOf } from './field.ts'
import { allOf, anyOf, negated, type Query, type QueryOperator, type QueryValue } from './query.ts'
import { failAt, QueryFailure, type QueryProblem } from './scanner.ts'
import { parseSyntax, type Syntax, type SyntaxComparison } from './syntax.ts'
import { readValue } from './values.ts'

export type ParsedQuery =
  | { readonly ok: true; readonly query: Query }
  | { readonly ok: false; readonly problem: QueryProblem }

const operators: Readonly<Record<string, QueryOperator>> = {
  ':': 'is',
  '=': 'is',
  '!=': 'is-not',
  '>': '>',
  '>=': '>=',
  '<': '<',
  '<=': '<=',
}

/** Reads a query of one list. An empty text asks for everything. Never throws; the first problem is told, with its place. */
export function parseQuery(
  text: string,
  catalogue: FieldCatalogue,
  known: KnownWords = noKnownWords,
): ParsedQuery {
  try {
    const syntax = parseSyntax(text)
    return { ok: true, query: syntax ? typed(syntax, catalogue, known) : { type: 'all' } }
  } catch (error) {
    if (error instanceof QueryFailure) return { ok: false, problem: error.problem }
    throw error
  }
}

function typed(syntax: Syntax, catalogue: FieldCatalogue, known: KnownWords): Query {
  switch (syntax.type) {
    case 'and':
      return allOf(syntax.parts.map(part => typed(part, catalogue, known)))
    case 'or':
      return anyOf(syntax.parts.map(part => typed(part, catalogue, known)))
    case 'not':
      return negated(typed(syntax.part, catalogue, known))
    case 'free-text': {
      const { parts } = syntax.word
      const isEverything = parts.length > 1 && parts.every(part => part === '')
      if (isEverything) return { type: 'all' }
      if (parts.every(part => part === '')) failAt(syntax.word, 'there is nothing to look for in the quotes')
      return { type: 'free-text', parts: parts.filter(part => part !== '') }
    }
    case 'compare':
      return comparison(syntax, catalogue, known)
  }
}

function comparison(syntax: SyntaxComparison, catalogue: FieldCatalogue, known: KnownWords): Query {
  const { field: name, operator: sign, values: words } = syntax
  const found = findField(catalogue, name.name)
  if (!found || (name.key !== undefined && found.field.type !== 'labels'))
    return unknownField(syntax, catalogue)
  const { field } = found
  const key = name.key ?? found.key
  if (field.type === 'labels' && (key === undefined || key === ''))
    failAt(name, `name the key as well: ${field.name}.app or ${field.name}."app.kubernetes.io/name"`)
  if (!operatorsOf(field.type).includes(sign.text))
    failAt(sign, `${field.name} has no order; use : or !=`, [':', '!='])
  const operator = operators[sign.text] as QueryOperator
  if (words.length > 1 && operator !== 'is' && operator !== 'is-not')
    failAt(sign, `"${sign.text}" compares with one value, not with a list`)
  return {
    type: 'compare',
    field: field.name,
    ...(key !== undefined && { key }),
    operator,
    values: distinct(words.map(word => readValue(field, operator, word, known))),
  }
}

function unknownField({ field }: SyntaxComparison, catalogue: FieldCatalogue): never {
  const names = catalogue.fields.map(one => one.name)
  const near = nearest(names, field.name)
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'quote text that holds an operator'
  return failAt(field, `${catalogue.list} have no field ${JSON.stringify(field.name)}; ${hint}`, near)
}

function distinct(values: readonly QueryValue[]): QueryValue[] {
  const seen = new Map(values.map(value => [sameAs(value), value]))
  return [...seen.values()]
}

/** Values that print alike are one, also where one was written in another way. */
function sameAs(value: QueryValue): string {
  return JSON.stringify(value)
}
