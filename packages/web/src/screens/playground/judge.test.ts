// Judge: failures stand at their lines with fixes, what cannot be read is told and hides nothing, and an edition judges by its controls alone.

import { editions, rules } from '@plimsoll/core/catalogue'
import { expect, test } from 'vitest'
import { example } from './example.ts'
import { judge } from './judge.ts'

const catalogue = { rules, editions }
const ask = (text: string, edition?: string) =>
  judge({ text, edition, now: '2026-01-01T00:00:00Z' }, catalogue)

test('a failure stands at its line, with what was found and a fix', () => {
  const { failures, objects, unread, controls } = ask(example)
  const privileged = failures.find(({ rule }) => rule === 'privileged-container')
  const line = example.split('\n').findIndex(text => text.includes('privileged: true')) + 1
  expect(privileged).toMatchObject({ severity: 'critical', line, outcome: 'fail' })
  expect(privileged?.evidence[0]).toMatchObject({ actual: true, line })
  expect(privileged?.fix?.before).toContain('privileged: true')
  expect(privileged?.fix?.after).not.toContain('privileged: true')
  expect({ objects, unread, controls }).toEqual({ objects: 1, unread: [], controls: undefined })
})

test('what cannot be read is told with its line, and the rest is judged', () => {
  const { failures, objects, unread } = ask(`${example}---\na: [1\nb: 2\n`)
  expect(objects).toBe(1)
  expect(unread).toHaveLength(1)
  expect(unread[0]?.line).toBeGreaterThan(example.split('\n').length)
  expect(failures.length).toBeGreaterThan(0)
})

test('an edition judges by what its controls need', () => {
  const { failures, controls } = ask(example, 'pss-baseline@1.34')
  expect(failures.map(({ rule }) => rule)).toContain('privileged-container')
  expect(failures.map(({ rule }) => rule)).not.toContain('image-latest-tag')
  expect(controls?.fail).toBeGreaterThan(0)
})

test('nothing is judged of nothing', () => {
  expect(ask('')).toMatchObject({ objects: 0, failures: [], unread: [], passed: 0 })
})
