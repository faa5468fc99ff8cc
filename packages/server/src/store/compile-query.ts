// Compile query: a query of the query language as a condition of SQL; all that people typed travels as parameters.

import {
  type Asked,
  type Comparison,
  type FreeText,
  fold,
  type Query,
  type QueryOperator,
  type QueryValue,
  rulesAsked,
  rulesWithText,
} from '@plimsoll/core'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { AskedClusters } from './ask-clusters.ts'
import type { AskedWords, WordField } from './finding-words.ts'
import { likeParts } from './like.ts'

type Condition = RawBuilder<SqlBool>
type Sql = Expression<unknown>

/** Where a field of a list stands in its table, as trusted expressions. */
export type QueryColumn = (
  | {
      readonly type: 'text'
      /** Any of them counts. */
      readonly expressions: readonly Sql[]
      /** The words that hold all texts of the column: for where the words meant are known. */
      readonly words?: WordField
    }
  | { readonly type: 'labels' | 'number' | 'boolean' | 'instant' | 'version'; readonly expression: Sql }
  /** `first` is the number that the least of the field's words has in the column. */
  | { readonly type: 'rank'; readonly expression: Sql; readonly first: number }
) & {
  /** Puts a condition on another table into one on this row. */
  readonly within?: (condition: Condition) => Condition
  /** For what is asked of the row's cluster: the row's column of its id, for where the clusters meant are known. */
  readonly clusterId?: Sql
}

/** By the names of the list's fields, less those that are asked of the rule: these are answered by `rule`. */
export type QueryColumns = Readonly<Record<string, QueryColumn>>

/** The rows that a query asks for; means the same as `evaluate` does in memory. */
export function compileQuery(
  query: Query,
  columns: QueryColumns,
  asked: Asked,
  clusters: AskedClusters = new Map(),
  words: AskedWords = new Map(),
): Condition {
  const compile = (part: Query): Condition => {
    switch (part.type) {
      case 'all':
        return yes
      case 'and':
      case 'or':
        return joined(part.parts.map(compile), part.type)
      case 'not':
        return not(compile(part.part))
      case 'free-text':
        return freeText(part, columns, asked, words)
      case 'compare':
        return comparison(part, columns, asked, clusters, words)
    }
  }
  return compile(query)
}

const yes = sql<SqlBool>`true`
const no = sql<SqlBool>`false`
const joined = (parts: readonly Condition[], word: 'and' | 'or'): Condition =>
  sql<SqlBool>`(${sql.join(parts, sql.raw(` ${word} `))})`
const anyOf = (parts: readonly Condition[]): Condition =>
  parts.length === 0 ? no : parts.length === 1 ? (parts[0] as Condition) : joined(parts, 'or')
/** What is null meets no comparison, so that its opposite holds. */
const not = (part: Condition): Condition => sql<SqlBool>`(${part}) is not true`

function comparison(
  asking: Comparison,
  columns: QueryColumns,
  asked: Asked,
  clusters: AskedClusters,
  words: AskedWords,
): Condition {
  const positive = { ...asking, operator: asking.operator === 'is-not' ? ('is' as const) : asking.operator }
  const field = asked.catalogue.fields.find(one => one.name === asking.field)
  const column = columns[field?.type === 'rule' ? 'rule' : asking.field]
  if (!field || !column) throw new Error(`the field ${asking.field} has no column`)
  const ids = column.clusterId && clusters.get(asking)
  if (column.clusterId && ids) {
    const inThem = equals([column.clusterId], ids)
    return asking.operator === 'is-not' ? not(inThem) : inThem
  }
  const condition =
    field.type === 'rule'
      ? ofRules(column, rulesAsked(asking, asked))
      : meets(column, positive, asked.now, field.isAhead ?? false, words)
  const whole = column.within ? column.within(condition) : condition
  return asking.operator === 'is-not' ? not(whole) : whole
}

function ofRules(column: QueryColumn, rules: readonly string[]): Condition {
  if (column.type !== 'text') throw new Error('ids of rules are texts')
  return equals(column.expressions, rules)
}

function freeText(text: FreeText, columns: QueryColumns, asked: Asked, words: AskedWords): Condition {
  const { parts } = text
  const pattern = `%${likeParts(parts.map(fold))}%`
  const known = words.get(text)
  const inFields = asked.catalogue.fields.flatMap(field => {
    const column = columns[field.name]
    if (!field.isFreeText || column?.type !== 'text') return []
    const meant = column.words && known?.get(column.words)
    const holds = meant
      ? equals(column.expressions, meant)
      : anyOf(column.expressions.map(own => sql<SqlBool>`lower(${own} collate "C") like ${pattern}`))
    return [column.within ? column.within(holds) : holds]
  })
  const rules = rulesWithText(parts, asked)
  const rule = columns.rule
  if (rules.length === 0 || !rule) return anyOf(inFields)
  const byTitle = ofRules(rule, rules)
  return anyOf([...inFields, rule.within ? rule.within(byTitle) : byTitle])
}

