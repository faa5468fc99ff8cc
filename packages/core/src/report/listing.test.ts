// Tests of listing: results stay with their resource, filters leave out, lines are asked for only where they mean something.

import { expect, test } from 'vitest'
import { resultsByResource, withLines } from './listing.ts'
import { assessmentOf, entry, failure, mixedAssessment, result } from './testing/sample-assessment.ts'

const names = (options: Parameters<typeof resultsByResource>[1]) =>
  [...resultsByResource(mixedAssessment(), options)].map(
    ({ entry: own, results }) => `${own?.name ?? '-'}: ${results.map(one => one.outcome).join(' ')}`,
  )

test('the results of one resource come together, those about no resource at the end', () => {
  expect(names({})).toEqual([
    'web: fail fail pass',
    'api: pass fail',
    'nightly: fail error not-applicable',
    '-: not-evaluated',
  ])
})

test('those about no resource come in portions, so that thousands of broken files need little memory', () => {
  const results = Array.from({ length: 2500 }, () => result('not-evaluated', 'host-pid', null))
  const groups = [...resultsByResource(assessmentOf({ results }), {})]
  expect(groups.map(group => [group.entry, group.results.length])).toEqual([
    [undefined, 1000],
    [undefined, 1000],
    [undefined, 500],
  ])
})

test('outcomes and severities are filtered', () => {
  expect(names({ only: new Set(['fail']) })).toEqual(['web: fail fail', 'api: fail', 'nightly: fail'])
  expect(names({ severity: 'high', only: new Set(['fail']) })).toEqual(['web: fail fail', 'nightly: fail'])
})

test('lines are asked for once, for failures that stand in the resource itself', () => {
  const web = entry('Deployment', 'web', 1)
  const asked: (readonly string[])[] = []
  const results = [
    failure('host-pid', web, { evidence: [{ path: 'a', actual: 1, expected: 'x' }] }),
    failure('host-pid', web, { evidence: [{ path: 'b', actual: 1, expected: 'x', line: 7 }] }),
    failure('host-pid', web, { evidence: [{ path: 'c', actual: 1, expected: 'x' }], reason: 'in pod web-1' }),
    result('pass', 'host-pid', web),
  ]
  const placed = withLines(web, results, (_, paths) => {
    asked.push(paths)
    return paths.map(() => ({ line: 3, column: 5 }))
  })
  expect(asked).toEqual([['a']])
  expect(placed.flatMap(one => one.evidence.map(({ line }) => line))).toEqual([3, 7, undefined])
  expect(placed[0]?.evidence[0]?.column).toBe(5)
})

test('a place that cannot be known is left out', () => {
  const web = entry('Deployment', 'web')
  const [placed] = withLines(web, [failure('host-pid', web)], () => [undefined])
  expect(placed?.evidence[0]).not.toHaveProperty('line')
  expect([...resultsByResource(assessmentOf(), {})]).toEqual([])
})
