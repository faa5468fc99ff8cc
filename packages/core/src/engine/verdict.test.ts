import { expect, it } from 'vitest'
import type { ControlResult } from '../model/assessment.ts'
import type { Gap } from '../model/gap.ts'
import type { Outcome } from '../model/outcome.ts'
import { type Severity, severities } from '../model/severity.ts'
import { forbidden, unreadableFile } from './testing/assessing.ts'
import { exitCode, type VerdictOptions } from './verdict.ts'

const of = (...failing: readonly Severity[]) =>
  Object.fromEntries(
    severities.map(severity => [severity, failing.filter(one => one === severity).length]),
  ) as Record<Severity, number>
const controlResult = (outcome: Outcome): ControlResult => ({
  benchmark: 'house',
  edition: '1',
  control: { id: 'h1', section: 's', title: 'one', automated: false, severity: 'low', rules: [] },
  outcome,
  passed: 0,
  failed: 0,
  excepted: 0,
  notEvaluated: 0,
  notApplicable: 0,
  unbounded: false,
})

interface Facts {
  readonly failures?: readonly Severity[]
  readonly fresh?: readonly Severity[]
  readonly gaps?: readonly Gap[]
  readonly notEvaluated?: number
  readonly error?: number
  readonly control?: Outcome
}
const code = (facts: Facts, options: Partial<VerdictOptions> = {}) =>
  exitCode(
    {
      failures: of(...(facts.failures ?? [])),
      newFailures: of(...(facts.fresh ?? facts.failures ?? [])),
      gaps: facts.gaps ?? [],
      counts: {
        pass: 5,
        fail: 0,
        manual: 0,
        'not-applicable': 0,
        excepted: 2,
        'not-evaluated': facts.notEvaluated ?? 0,
        error: facts.error ?? 0,
      },
      controls: facts.control === undefined ? [] : [controlResult(facts.control)],
    },
    { failOn: 'high', allowGaps: false, onlyNew: false, ...options },
  )

it.each<[string, Facts, Partial<VerdictOptions>, number]>([
  ['all clean', {}, {}, 0],
  ['a failure at the gate', { failures: ['high'] }, {}, 1],
  ['a failure above the gate', { failures: ['critical'] }, {}, 1],
  ['a failure below the gate', { failures: ['medium'] }, {}, 0],
  ['a lower gate', { failures: ['medium'] }, { failOn: 'low' }, 1],
  ['an old failure where only new ones count', { failures: ['high'], fresh: [] }, { onlyNew: true }, 0],
  ['a new failure where only new ones count', { failures: ['high'], fresh: ['high'] }, { onlyNew: true }, 1],
  ['input that cannot be parsed', { gaps: [unreadableFile] }, {}, 2],
  ['the same, gaps allowed', { gaps: [unreadableFile] }, { allowGaps: true }, 2],
  ['failures before input', { failures: ['high'], gaps: [unreadableFile] }, {}, 1],
  ['a gap that hid no subject', { gaps: [forbidden('Secret')] }, {}, 3],
  ['a subject not evaluated', { notEvaluated: 1 }, {}, 3],
  ['an error', { error: 1 }, {}, 3],
  ['a control that nothing could decide', { control: 'not-evaluated' }, {}, 3],
  ['a control for a person', { control: 'manual' }, {}, 0],
  ['a gap, gaps allowed', { gaps: [forbidden('Pod')], notEvaluated: 1, error: 1 }, { allowGaps: true }, 0],
])('%s', (_, facts, options, expected) => {
  expect(code(facts, options)).toBe(expected)
})