function equals(expressions: readonly Sql[], texts: readonly string[]): Condition {
  const [only] = texts
  if (only === undefined) return no
  return anyOf(
    expressions.map(own =>
      texts.length === 1
        ? sql<SqlBool>`${own} = ${only}::text`
        : sql<SqlBool>`${own} = any(${[...texts]}::text[])`,
    ),
  )
}

function meets(
  column: QueryColumn,
  { key, operator, values }: Comparison,
  now: number,
  isAhead: boolean,
  words: AskedWords,
): Condition {
  if (column.type === 'text') {
    const texts = values.flatMap(value => (value.type === 'text' ? [value.text] : []))
    const others = values.filter(value => value.type !== 'text')
    return anyOf([
      ...(texts.length > 0 ? [equals(column.expressions, texts)] : []),
      ...others.map(value => {
        const meant = column.words && words.get(value)?.get(column.words)
        return meant
          ? equals(column.expressions, meant)
          : anyOf(column.expressions.map(own => ofText(own, value)))
      }),
    ])
  }
  return anyOf(values.map(value => ofValue(column, key, operator, value, now, isAhead)))
}

function ofText(own: Sql, value: QueryValue): Condition {
  if (value.type === 'any') return sql<SqlBool>`${own} <> ''`
  if (value.type === 'pattern') return sql<SqlBool>`${own} like ${likeParts(value.parts)}`
  throw new Error(`a text does not compare with a value of type ${value.type}`)
}

function ofValue(
  column: Exclude<QueryColumn, { readonly type: 'text' }>,
  key: string | undefined,
  operator: QueryOperator,
  value: QueryValue,
  now: number,
  isAhead: boolean,
): Condition {
  const own = column.expression
  if (column.type === 'labels') return ofLabel(own, key ?? '', value)
  const sign = sql.raw(operator === 'is' ? '=' : operator === 'is-not' ? '<>' : operator)
  switch (value.type) {
    case 'any':
      // A version is a text, of which an empty one says nothing.
      return column.type === 'version' ? sql<SqlBool>`${own} <> ''` : sql<SqlBool>`${own} is not null`
    case 'boolean':
      return sql<SqlBool>`${own} = ${value.boolean}::boolean`
    case 'number':
      return sql<SqlBool>`${own} ${sign} ${value.number}::float8`
    case 'rank':
      return sql<SqlBool>`${own} ${sign} ${value.rank + (column.type === 'rank' ? column.first : 0)}::int`
    case 'age':
      return isAhead
        ? sql<SqlBool>`${own} ${sign} ${instant(now + value.milliseconds)}::timestamptz`
        : sql<SqlBool>`${own} ${turned(operator)} ${instant(now - value.milliseconds)}::timestamptz`
    case 'span':
      return ofSpan(own, operator, value)
    case 'version':
      // Missing numbers are smaller than any, as they are in memory.
      return sql<SqlBool>`(string_to_array(substring(${own} from '^v?(\\d{1,6}(?:\\.\\d{1,6}){0,2})(?!\\d)') || '.-1.-1.-1', '.')::int[])[1:${sql.lit(value.numbers.length)}] ${sign} ${[...value.numbers]}::int[]`
    case 'text':
    case 'pattern':
      throw new Error(`a value of type ${value.type} stands for a column of type ${column.type}`)
  }
}

function ofLabel(own: Sql, key: string, value: QueryValue): Condition {
  switch (value.type) {
    case 'text':
      return sql<SqlBool>`${own} @> ${JSON.stringify({ [key]: value.text })}::jsonb`
    case 'any':
      return sql<SqlBool>`${own} ->> ${key}::text is not null`
    case 'pattern':
      return sql<SqlBool>`${own} ->> ${key}::text like ${likeParts(value.parts)}`
    default:
      throw new Error(`a label does not compare with a value of type ${value.type}`)
  }
}

/** Longer ago is earlier. */
const turned = (operator: QueryOperator) =>
  sql.raw({ is: '=', 'is-not': '<>', '>': '<', '>=': '<=', '<': '>', '<=': '>=' }[operator])

/** What is before the first instant that PostgreSQL knows is before all. */
const earliest = Date.UTC(-4000, 0)
const instant = (milliseconds: number) =>
  milliseconds < earliest ? '-infinity' : new Date(milliseconds).toISOString().replace(/^\+0*/, '')

function ofSpan(
  own: Sql,
  operator: QueryOperator,
  value: { readonly from: number; readonly to: number },
): Condition {
  const from = sql`${instant(value.from)}::timestamptz`
  const to = sql`${instant(value.to)}::timestamptz`
  switch (operator) {
    case 'is':
      return sql<SqlBool>`(${own} >= ${from} and ${own} < ${to})`
    case 'is-not':
      return sql<SqlBool>`(${own} < ${from} or ${own} >= ${to})`
    case '>':
      return sql<SqlBool>`${own} >= ${to}`
    case '>=':
      return sql<SqlBool>`${own} >= ${from}`
    case '<':
      return sql<SqlBool>`${own} < ${from}`
    case '<=':
      return sql<SqlBool>`${own} < ${to}`
  }
}
