import { expect, test } from 'vitest'
import { isNamedBy } from './accepted-names.ts'

test.each([
  [[], 'web', false],
  [['web'], 'web', true],
  [['web'], 'webs', false],
  [['other', 'we*'], 'web', true],
  [['*'], '', true],
  [['*b'], 'web', true],
  [['*b'], 'webs', false],
  [['w*b'], 'wb', true],
  [['w*b'], 'w', false],
  // The same character cannot be both the beginning and the end.
  [['web*eb'], 'web', false],
  [['a*b*c'], 'axxbyyc', true],
  [['a*b*c'], 'acb', false],
  [['a*bb*b'], 'abb', false],
  // Nothing but the star means anything.
  [['w.b'], 'web', false],
])('%j: %s', (patterns, name, isNamed) => {
  expect(isNamedBy(patterns, name)).toBe(isNamed)
})
