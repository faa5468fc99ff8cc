import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isGlob, matchesAny, matchesGlob } from './glob.ts'

it.each([
  ['*', '', true],
  ['*', 'anything', true],
  ['host-*', 'host-network', true],
  ['host-*', 'a-host-network', false],
  ['*-network', 'host-network', true],
  ['h?st', 'host', true],
  ['h?st', 'hst', false],
  ['a*b*c', 'a-bb-c', true],
  ['a*b*c', 'a-c-b', false],
  ['', '', true],
  ['', 'a', false],
  ['a.c', 'abc', false],
  ['[ab]', 'a', false],
])('%j matches %j: %s', (pattern, text, expected) => {
  expect(matchesGlob(pattern, text)).toBe(expected)
})

it('agrees with the regular expression of the same meaning', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 })
  const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 })
  fc.assert(
    fc.property(patterns, letters, (pattern, text) => {
      const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.')
      expect(matchesGlob(pattern, text)).toBe(new RegExp(`^${source}$`, 's').test(text))
    }),
  )
})

it('takes no more time for many stars', () => {
  expect(matchesGlob(`${'a*'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false)
})

it('matches any of several patterns, and knows a pattern when it sees one', () => {
  expect(matchesAny(['a', 'b*'], 'bc')).toBe(true)
  expect(matchesAny([], 'bc')).toBe(false)
  expect(['a*', 'a?', 'a'].map(isGlob)).toEqual([true, true, false])
})
