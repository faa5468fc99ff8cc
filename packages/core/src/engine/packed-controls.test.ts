import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcomes } from '../model/outcome.ts'
import { mergeControls, packControls, unpackControls } from './packed-controls.ts'
import type { RolledControl } from './roll-up.ts'
import { scoreOf } from './score.ts'
import { inNamespace } from './standing/posture.ts'
import { control, edition } from './testing/assessing.ts'

const own = edition(control('1', ['a']), control('2', ['b'], { severity: 'critical' }), control('3', []))
const count = fc.nat(9)
const rolled: fc.Arbitrary<RolledControl[]> = fc.tuple(
  ...own.controls.map(one =>
    fc
      .record({
        passed: count,
        failed: count,
        excepted: count,
        notEvaluated: count,
        notApplicable: count,
        unbounded: fc.boolean(),
        outcome: fc.constantFrom(...outcomes),
        part: fc.constantFrom('scored' as const, 'undecidable' as const, 'unscored' as const),
        reason: fc.option(fc.constantFrom('r', 's'), { nil: undefined }),
      })
      // As roll-up decides: a failure makes a control fail; exceptions make it fail where nothing else stands.
      .map(({ outcome, ...one }) => ({
        ...one,
        outcome:
          one.failed > 0
            ? ('fail' as const)
            : outcome === 'fail' && one.excepted === 0
              ? ('pass' as const)
              : outcome,
      }))
      .map(({ part, reason, ...counts }) => ({
        part,
        result: {
          ...counts,
          benchmark: own.benchmark,
          edition: own.edition,
          control: one,
          ...(reason !== undefined && { reason }),
        },
      })),
  ),
)

describe('packControls', () => {
  it('loses nothing', () => {
    fc.assert(
      fc.property(rolled, controls => {
        const stored = JSON.parse(JSON.stringify(packControls(inNamespace(controls))))
        expect(unpackControls(own, stored)).toEqual(inNamespace(controls))
      }),
    )
  })

  it('refuses the controls of another edition', () => {
    expect(() => unpackControls(own, [0])).toThrow('has 3 controls, not 1')
  })
})

describe('mergeControls', () => {
  const sum = (all: readonly RolledControl[], of: 'passed' | 'failed' | 'notEvaluated') =>
    all.reduce((total, { result }) => total + result[of], 0)

  it('adds subjects up, in whatever order scopes come', () => {
    fc.assert(
      fc.property(fc.array(rolled, { minLength: 1, maxLength: 4 }), scopes => {
        const merged = mergeControls(scopes) as RolledControl[]
        for (const field of ['passed', 'failed', 'notEvaluated'] as const)
          expect(sum(merged, field)).toBe(scopes.reduce((total, scope) => total + sum(scope, field), 0))
        const other = mergeControls(scopes.toReversed()) as RolledControl[]
        expect(scoreOf('b', 'e', other)).toEqual(scoreOf('b', 'e', merged))
        expect(other.map(({ result }) => result.outcome)).toEqual(merged.map(({ result }) => result.outcome))
      }),
    )
  })

  it('never claims more than its scopes: what one leaves open the sum leaves open', () => {
    fc.assert(
      fc.property(rolled, rolled, (a, b) => {
        mergeControls([a, b])?.forEach(({ result, part }, index) => {
          const both = [a[index], b[index]] as [RolledControl, RolledControl]
          expect(result.unbounded).toBe(both.some(one => one.result.unbounded))
          if (both.some(one => one.part === 'undecidable')) expect(part).toBe('undecidable')
          if (result.outcome === 'pass')
            expect(
              both.every(
                one => ['pass', 'not-applicable'].includes(one.result.outcome) || one.result.failed === 0,
              ),
            ).toBe(true)
        })
      }),
    )
  })

  it('is nothing for no scope', () => {
    expect(mergeControls([])).toBeUndefined()
  })
})
