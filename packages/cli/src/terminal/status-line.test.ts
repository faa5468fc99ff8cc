// Tests of the status line: silent for a second, then seldom, and gone at the end.

import { expect, test } from 'vitest'
import { statusLine } from './status-line.ts'

test('nothing is shown in the first second, then at most ten times a second, then it is taken away', () => {
  const written: string[] = []
  let now = 0
  const line = statusLine({ write: text => written.push(text), columns: 20 }, () => now)
  line.show('reading 1')
  now = 999
  line.show('reading 2')
  line.clear()
  expect(written).toEqual([])
  for (now = 1000; now < 1300; now += 10) line.show(`reading ${now} and a long rest`)
  expect(written).toEqual([1000, 1100, 1200].map(at => `\r\u001b[2Kreading ${at} and a `))
  line.clear()
  expect(written.at(-1)).toBe('\r\u001b[2K')
})

test('without a terminal nothing happens', () => {
  const line = statusLine(undefined, () => 0)
  expect(() => {
    line.show('x')
    line.clear()
  }).not.toThrow()
})
