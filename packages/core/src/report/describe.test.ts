// Tests of describing: values, places, scores and fixes in words.

import { expect, test } from 'vitest'
import type { Operation } from '../model/json-patch.ts'
import {
  describeGapDetail,
  describeGapPlace,
  describeScore,
  describeSource,
  describeValue,
} from './describe.ts'
import { describeFix } from './describe-fix.ts'
import { entry, failure } from './testing/sample-assessment.ts'

test('values', () => {
  const values = [undefined, true, 0, 'a"b', ['ALL'], { a: 1 }, null, 'x'.repeat(100)]
  expect(values.map(value => describeValue(value, 20))).toEqual([
    'not set',
    'true',
    '0',
    '"a\\"b"',
    '["ALL"]',
    '{"a":1}',
    'null',
    `"${'x'.repeat(18)}…`,
  ])
})

test('scores: a number with its interval, an interval alone, or none', () => {
  const score = (value: number | null, low: number | null, high: number | null) =>
    describeScore({ value, low, high })
  expect([
    score(71.4, 71.4, 71.4),
    score(71.4, 52, 80.1),
    score(null, 40, 66.7),
    score(null, null, null),
  ]).toEqual(['71.4', '71.4 (52.0 to 80.1)', 'no score (40.0 to 66.7)', 'no score'])
})

test('sources: file and line, template, standard input, nothing for a live object', () => {
  const at = (source: Parameters<typeof describeSource>[0]['source']) => describeSource({ source })
  expect([
    at({ file: 'a.yaml', document: 1, line: 4 }),
    at({ file: 'chart', document: 0, template: 'web/templates/deploy.yaml' }),
    at({ file: '-', document: 0, line: 1 }),
    at({ file: 'https://10.0.0.1:6443', document: 0 }),
  ]).toEqual(['a.yaml:4', 'web/templates/deploy.yaml', 'stdin:1', ''])
  expect(
    describeGapDetail({
      scope: 'a.yaml',
      line: 3,
      column: 7,
      reason: 'unparsable',
      detail: 'a.yaml:3:7: odd: x',
    }),
  ).toBe('odd: x')
  const placed = { scope: 'a.yaml', line: 3, column: 7, reason: 'unparsable' } as const
  const details = ['a.yaml:3:7: a: b', 'a.yaml: a', 'a: b'].map(detail =>
    describeGapDetail({ ...placed, detail }),
  )
  expect(details).toEqual(['a: b', 'a', 'a: b'])
  expect(describeGapPlace({ scope: 'a.yaml', line: 3, column: 7, reason: 'unparsable', detail: '' })).toBe(
    'a.yaml:3:7',
  )
  expect(
    describeGapPlace({ scope: 'cluster', kind: 'Role', namespace: 'shop', reason: 'forbidden', detail: '' }),
  ).toBe('cluster (Role in shop)')
})

const fix = (operations: readonly (readonly Operation[] | undefined)[]) => {
  const web = entry('Deployment', 'web')
  const results = operations.map((_, i) =>
    failure('host-pid', web, { evidence: [{ path: `spec.c[${i}].x`, actual: 1, expected: 'y' }] }),
  )
  return describeFix(results, { remediation: 'Do it by hand.' }, one => operations[results.indexOf(one)])
}

test('fixes: what a machine would do to the value named, or elsewhere, else what the rule says', () => {
  expect(fix([[{ op: 'replace', path: '/spec/c/0/x', value: false }]])).toBe('set it to false')
  expect(fix([[{ op: 'add', path: '/spec/c/0', value: { x: 'a' } }]])).toBe('set it to "a"')
  expect(fix([[{ op: 'remove', path: '/spec/c/0/x' }], [{ op: 'remove', path: '/spec/c/1/x' }]])).toBe(
    'remove each',
  )
  expect(fix([[{ op: 'add', path: '/metadata/labels', value: { 'a/b': '1' } }]])).toBe(
    'set metadata.labels["a/b"] to "1"',
  )
  expect(fix([[{ op: 'remove', path: '/spec/c/0/x' }], undefined])).toBe('Do it by hand.')
  expect(
    fix([[{ op: 'remove', path: '/spec/c/0/x' }], [{ op: 'replace', path: '/spec/c/1/x', value: 1 }]]),
  ).toBe('Do it by hand.')
})
