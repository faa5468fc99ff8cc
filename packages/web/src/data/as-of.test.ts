// As of: a day that is over stands for its end; today and what is no day stand for now.

import { expect, test } from 'vitest'
import { atPart, instantOf } from './as-of.ts'

const now = new Date(2026, 10, 24, 12).getTime()

test('a past day is its last millisecond', () => {
  expect(instantOf('2026-11-23', now)).toBe(new Date(2026, 10, 24, 0, 0, 0, -1).toISOString())
  expect(instantOf('2026-02-28', now)).toBe(new Date(2026, 2, 1, 0, 0, 0, -1).toISOString())
})

test('an instant of the past is itself', () => {
  expect(instantOf('2026-11-24T10:59:59.999Z', now)).toBe('2026-11-24T10:59:59.999Z')
  expect(instantOf('2026-13-24T10:00:00Z', now)).toBeUndefined()
  expect(instantOf('2030-01-01T00:00:00Z', now)).toBeUndefined()
})

test('today, later, and what is no day stand for now', () => {
  for (const day of ['2026-11-24', '2030-01-01', '24.11.2026', 'soon', '', undefined])
    expect(instantOf(day, now)).toBeUndefined()
  expect(atPart(undefined)).toEqual({})
})
