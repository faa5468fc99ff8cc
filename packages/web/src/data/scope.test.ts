// Scope: what the URL says of the part that is looked at is what the API is asked for, whichever part it is.

import { expect, test } from 'vitest'
import { allOfQueries, isScopeText, readScope, type ScopeText, scopePart } from './scope.ts'

test.each([
  ['cluster:0f3c', { cluster: '0f3c' }],
  ['account:12:34', { account: '12:34' }],
  ['zone:a b', { zone: 'a b' }],
] as const)('%s', (text, part) => {
  expect(isScopeText(text)).toBe(true)
  expect(scopePart(readScope(text))).toEqual(part)
})

test.each([undefined, '', 'cluster:', 'region:eu', 'xcluster:a'])('%s is all', text => {
  expect(isScopeText(text)).toBe(false)
  expect(scopePart(readScope(text as ScopeText | undefined))).toEqual({})
})

test('queries are joined so that each keeps its meaning', () => {
  expect(allOfQueries('', ' ', undefined)).toBe('')
  expect(allOfQueries('a or b')).toBe('a or b')
  expect(allOfQueries('a or b', '', 'c')).toBe('(a or b) AND (c)')
})
