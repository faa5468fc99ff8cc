// Random queries: arbitraries of typed queries in normal form, and of the known words they speak of.

import fc from 'fast-check'
import { type Field, type FieldCatalogue, type KnownWords, vocabularyOf } from '../field.ts'
import {
  allOf,
  anyOf,
  type Comparison,
  negated,
  type Query,
  type QueryOperator,
  type QueryValue,
} from '../query.ts'

export const someWords: KnownWords = {
  rules: [
    {
      id: 'privileged-container',
      title: 'No container runs privileged',
      benchmarks: ['cis-k8s@2.0.1', 'cis-k8s', 'pss-baseline@1.34'],
      sections: ['Policies', 'cis-k8s@2.0.1/5.2'],
      controls: ['cis-k8s@2.0.1/5.2.2', 'cis-k8s/5.2.2'],
      requirements: ['pod.privileged'],
    },
    {
      id: 'anonymous-auth',
      title: 'The API server lets nobody in unknown',
      benchmarks: ['cis-k8s@2.0.1', 'cis-k8s'],
      sections: ['API Server', 'cis-k8s@2.0.1/1.2'],
      controls: ['cis-k8s@2.0.1/1.2.1', 'cis-k8s/1.2.1'],
      requirements: ['api-server.anonymous'],
    },
    {
      id: 'host-network',
      title: 'No pod shares the network of its node',
      benchmarks: ['pss-baseline@1.34'],
      sections: ['Policies'],
      controls: ['pss-baseline@1.34/host-network'],
      requirements: [],
    },
  ],
  benchmarks: ['cis-k8s', 'cis-k8s@2.0.1', 'pss-baseline@1.34'],
  sections: ['API Server', 'Policies', 'cis-k8s@2.0.1/1.2', 'cis-k8s@2.0.1/5.2'],
  controls: [
    'cis-k8s@2.0.1/1.2.1',
    'cis-k8s@2.0.1/5.2.2',
    'cis-k8s/1.2.1',
    'cis-k8s/5.2.2',
    'cis-k8s@2.0.1/9.9',
  ],
  requirements: ['api-server.anonymous', 'pod.privileged'],
}

/** Texts that have to do with each other, and all that is awkward in LIKE, in JSON, in quotes and in Unicode. */
export const someTexts = fc.oneof(
  fc.constantFrom(
    'web',
    'Web',
    'web-1',
    'kube-system',
    'a%b',
    'a_b',
    'a\\b',
    '%',
    '_',
    '\\',
    '*',
    'a*b',
    '"',
    "'",
    'and',
    'OR',
  ),
  fc.constantFrom(
    'ß',
    'ẞ',
    'İ',
    'ı',
    'é',
    'e\u0301',
    '🦊',
    'Ж',
    'ж',
    'a b',
    'a\nb',
    '(x)',
    'x:y=z',
    '',
    'Deployment/web/x',
    '7d',
    '1.34',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }).filter(text => isStorable(text)),
)

export const isStorable = (text: string) => !/\p{Surrogate}/u.test(text) && !text.includes('\0')

const textValue = someTexts.map((text): QueryValue => ({ type: 'text', text }))
const pattern = fc
  .array(
    someTexts.filter(text => text !== ''),
    { minLength: 1, maxLength: 2 },
  )
  .chain(middle =>
    fc
      .constantFrom(['', ...middle], [...middle, ''], ['', ...middle, ''], [...middle, 'z'])
      .map((parts): QueryValue => ({ type: 'pattern', parts })),
  )
const any: fc.Arbitrary<QueryValue> = fc.constant({ type: 'any' })

const canonical = (field: Field, values: fc.Arbitrary<QueryValue>) =>
  values.map(value => {
    if (value.type !== 'text') return value
    const { text } = value
    const found = field.words?.find(word => word.toLowerCase() === text.toLowerCase())
    return found === undefined ? value : { type: 'text' as const, text: found }
  })

const words = (known: readonly string[]) =>
  fc.oneof(
    fc.constantFrom(...known).map((text): QueryValue => ({ type: 'text', text })),
    fc.constantFrom(...known).map((text): QueryValue => ({ type: 'pattern', parts: [text.slice(0, 3), ''] })),
    any,
  )

