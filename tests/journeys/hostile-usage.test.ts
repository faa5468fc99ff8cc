// Journeys of hasty hands: empty words, unknown verbs, places that cannot be written to; each is told in the user's own words.

import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { plimsoll, samples, shell, useBuiltProgram, useScratchFolder } from './plimsoll.ts'

useBuiltProgram()
const scratch = useScratchFolder()
mkdirSync(scratch('empty'))
writeFileSync(
  scratch('exceptions.yaml'),
  'exceptions:\n- {rules: [host-pid], owner: a, reason: because, expires: 2099-01-01, cluster: x}\n',
)

test.each([
  [['scan', ''], 'error: a path is empty; name a file or folder, or . for this folder\n'],
  [['scan', samples, ''], 'error: a path is empty; name a file or folder, or . for this folder\n'],
  [['help', 'scna'], 'error: unknown verb "scna"; did you mean scan?\n'],
  [
    ['snapshot', 'show', 'none.snapshot'],
    'error: none.snapshot was not read: there is no such file or folder\n',
  ],
  [
    ['snapshot', 'save', scratch('empty'), samples],
    `error: the snapshot cannot be written to ${scratch('empty')}: it is a folder\n`,
  ],
])('%j', async (args, told) => {
  expect(await plimsoll(args)).toEqual({ code: 2, stdout: '', stderr: told })
})

test('where there are few words to choose from, all of them are told', async () => {
  const { code, stderr } = await plimsoll(['scan', samples, '--exceptions', scratch('exceptions.yaml')])
  expect(code).toBe(2)
  expect(stderr).toContain('unknown field "cluster" (known: ')
  expect(stderr).toContain('unknown reason "because" (known: risk-owned, ')
})

test.each(['rules', '--help', 'explain host-pid'])('%s onto a full disk is no fault of ours', async verb => {
  const { code, stderr } = await shell(`plimsoll ${verb} > /dev/full`)
  expect([code, stderr]).toEqual([2, 'error: standard output cannot be written to: no space is left\n'])
})

test('an empty folder is one gap', async () => {
  const { code, stdout } = await plimsoll(['scan', '.', '-o', 'json'], { cwd: scratch('empty') })
  expect(code).toBe(3)
  expect((JSON.parse(stdout) as { gaps: unknown[] }).gaps).toHaveLength(1)
})
