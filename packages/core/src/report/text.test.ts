// Tests of text: nothing unshowable gets through, and nothing is wider than asked.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostileText } from './testing/hostile.ts'
import {
  columns,
  count,
  firstSentences,
  grouped,
  shorten,
  shortenPath,
  shortenStart,
  visible,
  wrap,
} from './text.ts'

test('controls, line separators and turned writing become letters', () => {
  expect(visible('a\u001b[31mb\nc\td')).toBe('a\\x1b[31mb\\nc\\td')
  expect(visible('\u202egnp.exe\u2028\u009b\ud800')).toBe('\\u202egnp.exe\\u2028\\x9b\\ud800')
  expect(visible('日本 é 👩 "quoted"')).toBe('日本 é 👩 "quoted"')
})

test('columns count wide characters twice and combining ones not', () => {
  expect(['abc', '日本', 'e\u0301', '🚢', ''].map(columns)).toEqual([3, 4, 1, 2, 0])
})

test('texts are cut at the end, at the start, and paths between fields', () => {
  expect(shorten('abcdefgh', 5)).toBe('abcd…')
  expect(shortenStart('abcdefgh', 5)).toBe('…efgh')
  expect(shorten('日本語の名前', 6)).toBe('日本…')
  expect(shortenPath('spec.template.spec.containers[0].securityContext.privileged', 32)).toBe(
    '…securityContext.privileged',
  )
  expect(shortenPath('spec.volumes[3].hostPath', 12)).toBe('…hostPath')
  expect(shortenPath('averyveryverylongfield', 8)).toBe('…ngfield')
  expect(firstSentences('Do this. Then do that, at length.', 20)).toBe('Do this.')
  expect(firstSentences('Do this; then do that, at length.', 20)).toBe('Do this')
  expect(firstSentences('Do this and then that, at length.', 20)).toBe('Do this and then th…')
})

test('nothing hostile is wider than asked, and wrapping loses no character', () => {
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 4, max: 60 }), (text, width) => {
      const shown = visible(text)
      for (const cut of [shorten, shortenStart, shortenPath, firstSentences])
        expect(columns(cut(shown, width))).toBeLessThanOrEqual(width)
      const lines = wrap(shown, width)
      for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width)
      const letters = (value: string) => value.replaceAll(' ', '')
      expect(letters(lines.join(''))).toBe(letters(shown))
    }),
    { numRuns: 300 },
  )
})

test('numbers are told in words', () => {
  expect([count(1, 'finding'), count(0, 'finding'), count(12345, 'entry', 'entries')]).toEqual([
    '1 finding',
    '0 findings',
    '12,345 entries',
  ])
  expect(grouped(1234567)).toBe('1,234,567')
})
