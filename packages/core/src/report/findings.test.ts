// Tests of findings: worst first, alike ones together, and counts that hold whatever the bounds leave out.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Severity, severities } from '../model/severity.ts'
import { collectFindings } from './findings.ts'
import { assessmentOf, entry, failure, mixedAssessment, result } from './testing/sample-assessment.ts'

const wide = { groups: 100, alike: 100 }

test('resources come worst first, their rules worst first', () => {
  const { groups } = collectFindings(mixedAssessment(), {}, wide)
  expect(groups.map(({ entries }) => entries[0]?.name)).toEqual(['web', 'api'])
  expect(groups[0]?.results.map(({ severity }) => severity)).toEqual(['critical', 'high'])
})

test('exceptions and what the baseline knows are no findings, but are counted', () => {
  const web = entry('Deployment', 'web')
  const known = assessmentOf({
    resources: [web],
    results: [
      failure('host-pid', web, { change: 'unchanged' }),
      failure('memory-limit', web, { change: 'new' }),
    ],
  })
  const found = collectFindings(known, { baseline: true }, wide)
  expect(found.counts).toEqual({ critical: 0, high: 0, medium: 1, low: 0 })
  expect(found.unlisted).toBe(1)
  const mixed = collectFindings(mixedAssessment(), {}, wide)
  expect(mixed.accepted.map(({ entry: own, result: one }) => [own.name, one.exception.id])).toEqual([
    ['nightly', 'e-1'],
  ])
})

test('what could not be judged is gathered whatever the filter', () => {
  const { unjudged, counts } = collectFindings(
    mixedAssessment(),
    { only: new Set(['pass']), severity: 'critical' },
    wide,
  )
  expect(counts).toEqual({ critical: 0, high: 0, medium: 0, low: 0 })
  expect(unjudged.map(({ outcome, results }) => [outcome, results])).toEqual([
    ['error', 1],
    ['not-evaluated', 1],
  ])
})

test('resources with the same failures make one group, with its first names and its true size', () => {
  const many = Array.from({ length: 9 }, (_, i) => entry('Deployment', `web-${i}`))
  const odd = entry('Deployment', 'odd')
  const assessment = assessmentOf({
    resources: [...many, odd],
    results: [
      ...many.map(one => failure('memory-limit', one, { discriminator: 'main' })),
      failure('memory-limit', odd, { discriminator: 'other' }),
      result('pass', 'host-pid', odd),
    ],
  })
  const { groups, rules } = collectFindings(assessment, {}, { groups: 10, alike: 3 })
  expect(groups.map(({ entries, total }) => [entries.length, total])).toEqual([
    [3, 9],
    [1, 1],
  ])
  expect(rules).toEqual([{ rule: 'memory-limit', severity: 'medium', resources: 10 }])
})

test('bounds keep the worst groups that no bounds would show first, and count the rest', () => {
  const severity = fc.constantFrom<Severity>(...severities)
  const failures = fc.array(fc.tuple(severity, fc.nat(3)), { minLength: 0, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(failures, { maxLength: 40 }), fc.integer({ min: 1, max: 6 }), (resources, limit) => {
      const entries = resources.map((_, i) => entry('Pod', `p${i}`))
      const assess = () =>
        assessmentOf({
          resources: entries,
          results: resources.flatMap((own, i) =>
            own.map(([worth, which]) =>
              failure(`rule-${which}`, entries[i] as (typeof entries)[0], { severity: worth }),
            ),
          ),
        })
      const all = collectFindings(assess(), {}, { groups: 1000, alike: 1000 })
      const some = collectFindings(assess(), {}, { groups: limit, alike: 1000 })
      expect(some.groups).toEqual(all.groups.slice(0, limit))
      expect(some.counts).toEqual(all.counts)
      const size = (groups: typeof all.groups) => groups.reduce((sum, { total }) => sum + total, 0)
      expect(size(some.groups) + some.hidden.resources).toBe(size(all.groups))
      expect(all.hidden).toEqual({ resources: 0, findings: 0, worst: undefined })
    }),
    { numRuns: 200 },
  )
})
