// Tests of the line diff.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineDiff } from './line-diff.ts'

const shown = (before: string, after: string) =>
  lineDiff(before, after).map(
    ({ type, text }) => `${type === 'same' ? ' ' : type === 'added' ? '+' : '-'}${text}`,
  )

test('what stays, goes and comes', () => {
  expect(shown('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c'])
  expect(shown('a\nb', 'a\nb')).toEqual([' a', ' b'])
  expect(shown('a', 'a\nb')).toEqual([' a', '+b'])
  expect(shown('a\nb\nc\nd', 'b\nd\ne')).toEqual(['-a', ' b', '-c', ' d', '+e'])
})

test('the lines of both texts are all there, in order, with their numbers', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
    .map(lines => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = lineDiff(before, after)
      const old = lines.filter(line => line.before !== undefined)
      const own = lines.filter(line => line.after !== undefined)
      expect(old.map(line => line.text).join('\n')).toBe(before)
      expect(own.map(line => line.text).join('\n')).toBe(after)
      expect(old.map(line => line.before)).toEqual(old.map((_, index) => index + 1))
      expect(own.map(line => line.after)).toEqual(own.map((_, index) => index + 1))
    }),
    { seed: 7, numRuns: 300 },
  )
})
