// Tests of the program: misuse is told in one line, help goes where it belongs, verbs list and explain.

import { expect, test } from 'vitest'
import { runProgram } from './program.ts'
import { fakeKit } from './testing/fake-kit.ts'

async function run(...args: string[]) {
  const kit = fakeKit()
  const code = await runProgram(args, { kit, nodeVersion: '20.20.2', onFlags: () => {} })
  return { code, said: kit.said.filter(line => line !== ''), text: kit.written() }
}

test.each([
  [['scn'], "unknown command 'scn'. Did you mean scan?"],
  [['scan', 'x', '--fail-onn', 'high'], "unknown option '--fail-onn'. Did you mean --fail-on?"],
  [
    ['scan', 'x', '-o', 'jsn'],
    '--output: unknown format "jsn"; did you mean json? (known: table, json, sarif, junit, csv, markdown, html)',
  ],
  [['scan', 'x', '--kubernetes-version', 'new'], '--kubernetes-version: It must be a version such as 1.34.'],
  [['rules', '-o', 'sarif'], 'rules has no format sarif (it has table and json)'],
  [['rules', 'show', 'host-pdi'], 'unknown rule "host-pdi"; did you mean host-pid?'],
  [
    ['explain', 'pss-baseline'],
    'pss-baseline is a benchmark: plimsoll benchmarks show pss-baseline lists its controls, plimsoll explain pss-baseline/CONTROL explains one',
  ],
  [['explain', 'pss-baseline/hots'], 'unknown control of pss-baseline@1.34 "hots"; did you mean host?'],
  [['benchmarks', 'show', 'custon'], 'unknown benchmark "custon"; did you mean custom?'],
  [['completion', 'bsh'], 'unknown shell "bsh"; did you mean bash or zsh? (known: bash, zsh, fish)'],
  [['scan', 'x', '--benchmark', 'nope', '--rule', 'nope'], 'unknown rule "nope"'],
] as const)('%j', async (args, message) => {
  const { code, said, text } = await run(...args)
  expect(code).toBe(2)
  expect(said[0]).toBe(`error: ${message}`)
  expect(text).toBe('')
})

test('help is data where it is asked for, and a hint where a verb is missing', async () => {
  const asked = await run('scan', '--help')
  expect([asked.code, asked.said]).toEqual([0, []])
  expect(asked.text).toMatch(/^Usage: plimsoll scan/)
  const missing = await run()
  expect([missing.code, missing.text]).toEqual([2, ''])
  expect(missing.said.join('')).toContain('Usage: plimsoll')
})

test('version, as a verb and as a flag', async () => {
  expect((await run('version')).text).toBe('plimsoll 0.0.0\n')
  expect(await run('--version')).toMatchObject({ code: 0, text: 'plimsoll 0.0.0\n' })
  expect(JSON.parse((await run('-o', 'json', 'version')).text)).toEqual({
    name: 'plimsoll',
    version: '0.0.0',
    node: '20.20.2',
  })
})

test('rules are listed worst first, with what is special about them', async () => {
  expect((await run('rules')).text).toBe(
    'high    host-pid    No pod sets hostPID\n' +
      'medium  host-ipc    No pod sets hostIPC\n' +
      'low     host-quiet  No pod sets hostIPC (off by default)\n' +
      '\n3 rules. plimsoll explain ID tells all about one.\n',
  )
  expect(JSON.parse((await run('rules', '-o', 'json')).text)).toHaveLength(3)
})

test('a rule is explained by its id or a former one, for people and machines', async () => {
  const { text } = await run('explain', 'pid-of-host')
  for (const part of [
    'host-pid  high',
    'It opens the node.',
    'Leave hostPID unset.',
    'pss-baseline/host (editions 1.9 to 1.34)',
    'level (number, default 1)',
    'hostPID: true',
  ])
    expect(text).toContain(part)
  expect(JSON.parse((await run('rules', 'show', 'host-pid', '-o', 'json')).text)).toMatchObject({
    id: 'host-pid',
    controls: [{ edition: '1.9' }, { edition: '1.10' }, { edition: '1.34' }],
  })
})

test('controls and reasons for gaps are explained', async () => {
  expect((await run('explain', 'pss-baseline@1.9/host')).text).toContain('Rules: host-pid.')
  expect((await run('explain', 'forbidden')).text).toContain('plimsoll preflight')
  expect(JSON.parse((await run('explain', 'forbidden', '-o', 'json')).text)).toMatchObject({
    reason: 'forbidden',
  })
})

test('benchmarks are listed by family, shown by edition', async () => {
  expect((await run('benchmarks')).text).toMatch(
    /^pss-baseline {4}1\.9 to 1\.34 {2}1 of 1 controls decided by rules\./,
  )
  expect((await run('benchmarks', 'show', 'custom@1')).text).toContain(
    'host  high  Nothing of the host. Rules: host-quiet.',
  )
})
