// Terms: reads a query as the terms that AND joins at its top, and adds, takes away or replaces some without touching the rest.

/** A term for one value of a field; a field without a value is asked for as such. */
export const termOf = (field: string, value: string | null): string =>
  value === null || value === '' ? `not ${field} : *` : `${field} : ${JSON.stringify(value)}`

/** The terms joined by AND; one alone, in parentheses where it must be, where anything else joins them. */
export function termsOf(query: string): string[] {
  const text = query.trim()
  if (text === '') return []
  const words = wordsOf(text)
  if (words.some(({ word }) => word === 'or')) return [`(${text})`]
  const terms: string[] = []
  let start = 0
  for (const { word, at } of words) {
    if (word !== 'and') continue
    terms.push(text.slice(start, at).trim())
    start = at + word.length
  }
  return [...terms, text.slice(start).trim()].filter(term => term !== '')
}

export const queryOf = (terms: readonly string[]): string => {
  const [only] = terms
  if (only !== undefined && terms.length === 1 && isWhole(only)) return only.slice(1, -1)
  return terms.join(' AND ')
}

export const hasTerm = (query: string, term: string): boolean => termsOf(query).includes(term)

/** The query with a term added, or without it where it holds it already. */
export const toggleTerm = (query: string, term: string): string =>
  hasTerm(query, term)
    ? queryOf(termsOf(query).filter(one => one !== term))
    : queryOf([...termsOf(query), term])

/** What a query asks besides simple terms of some fields. */
export function withoutFields(query: string, fields: readonly string[]): string[] {
  const simple = new RegExp(
    `^(?:not\\s+)?(?:${fields.join('|')})\\s*(?:!=|:|=)\\s*(?:"[^"]*"|[\\w*-]+|\\([^()]*\\))$`,
    'i',
  )
  return termsOf(query).filter(term => !simple.test(term))
}

/** True where one pair of parentheses holds all of the text. */
function isWhole(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) return false
  let depth = 0
  for (const { at, step } of marksOf(text)) {
    depth += step
    if (depth === 0 && at < text.length - 1) return false
  }
  return depth === 0
}

/** The words that stand outside of quotes and parentheses, in small letters. */
function wordsOf(text: string): { readonly word: string; readonly at: number }[] {
  let masked = ''
  let depth = 0
  const steps = new Map(marksOf(text).map(({ at, step }) => [at, step]))
  const quoted = quotedPlaces(text)
  for (let at = 0; at < text.length; at++) {
    depth += steps.get(at) ?? 0
    masked += depth > 0 || quoted.has(at) || steps.has(at) ? '.' : text[at]
  }
  return [...masked.matchAll(/[^\s]+/g)].map(({ 0: word, index }) => ({
    word: word.toLowerCase(),
    at: index,
  }))
}

/** Parentheses outside of quotes: where one opens (1) or closes (-1). */
function marksOf(text: string): { readonly at: number; readonly step: number }[] {
  const quoted = quotedPlaces(text)
  return [...text.matchAll(/[()]/g)]
    .filter(({ index }) => !quoted.has(index) && text[index - 1] !== '\\')
    .map(({ 0: mark, index }) => ({ at: index, step: mark === '(' ? 1 : -1 }))
}

function quotedPlaces(text: string): Set<number> {
  const places = new Set<number>()
  for (const { 0: part, index } of text.matchAll(/"(?:[^"\\]|\\.)*"?/g))
    for (let at = index; at < index + part.length; at++) places.add(at)
  return places
}
