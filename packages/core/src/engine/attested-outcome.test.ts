import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ControlResult } from '../model/assessment.ts'
import { outcomes } from '../model/outcome.ts'
import { type Attestation, attestedOutcome } from './attested-outcome.ts'
import { mergeControls } from './packed-controls.ts'
import { control } from './testing/assessing.ts'

const result = (own: Partial<ControlResult> = {}): ControlResult => ({
  benchmark: 'test',
  edition: '1.0',
  control: control('c', [], { undecided: { manual: 'ask the owner' } }),
  outcome: 'manual',
  reason: 'ask the owner',
  passed: 0,
  failed: 0,
  excepted: 0,
  notEvaluated: 0,
  notApplicable: 0,
  unbounded: false,
  ...own,
})
const attestation = (outcome: Attestation['outcome']): Attestation => ({
  outcome,
  statement: 'seen on site',
  by: 'Ada',
  expires: '2026-12-31',
})

describe('an attested control', () => {
  it('comes to what the person says, with the words of it', () => {
    expect(attestedOutcome(result(), attestation('pass'))).toEqual({
      ...result(),
      outcome: 'pass',
      reason: 'attested by Ada until 2026-12-31: seen on site',
    })
    expect(attestedOutcome(result(), attestation('fail')).outcome).toBe('fail')
    expect(attestedOutcome(result(), attestation('not-applicable')).outcome).toBe('not-applicable')
  })

  it('waits where nobody says anything', () => {
    expect(attestedOutcome(result(), undefined)).toEqual(result())
  })

  it('keeps what its rules found beside the word', () => {
    const withRules = result({ passed: 3 })
    expect(attestedOutcome(withRules, attestation('pass'))).toMatchObject({ outcome: 'pass', passed: 3 })
    expect(attestedOutcome(withRules, attestation('not-applicable')).outcome).toBe('pass')
    expect(attestedOutcome(withRules, attestation('fail')).outcome).toBe('fail')
  })

  it('stays a fail where all failures are accepted', () => {
    const accepted = result({ passed: 1, excepted: 2 })
    for (const word of ['pass', 'not-applicable', 'fail'] as const)
      expect(attestedOutcome(accepted, attestation(word)).outcome).toBe('fail')
  })

  it('fails the fleet where it fails one cluster, whatever waits or is accepted in others', () => {
    const failed = attestedOutcome(result(), attestation('fail'))
    const accepted = result({
      outcome: 'fail',
      excepted: 1,
      reason: 'every failure is covered by an exception',
    })
    for (const other of [result(), result({ outcome: 'not-evaluated', notEvaluated: 1 }), accepted])
      for (const scopes of [
        [failed, other],
        [other, failed],
      ]) {
        const [merged] = mergeControls(scopes.map(own => [{ result: own, part: 'scored' }])) ?? []
        expect(merged?.result).toMatchObject({ outcome: 'fail', reason: failed.reason })
      }
  })

  it('never turns a failure, an acceptance or what was not looked at into a pass', () => {
    const count = fc.nat({ max: 3 })
    const results = fc
      .record({
        outcome: fc.constantFrom(...outcomes),
        passed: count,
        failed: count,
        excepted: count,
        notEvaluated: count,
        notApplicable: count,
        unbounded: fc.boolean(),
      })
      .map(result)
    const words = fc.option(fc.constantFrom('pass', 'fail', 'not-applicable').map(attestation), {
      nil: undefined,
    })
    fc.assert(
      fc.property(results, words, (before, word) => {
        const after = attestedOutcome(before, word)
        if (before.outcome !== 'manual') expect(after).toBe(before)
        else if (after.outcome === 'pass') {
          expect(word?.outcome).not.toBe('fail')
          const { failed, excepted, notEvaluated, unbounded } = before
          expect({ failed, excepted, notEvaluated, unbounded }).toEqual({
            failed: 0,
            excepted: 0,
            notEvaluated: 0,
            unbounded: false,
          })
        }
        const { outcome: _, reason: __, ...counts } = after
        expect(before).toMatchObject(counts)
      }),
      { seed: 5, numRuns: 2000 },
    )
  })
})
