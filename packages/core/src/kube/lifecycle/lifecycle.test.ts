// Support and patch releases by day: the edges of each date, and what comes after the tables.

import { describe, expect, it } from 'vitest'
import { addDays } from './days.ts'
import { currencyOf } from './patch-releases.ts'
import { supportOf } from './support.ts'
import { type Supplier, supportDates } from './support-dates.ts'

describe('support', () => {
  it.each<[number, string, Supplier, string]>([
    [34, '2026-10-27', 'kubernetes', 'standard'],
    [34, '2026-10-28', 'kubernetes', 'ended'],
    [1, '2026-01-01', 'kubernetes', 'ended'],
    [37, '2027-08-22', 'kubernetes', 'standard'],
    [37, '2027-08-23', 'kubernetes', 'unknown'],
    [31, '2025-11-26', 'eks', 'standard'],
    [31, '2025-11-27', 'eks', 'extended'],
    [31, '2026-11-27', 'eks', 'ended'],
    [31, '2026-01-17', 'gke', 'unknown'],
    [31, '2026-10-26', 'gke', 'ended'],
    [26, '2026-01-01', 'aks', 'ended'],
    [31, '2026-10-01', 'openshift', 'unknown'],
  ])('of 1.%i on %s from %s is %s', (minor, day, supplier, state) => {
    expect(supportOf(minor, day, supplier).state).toBe(state)
  })

  it('has dates that are days, longer support after the standard one, and no version left out', () => {
    for (const [supplier, table] of Object.entries(supportDates)) {
      const minors = [...table.keys()]
      expect(minors, supplier).toEqual(minors.map((_, index) => (minors[0] ?? 0) + index))
      for (const [minor, { ends, extendedEnds }] of table) {
        expect(addDays(ends, 0), `${supplier} 1.${minor}`).toBe(ends)
        if (extendedEnds === undefined) continue
        expect(addDays(extendedEnds, 0)).toBe(extendedEnds)
        expect(extendedEnds > ends, `${supplier} 1.${minor}`).toBe(true)
      }
    }
  })
})

describe('a patch release', () => {
  it.each([
    [36, 3, '2026-10-19', 'current'],
    [36, 3, '2026-10-20', 'behind'],
    [36, 3, '2026-10-22', 'behind'],
    [36, 4, '2026-10-21', 'current'],
    [36, 4, '2026-10-22', 'unknown'],
    [36, 9, '2026-10-22', 'unknown'],
    [28, 15, '2030-01-01', 'current'],
    [9, 1, '2026-12-01', 'unknown'],
  ])('1.%i.%i on %s is %s', (minor, patch, day, state) => {
    expect(currencyOf(minor, patch, day, 60).state).toBe(state)
  })
})

it('counts days over months and years', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
  expect(() => addDays('soon', 1)).toThrow()
})
