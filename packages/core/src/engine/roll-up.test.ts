import { describe, expect, it } from 'vitest'
import type { ControlResult } from '../model/assessment.ts'
import type { Control } from '../model/benchmark.ts'
import type { Gap } from '../model/gap.ts'
import type { Resource } from '../model/resource.ts'
import { deployment, pod } from '../samples/pods.ts'
import { control, edition, filesWith, forbidden, ruleThat, run } from './testing/assessing.ts'

const named = (name: string): Resource => ({ ...pod(), metadata: { name, namespace: 'shop' } })
/** Fails the pods whose name is the rule's, passes others. */
const failing = (id: string) =>
  ruleThat(id, own =>
    own.resource.metadata.name === id ? [{ path: 'metadata.name', actual: id, expected: 'x' }] : [],
  )
const throwing = ruleThat('throwing', () => {
  throw new Error('no')
})
const windows = ruleThat('windows', () => [], { appliesTo: { kubernetes: { max: '1.10' } } })
const rules = [failing('a'), failing('b'), throwing, windows]

function rolled(own: Control, names: readonly string[], gaps: readonly Gap[] = []): ControlResult {
  const { summary } = run({
    snapshot: filesWith([...names.map(named), deployment()], gaps),
    rules,
    editions: [edition(own)],
    asked: [],
  })
  return summary.controls[0] as ControlResult
}

describe('a control', () => {
  it('passes when each of its rules passed on every subject', () => {
    expect(rolled(control('c', ['a', 'b']), ['x', 'y'])).toMatchObject({
      benchmark: 'test',
      edition: '1.0',
      outcome: 'pass',
      passed: 3,
      failed: 0,
      unbounded: false,
    })
  })

  it('counts a subject once, by the worst of its rules', () => {
    expect(rolled(control('c', ['a', 'b']), ['a', 'b', 'x'])).toMatchObject({
      outcome: 'fail',
      passed: 2,
      failed: 2,
    })
  })

  it('fails where anything failed, though not all was seen', () => {
    const result = rolled(control('c', ['a', 'throwing']), ['a', 'x'], [forbidden('Job')])
    expect(result).toMatchObject({ outcome: 'fail', failed: 1, notEvaluated: 2, unbounded: true })
  })

  it('is in error where a rule threw, not evaluated where a gap hid something, and says why', () => {
    expect(rolled(control('c', ['a', 'throwing']), ['x'])).toMatchObject({
      outcome: 'error',
      reason: 'the rule failed: Error: no',
      notEvaluated: 2,
    })
    expect(rolled(control('c', ['a']), ['x'], [forbidden('Job')])).toMatchObject({
      outcome: 'not-evaluated',
      reason: 'may not list Job',
      passed: 2,
      unbounded: true,
    })
  })

  it('is not applicable where its rules apply to no subject, or there is none', () => {
    expect(rolled(control('c', ['windows']), ['x'])).toMatchObject({
      outcome: 'not-applicable',
      reason: 'its rules do not apply to any subject',
      notApplicable: 2,
    })
    const nodes = ruleThat('nodes', () => [], { subject: 'Node' })
    const { summary } = run({
      snapshot: filesWith([pod()]),
      rules: [nodes],
      editions: [edition(control('c', ['nodes']))],
    })
    expect(summary.controls[0]).toMatchObject({ outcome: 'not-applicable', reason: 'no subject' })
  })

  it('without a rule is what its edition says of it', () => {
    expect(rolled(control('c', [], { undecided: { manual: 'ask the owner' } }), [])).toMatchObject({
      outcome: 'manual',
      reason: 'ask the owner',
    })
    expect(
      rolled(control('c', [], { undecided: { notCollected: 'node', why: 'needs the node collector' } }), []),
    ).toMatchObject({ outcome: 'not-evaluated', reason: 'needs the node collector' })
    expect(rolled(control('c', []), [])).toMatchObject({
      outcome: 'not-evaluated',
      reason: 'no rule answers it',
    })
  })

  it('that its rules answer in part only does not pass, but may fail', () => {
    const partly = control('c', ['a'], {
      undecided: { notCollected: 'node', why: 'needs the node collector' },
    })
    expect(rolled(partly, ['x'])).toMatchObject({ outcome: 'not-evaluated', passed: 2 })
    expect(rolled(partly, ['a'])).toMatchObject({ outcome: 'fail', failed: 1 })
  })
})