export const someInstants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 2, 1) })
const day = 86_400_000
const spans = someInstants.map((at): QueryValue => {
  const from = Math.floor(at / day) * day
  return { type: 'span', text: new Date(from).toISOString().slice(0, 10), from, to: from + day }
})
const ages = fc
  .integer({ min: 0, max: 40 })
  .map((days): QueryValue => ({ type: 'age', text: `${days}d`, milliseconds: days * day }))
const versions = fc
  .tuple(fc.constant(1), fc.integer({ min: 29, max: 36 }), fc.integer({ min: 0, max: 3 }))
  .chain(numbers => fc.integer({ min: 1, max: 3 }).map(length => numbers.slice(0, length)))
  .map((numbers): QueryValue => ({ type: 'version', numbers }))

function valuesOf(field: Field, known: KnownWords, isOrdered: boolean): fc.Arbitrary<QueryValue> {
  const unordered = (values: fc.Arbitrary<QueryValue>) => (isOrdered ? values : fc.oneof(values, any))
  switch (field.type) {
    case 'text':
      return field.vocabulary
        ? words(vocabularyOf(known, field.vocabulary))
        : fc.oneof(canonical(field, textValue), pattern, any)
    case 'labels':
      return fc.oneof(textValue, pattern, any)
    case 'word':
      return words(field.words ?? [])
    case 'rule':
      return words(
        field.attribute === 'title' || field.attribute === undefined
          ? known.rules.map(rule => rule.title)
          : known[field.attribute],
      )
    case 'rank':
      return unordered(
        fc
          .constantFrom(...(field.words ?? []))
          .map(word => ({ type: 'rank', word, rank: field.words?.indexOf(word) ?? 0 })),
      )
    case 'number':
      return unordered(
        fc.integer({ min: -1, max: 5 }).map(number => ({ type: 'number', number: number + 0 })),
      )
    case 'boolean':
      return fc.oneof(
        fc.boolean().map((boolean): QueryValue => ({ type: 'boolean', boolean })),
        any,
      )
    case 'instant':
      return isOrdered ? fc.oneof(spans, ages) : fc.oneof(spans, any)
    case 'version':
      return unordered(versions)
  }
}

const orders: readonly QueryOperator[] = ['>', '>=', '<', '<=']
const sameness: readonly QueryOperator[] = ['is', 'is-not']

function comparisons(catalogue: FieldCatalogue, known: KnownWords): fc.Arbitrary<Comparison> {
  return fc.constantFrom(...catalogue.fields).chain(field => {
    const isOrdered = ['rank', 'number', 'instant', 'version'].includes(field.type)
    const key =
      field.type === 'labels'
        ? fc.constantFrom('app', 'app.kubernetes.io/name', 'K ey', 'ä"\\')
        : fc.constant(undefined)
    const same = fc.tuple(
      fc.constantFrom(...sameness),
      fc.uniqueArray(valuesOf(field, known, false), {
        minLength: 1,
        maxLength: 3,
        selector: value => JSON.stringify(value),
      }),
    )
    const ordered = fc.tuple(
      fc.constantFrom(...orders),
      valuesOf(field, known, true).map(value => [value]),
    )
    return fc.tuple(key, isOrdered ? fc.oneof(same, ordered) : same).map(
      ([label, [operator, values]]): Comparison => ({
        type: 'compare',
        field: field.name,
        ...(label !== undefined && { key: label }),
        operator,
        values,
      }),
    )
  })
}

const freeText = fc
  .array(
    someTexts.filter(text => text !== ''),
    { minLength: 1, maxLength: 2 },
  )
  .map((parts): Query => ({ type: 'free-text', parts }))

/** Any query of the list, in normal form. */
export function someQueries(catalogue: FieldCatalogue, known: KnownWords): fc.Arbitrary<Query> {
  const leaf = fc.oneof(
    { weight: 6, arbitrary: comparisons(catalogue, known) },
    { weight: 1, arbitrary: freeText },
    { weight: 1, arbitrary: fc.constant<Query>({ type: 'all' }) },
  )
  return fc.letrec<{ query: Query }>(tie => ({
    query: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'query' },
      leaf,
      fc.array(tie('query'), { minLength: 2, maxLength: 3, depthIdentifier: 'query' }).map(allOf),
      fc.array(tie('query'), { minLength: 2, maxLength: 3, depthIdentifier: 'query' }).map(anyOf),
      tie('query').map(negated),
    ),
  })).query
}
