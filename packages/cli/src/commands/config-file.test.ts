// Tests of the configuration file: flags by their names, checked as flags are, under what the command line says.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runProgram } from './program.ts'
import { fakeKit } from './testing/fake-kit.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(config: string, ...args: string[]) {
  writeFileSync(join(folder, 'config.yaml'), config)
  const kit = fakeKit({ workingDirectory: folder })
  const code = await runProgram([...args, '--config', 'config.yaml'], {
    kit,
    nodeVersion: '20',
    onFlags: () => {},
  })
  return { code, kit }
}

test('gives the flags that the command line leaves out', async () => {
  const { code, kit } = await run(
    'output: json\nrule: [host-ipc, host-pid]\nfail-on: critical\n',
    'scan',
    'x',
  )
  expect(code).toBe(0)
  expect(JSON.parse(kit.written()).rules.map(({ id }: { id: string }) => id)).toEqual([
    'host-pid',
    'host-ipc',
  ])
})

test('what the command line says wins, flags of other verbs are left alone', async () => {
  const { code, kit } = await run(
    'output: json\nfail-on: critical\nexclude: a/\n',
    'scan',
    'x',
    '-o',
    'csv',
    '--fail-on',
    'high',
  )
  expect(code).toBe(1)
  expect(kit.written()).toMatch(/^record,/)
  expect((await run('fail-on: low\n', 'rules')).code).toBe(0)
})

test.each([
  ['colour: false\n', 'config.yaml: unknown flag "colour"; did you mean color?'],
  ['fail-on: hi\n', 'config.yaml: fail-on: unknown severity "hi" (known: critical, high, medium, low)'],
  ['fail-on: [low, high]\n', 'config.yaml: fail-on: takes one value'],
  ['live: sometimes\n', 'config.yaml: live: must be true or false'],
  ['rule: { a: b }\n', 'config.yaml: rule: must be a text, or a list of texts'],
  ['- a\n', 'config.yaml: must be a map from flags to values'],
  ['config: other.yaml\n', 'config.yaml: unknown flag "config"'],
])('%j is refused', async (config, message) => {
  const { code, kit } = await run(config, 'scan', 'x')
  expect([code, kit.said]).toEqual([2, [`error: ${message}`]])
})
