// Query: a typed query as a value: what the parser gives, and what the printer, the evaluator and the compiler to SQL take.

/** `is` holds where any of the values matches, `is-not` where none does; the others compare with one value. */
export type QueryOperator = 'is' | 'is-not' | '>' | '>=' | '<' | '<='

export type QueryValue =
  /** Equal to the letter. */
  | { readonly type: 'text'; readonly text: string }
  /** Literal parts with anything between them: `kube-*` is ['kube-', '']. */
  | { readonly type: 'pattern'; readonly parts: readonly string[] }
  /** Any value at all. */
  | { readonly type: 'any' }
  /** A word of an ordered set; `rank` grows along the order. */
  | { readonly type: 'rank'; readonly word: string; readonly rank: number }
  | { readonly type: 'number'; readonly number: number }
  | { readonly type: 'boolean'; readonly boolean: boolean }
  /** Time gone by since an instant, or left until it; milliseconds. */
  | { readonly type: 'age'; readonly text: string; readonly milliseconds: number }
  /** What a date or time names: from (included) to (excluded), in milliseconds since 1970. */
  | { readonly type: 'span'; readonly text: string; readonly from: number; readonly to: number }
  /** The leading numbers of a version, one to three; versions are compared to that precision. */
  | { readonly type: 'version'; readonly numbers: readonly number[] }

export interface Comparison {
  readonly type: 'compare'
  /** The name of a field of the catalogue. */
  readonly field: string
  /** The key inside a map field, such as a label's. */
  readonly key?: string
  readonly operator: QueryOperator
  /** At least one. */
  readonly values: readonly QueryValue[]
}

/** Text that any of a list's free-text fields holds; parts as in a pattern, letters in either case. */
export interface FreeText {
  readonly type: 'free-text'
  readonly parts: readonly string[]
}

/**
 * A query in its normal form: no `and` directly in an `and`, no `or` in an `or`, each of two parts at least; no `not` of a `not`; no value
 * twice.
 */
export type Query =
  | { readonly type: 'all' }
  | { readonly type: 'and' | 'or'; readonly parts: readonly Query[] }
  | { readonly type: 'not'; readonly part: Query }
  | Comparison
  | FreeText

/** All of several; everything where there is none. */
export function allOf(parts: readonly Query[]): Query {
  return joined('and', parts)
}

/** Any of several; everything where there is none, as an empty query asks for everything. */
export function anyOf(parts: readonly Query[]): Query {
  return joined('or', parts)
}

export function negated(part: Query): Query {
  return part.type === 'not' ? part.part : { type: 'not', part }
}

function joined(type: 'and' | 'or', parts: readonly Query[]): Query {
  const flat = parts.flatMap(part => (part.type === type ? part.parts : [part]))
  if (flat.length === 0) return { type: 'all' }
  return flat.length === 1 ? (flat[0] as Query) : { type, parts: flat }
}
