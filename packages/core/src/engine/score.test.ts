import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { severities } from '../model/severity.ts'
import type { RolledControl } from './roll-up.ts'
import { scoreOf } from './score.ts'
import { control } from './testing/assessing.ts'

interface Counts {
  readonly severity: (typeof severities)[number]
  readonly part: RolledControl['part']
  readonly passed: number
  readonly failed: number
  readonly excepted: number
  readonly notEvaluated: number
  readonly unbounded: boolean
}

const rolled = (own: Partial<Counts>): RolledControl => {
  const counts: Counts = {
    severity: 'high',
    part: 'scored',
    passed: 0,
    failed: 0,
    excepted: 0,
    notEvaluated: 0,
    unbounded: false,
    ...own,
  }
  const { severity, part, ...rest } = counts
  const isOpen = counts.notEvaluated > 0 || counts.unbounded || part === 'undecidable'
  const outcome =
    counts.failed > 0 ? 'fail' : isOpen ? 'not-evaluated' : counts.passed > 0 ? 'pass' : 'not-applicable'
  return {
    part,
    result: {
      benchmark: 'b',
      edition: '1',
      control: control('c', ['r'], { severity }),
      outcome,
      notApplicable: 0,
      ...rest,
    },
  }
}
const score = (...controls: readonly Partial<Counts>[]) => scoreOf('b', '1', controls.map(rolled))
const numbers = (...controls: readonly Partial<Counts>[]) => {
  const { value, low, high } = score(...controls)
  return [value, low, high]
}

describe('scoreOf', () => {
  it('is the weighted mean of the controls’ shares', () => {
    // (10·1/4 + 7·1 + 4·0 + 1·2/3) / 22 = 0.4621…
    expect(
      numbers(
        { severity: 'critical', passed: 1, failed: 3 },
        { severity: 'high', passed: 5 },
        { severity: 'medium', failed: 2 },
        { severity: 'low', passed: 2, failed: 1 },
      ),
    ).toEqual([46.2, 46.2, 46.2])
  })

  it('leaves out what has no subject, what was excepted, and what a person decides', () => {
    expect(
      numbers({ passed: 1, failed: 1, excepted: 5 }, {}, { excepted: 3 }, { part: 'unscored', failed: 9 }),
    ).toEqual([50, 50, 50])
  })

  it('has no value where anything that it needs was not seen, but an interval', () => {
    expect(numbers({ passed: 2, failed: 1, notEvaluated: 1 }, { passed: 1 })).toEqual([null, 75, 87.5])
    expect(numbers({ passed: 3, unbounded: true }, { passed: 1 })).toEqual([null, 50, 100])
    expect(numbers({ notEvaluated: 1 }, { passed: 1 })).toEqual([null, 50, 100])
  })

  it('lets what nothing in the scan could decide, or not wholly, widen the interval', () => {
    expect(numbers({ passed: 1, failed: 1 }, { part: 'undecidable' })).toEqual([50, 25, 75])
    expect(numbers({ passed: 1 }, { part: 'undecidable', passed: 1, failed: 1 })).toEqual([75, 50, 100])
  })

  it('has neither value nor interval where nothing was judged', () => {
    const nothing = [null, null, null]
    expect(numbers()).toEqual(nothing)
    expect(numbers({}, { excepted: 1 })).toEqual(nothing)
    expect(numbers({ notEvaluated: 3 }, { unbounded: true }, { part: 'undecidable' })).toEqual(nothing)
  })

  it('keeps 100 and 0 for what is wholly met and wholly failed', () => {
    expect(numbers({ passed: 99_999, failed: 1 })).toEqual([99.9, 99.9, 99.9])
    expect(numbers({ passed: 1, failed: 99_999 })).toEqual([0.1, 0.1, 0.1])
    expect(numbers({ passed: 3 })).toEqual([100, 100, 100])
    expect(numbers({ failed: 3 })).toEqual([0, 0, 0])
  })

  it('counts controls evaluated and not', () => {
    const { evaluated, notEvaluated } = score(
      { passed: 1 },
      { failed: 1, notEvaluated: 1 },
      { notEvaluated: 1 },
      { part: 'undecidable' },
      {},
    )
    expect([evaluated, notEvaluated]).toEqual([2, 2])
  })
})

describe('whatever the counts', () => {
  const counts: fc.Arbitrary<Counts> = fc.record({
    severity: fc.constantFrom(...severities),
    part: fc.constantFrom<RolledControl['part']>('scored', 'scored', 'scored', 'undecidable', 'unscored'),
    passed: fc.oneof(fc.nat(5), fc.nat(100_000)),
    failed: fc.oneof(fc.constant(0), fc.nat(5), fc.nat(100_000)),
    excepted: fc.nat(3),
    notEvaluated: fc.oneof(fc.constant(0), fc.constant(0), fc.nat(5)),
    unbounded: fc.oneof(fc.constant(false), fc.constant(false), fc.boolean()),
  })
  const controls = fc.array(counts, { minLength: 1, maxLength: 12 })
  const changed = (given: readonly Counts[], index: number, own: Partial<Counts>) =>
    given.map((one, place) => (place === index % given.length ? { ...one, ...own } : one))
  const atLeast = (after: number | null, before: number | null) => {
    if (after !== null && before !== null) expect(after).toBeGreaterThanOrEqual(before)
  }

  it('low is not above the value, nor the value above high', () => {
    fc.assert(
      fc.property(controls, given => {
        const { value, low, high } = score(...given)
        for (const number of [value, low, high]) {
          if (number === null) continue
          expect(number).toBeGreaterThanOrEqual(0)
          expect(number).toBeLessThanOrEqual(100)
          expect(Math.round(number * 10) / 10).toBe(number)
        }
        atLeast(value, low)
        atLeast(high, value)
        atLeast(high, low)
      }),
    )
  })

  it('hiding subjects, known ones or unknown ones, takes the value away and only widens the interval', () => {
    fc.assert(
      fc.property(controls, fc.nat(), fc.boolean(), fc.boolean(), (given, index, isUnknown, hidesPassed) => {
        const one = given[index % given.length] as Counts
        const field = hidesPassed ? 'passed' : 'failed'
        if (one[field] === 0 || one.part !== 'scored') return
        const hidden = {
          [field]: one[field] - 1,
          ...(isUnknown ? { unbounded: true } : { notEvaluated: one.notEvaluated + 1 }),
        }
        const before = score(...given)
        const after = score(...changed(given, index, hidden))
        expect(after.value).toBeNull()
        atLeast(before.low, after.low)
        atLeast(after.high, before.high)
      }),
    )
  })

  it('an exception lowers nothing', () => {
    fc.assert(
      fc.property(controls, fc.nat(), (given, index) => {
        const one = given[index % given.length] as Counts
        if (one.failed === 0) return
        const before = score(...given)
        const after = score(...changed(given, index, { failed: one.failed - 1, excepted: one.excepted + 1 }))
        atLeast(after.value, before.value)
        atLeast(after.low, before.low)
        atLeast(after.high, before.high)
      }),
    )
  })

  it('mending lowers nothing', () => {
    fc.assert(
      fc.property(controls, fc.nat(), (given, index) => {
        const one = given[index % given.length] as Counts
        if (one.failed === 0) return
        const before = score(...given)
        const after = score(...changed(given, index, { failed: one.failed - 1, passed: one.passed + 1 }))
        atLeast(after.value, before.value)
        atLeast(after.low, before.low)
        atLeast(after.high, before.high)
      }),
    )
  })
})
