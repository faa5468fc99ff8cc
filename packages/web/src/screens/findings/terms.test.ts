// Terms: a query is changed by what facets and tabs say, and what people wrote stays as it means.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasTerm, queryOf, termOf, termsOf, toggleTerm, withoutFields } from './terms.ts'

describe('terms of a query', () => {
  test.each([
    ['', []],
    ['state : open', ['state : open']],
    ['state : open AND severity >= high and nginx', ['state : open', 'severity >= high', 'nginx']],
    ['name : "a and b" AND kind : (Pod or Job)', ['name : "a and b"', 'kind : (Pod or Job)']],
    ['kind : Pod or kind : Job', ['(kind : Pod or kind : Job)']],
    ['(a or b) AND c', ['(a or b)', 'c']],
    ['name : "an \\" or b"', ['name : "an \\" or b"']],
  ])('%s', (query, terms) => expect(termsOf(query)).toEqual(terms))

  test('parentheses are put around what OR joins, and taken away again', () => {
    const narrowed = toggleTerm('kind : Pod or kind : Job', 'state : "open"')
    expect(narrowed).toBe('(kind : Pod or kind : Job) AND state : "open"')
    expect(toggleTerm(narrowed, 'state : "open"')).toBe('kind : Pod or kind : Job')
    expect(queryOf(['(a) AND (b)'])).toBe('(a) AND (b)')
  })

  test('a field without a value is asked for as such', () => {
    expect(termOf('assignee', null)).toBe('not assignee : *')
    expect(termOf('namespace', '')).toBe('not namespace : *')
    expect(termOf('name', 'a"b')).toBe('name : "a\\"b"')
  })

  test('simple terms of a field can be taken away; those that say more stay', () => {
    expect(
      withoutFields('state : open AND outcome : (fail or error) AND severity : high', ['state', 'outcome']),
    ).toEqual(['severity : high'])
    expect(withoutFields('state : open namespace : shop', ['state'])).toEqual([
      'state : open namespace : shop',
    ])
  })

  test('adding a term and taking it away leaves what was there', () => {
    const value = fc.string({ minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.uniqueArray(value, { minLength: 1, maxLength: 4 }), value, (values, other) => {
        fc.pre(!values.includes(other))
        const query = queryOf(values.map(one => termOf('name', one)))
        const added = toggleTerm(query, termOf('name', other))
        expect(hasTerm(added, termOf('name', other))).toBe(true)
        expect(toggleTerm(added, termOf('name', other))).toBe(query)
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})
