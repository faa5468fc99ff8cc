import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, isCanonical } from './canonical-json.ts'

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, own]) => [key, shuffled(own)]),
  )
}

describe('canonical JSON', () => {
  it('sorts keys by code unit, those that look like indexes too', () => {
    expect(canonicalJson({ b: 1, '10': 2, '9': 3, a: { d: [], c: null } })).toBe(
      '{"10":2,"9":3,"a":{"c":null,"d":[]},"b":1}',
    )
  })

  it('keeps a key that names the prototype', () => {
    const value = JSON.parse('{"b":1,"__proto__":{"x":1}}')
    expect(canonicalJson(value)).toBe('{"__proto__":{"x":1},"b":1}')
  })

  it('is one text for equal values, and means the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), value => {
        const text = canonicalJson(value)
        expect(canonicalJson(shuffled(value))).toBe(text)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(isCanonical(text, JSON.parse(text))).toBe(true)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { seed: 4, numRuns: 500 },
    )
  })

  it.each(['{"a":1,"a":2}', '{"b":1,"a":2}', '{ "a":1}', '{"a":1.0}', '{"9":1,"10":2}', '{"a":"\\u0041"}'])(
    'tells %s from the canonical text',
    text => expect(isCanonical(text, JSON.parse(text))).toBe(false),
  )
})
