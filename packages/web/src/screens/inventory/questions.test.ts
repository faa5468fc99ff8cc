// Questions: the choices of the inventory are joined, and what is not chosen asks for nothing.

import { expect, test } from 'vitest'
import { questionOf } from './questions.ts'

test('nothing chosen asks for all', () => {
  expect(questionOf({})).toBe('')
  expect(questionOf({ kinds: [] })).toBe('')
})

test('choices are joined, each whole', () => {
  expect(questionOf({ q: 'a or b', kinds: ['Node', 'Pod'], state: 'fail' })).toBe(
    '(a or b) AND (kind : ("Node" or "Pod")) AND (failed > 0)',
  )
  expect(questionOf({ state: 'pass' })).toBe('failed = 0 AND not-evaluated = 0 AND passed > 0')
})
