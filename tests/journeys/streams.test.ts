// Journeys of streams: data on standard output alone, and manners when pipes break, disks fill and terminals are not there.

import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { plimsoll, samples, shell, useBuiltProgram, useScratchFolder } from './plimsoll.ts'

useBuiltProgram()
const scratch = useScratchFolder()

test('no colour and no control character goes into a pipe, unless it is forced', async () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that must not be there.
  const controls = /[\u0000-\u0009\u000b-\u001f]/
  expect((await plimsoll(['scan', samples])).stdout).not.toMatch(controls)
  expect((await plimsoll(['scan', samples], { environment: { FORCE_COLOR: '1' } })).stdout).toContain(
    '\u001b[1m',
  )
  expect(
    (await plimsoll(['scan', samples, '--no-color'], { environment: { FORCE_COLOR: '1' } })).stdout,
  ).not.toMatch(controls)
})

test('hostile names in manifests do not reach the terminal', async () => {
  const manifest = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a\u001b]0;owned\u0007b', namespace: 'x\r\ny' },
    spec: { hostPID: true, containers: [{ name: '\u001b[2J', image: '\u202ea:1' }] },
  })
  const { stdout, stderr } = await plimsoll(['scan', '-'], { stdin: manifest })
  expect(stdout).toContain('a\\x1b]0;owned\\x07b')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that must not be there.
  expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
})

test('a reader that goes away is no error, and the exit code still tells the truth', async () => {
  const { stdout, stderr } = await shell(
    `set -o pipefail; plimsoll scan ${samples} -o json | head -c 1; echo " \${PIPESTATUS[0]}"`,
  )
  expect([stdout, stderr]).toEqual(['{ 1\n', ''])
  expect(await shell(`plimsoll rules | head -n 1 >/dev/null; exit \${PIPESTATUS[0]}`)).toMatchObject({
    code: 0,
    stderr: '',
  })
  expect(
    await shell(`plimsoll scan ${samples}/shop/checkout.yaml | true; exit \${PIPESTATUS[0]}`),
  ).toMatchObject({ code: 0, stderr: '' })
})

test.runIf(process.platform === 'linux')('a full disk is told', async () => {
  const { code, stderr } = await shell(`plimsoll scan ${samples} >/dev/full`)
  expect(code).toBe(2)
  expect(stderr).toBe('error: the report cannot be written to standard output: no space is left\n')
})

test('closed streams do not break it', async () => {
  expect((await shell(`plimsoll scan ${samples} 2>&-`)).code).toBe(1)
  expect((await shell(`plimsoll scan ${samples} >&-`)).stderr).not.toMatch(/broke/)
  expect((await shell(`plimsoll scan ${samples}/shop/checkout.yaml <&-`)).code).toBe(0)
})

test('quiet says nothing beside the data, verbose says more', async () => {
  const twice = scratch('twice.yaml')
  writeFileSync(twice, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: x\n  a: y\n')
  const { stderr } = await plimsoll(['scan', twice])
  expect(stderr).toMatch(/^note: .*twice\.yaml:6:3: /)
  expect((await plimsoll(['scan', twice, '--quiet'])).stderr).toBe('')
  expect((await plimsoll(['scan', twice, '--verbose'])).stderr).toContain('1 document')
})

test('a wide table is as wide as the terminal says', async () => {
  const widest = (text: string) => Math.max(...text.split('\n').map(line => Array.from(line).length))
  for (const columns of [60, 80, 120]) {
    const { stdout } = await plimsoll(['scan', samples], { environment: { COLUMNS: String(columns) } })
    expect(widest(stdout)).toBeLessThanOrEqual(columns)
    expect(widest(stdout)).toBeGreaterThan(columns - 12)
  }
})

test('it is told when it is not built', async () => {
  const { code, stderr } = await shell(
    `d=$(mktemp -d); mkdir $d/bin; cp bin/plimsoll $d/bin/; $d/bin/plimsoll version; code=$?; rm -r $d; exit $code`,
  )
  expect([code, stderr]).toEqual([
    2,
    'error: plimsoll is not built in this clone: run npm ci && npm run build\n',
  ])
})

test('it runs through links, from anywhere', async () => {
  const link = scratch('plimsoll')
  const { stdout } = await shell(`ln -s "$PWD/bin/plimsoll" '${link}' && cd / && '${link}' version`)
  expect(stdout).toMatch(/^plimsoll \d+\.\d+\.\d+\n$/)
})
