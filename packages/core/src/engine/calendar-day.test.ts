import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isCalendarDay } from './calendar-day.ts'

it.each([
  ['2026-01-31', true],
  ['2026-04-31', false],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2000-02-29', true],
  ['1900-02-29', false],
  ['2026-00-10', false],
  ['2026-13-10', false],
  ['2026-1-1', false],
  ['2026-01-31T00:00:00Z', false],
])('%s: %s', (text, expected) => {
  expect(isCalendarDay(text)).toBe(expected)
})

it('knows every day there is', () => {
  const days = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  fc.assert(fc.property(days, day => isCalendarDay(day.toISOString().slice(0, 10))))
})
