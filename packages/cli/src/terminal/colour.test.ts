// Tests of colour: the flag, the environment, the terminal, in that order.

import { expect, test } from 'vitest'
import { painter, wantsColour } from './colour.ts'

const wants = (environment: Record<string, string>, isTerminal = true, flag = true) =>
  wantsColour({ flag, environment, isTerminal })

test('a terminal gets colours, a pipe does not', () => {
  expect([wants({}), wants({}, false), wants({ TERM: 'dumb' })]).toEqual([true, false, false])
})

test('NO_COLOR takes them away, FORCE_COLOR brings them, the flag decides', () => {
  expect(wants({ NO_COLOR: '1' })).toBe(false)
  expect(wants({ NO_COLOR: '' })).toBe(true)
  expect(wants({ FORCE_COLOR: '1' }, false)).toBe(true)
  expect(wants({ FORCE_COLOR: '' }, false)).toBe(true)
  expect(wants({ FORCE_COLOR: '0' })).toBe(false)
  expect(wants({ FORCE_COLOR: '1', NO_COLOR: '1' }, false)).toBe(true)
  expect(wants({ FORCE_COLOR: '1' }, true, false)).toBe(false)
})

test('a painter without colours gives text back', () => {
  expect(painter(false)('critical', 'x')).toBe('x')
  expect(painter(true)('critical', 'x')).toBe('\u001b[1m\u001b[31mx\u001b[39m\u001b[22m')
  expect(painter(true)('faint', '')).toBe('')
})
