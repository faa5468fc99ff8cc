// Values are put in the order and between the quotes of the admission controller, odd characters too.

import { describe, expect, test } from 'vitest'
import { readPodTemplate } from '../../../kube/pod-template.ts'
import { pod } from '../../../samples/pods.ts'
import { annotationPath, annotationsNamed, quoteAll, sortedSet } from './wording.ts'

/** The annotation `x.io/k` of that value, as a denial names it. */
function named(value: string): string[] {
  const reading = readPodTemplate(pod({ metadata: { annotations: { 'x.io/k': value, other: 'o' } } }))
  if (!reading.ok) throw new Error(reading.problem.expected)
  const { template } = reading
  const path = annotationPath(template, 'x.io/k')
  return annotationsNamed(template, [{ path, actual: value, expected: '' }])
}

describe('values', () => {
  test('are named once, by code point, not by the halves of pairs', () => {
    expect(sortedSet(['b', '\u{1f600}', 'a', '\ue000', 'B', 'ab', 'a'])).toEqual([
      'B',
      'a',
      'ab',
      'b',
      '\ue000',
      '\u{1f600}',
    ])
  })

  test('stand between quotes as they are', () => {
    expect(quoteAll(['a', 'b"c', ''])).toBe('"a", "b"c", ""')
  })
})

describe('annotations', () => {
  test.each([
    ['plain', 'plain'],
    ['é 😀', 'é 😀'],
    ['a"b\\c', 'a\\"b\\\\c'],
    ['\x07\b\f\n\r\t\v', '\\a\\b\\f\\n\\r\\t\\v'],
    ['\x00\x1f\x7f', '\\x00\\x1f\\x7f'],
    ['\u0085\u00a0\u2028\ue000', '\\u0085\\u00a0\\u2028\\ue000'],
    ['\u{e0001}', '\\U000e0001'],
  ])('%j is written as Go quotes it', (value, written) => {
    expect(named(value)).toEqual([`x.io/k="${written}"`])
  })
})
