// Journeys of misuse: one clear line on standard error, nothing on standard output, exit code 2, and never a stack trace.

import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plimsoll, root, samples, shell, useBuiltProgram, useScratchFolder } from './plimsoll.ts'

useBuiltProgram()
const scratch = useScratchFolder()
writeFileSync(scratch('broken.yaml'), 'exceptions: [\n')
writeFileSync(scratch('manifest.yaml'), 'kind: Pod\nspec: {"\n')
writeFileSync(scratch('not-a-report.json'), '{"schemaVersion": 7}\n')

test.each([
  [['scan'], /nothing to look at: name files or folders/],
  [['scan', 'no/such/path'], /no\/such\/path was not read: there is no such file or folder/],
  [['scan', scratch('manifest.yaml')], /manifest\.yaml:2:8: the quote is never closed/],
  [['scan', samples, '--live'], /either files or a live cluster/],
  [['scan', samples, '--benchmark', 'cis-k9s'], /unknown benchmark "cis-k9s"/],
  [['scan', samples, '--benchmark', 'pss-baseline@9'], /unknown edition of pss-baseline "9"/],
  [['scan', samples, '--rule', 'privlieged-container'], /did you mean privileged-container/],
  [['scan', samples, '--fail-on', 'hihg'], /--fail-on: unknown severity "hihg"; did you mean high\?/],
  [['scan', samples, '-o', 'srif'], /--output: unknown format "srif"; did you mean sarif\?/],
  [['scan', samples, '--no-such-flag'], /unknown option '--no-such-flag'/],
  [['scan', samples, '--exceptions', scratch('broken.yaml')], /broken\.yaml:\d+:\d+: /],
  [['scan', samples, '--exceptions', 'none.yaml'], /none\.yaml: cannot be read: it does not exist/],
  [['scan', samples, '--baseline', scratch('not-a-report.json')], /schemaVersion: must be 1/],
  [
    ['scan', samples, '--output-file', scratch('no/such/folder/x')],
    /cannot be written to .*: its folder does not exist/,
  ],
  [['scan', '--live'], /no kubeconfig was found/],
  [['preflight', '--kubeconfig', scratch('none')], /kubeconfig/],
  [['snapshot', 'show', samples], /./],
  [['explain', 'privileged-contaner'], /did you mean privileged-container/],
  [['complete'], /unknown command 'complete'/],
] as const)('%j', async (args, message) => {
  const { code, stdout, stderr } = await plimsoll(args)
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(/^error: /)
  expect(stderr).not.toMatch(/\n\s+at |node:internal|\.mjs:\d/)
})

test('a fault of our own is confessed in two lines, and shown with --verbose', async () => {
  const broken = scratch('dist')
  cpSync(join(root, 'packages', 'cli', 'dist'), broken, { recursive: true })
  for (const part of readdirSync(join(broken, 'parts')))
    if (/^catalogue-.*\.mjs$/.test(part))
      writeFileSync(join(broken, 'parts', part), 'throw new TypeError("a part is amiss\\nin two lines")')
  const { version } = JSON.parse((await plimsoll(['version', '-o', 'json'])).stdout) as { version: string }
  const run = async (...args: string[]) => await shell(`node '${broken}/plimsoll.mjs' ${args.join(' ')}`)
  const { code, stdout, stderr } = await run('rules')
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toBe(
    'error: plimsoll itself broke: TypeError: a part is amiss\n' +
      `This is a fault of plimsoll ${version}, not of your input. Please report it with the command that you ran; ` +
      '--verbose shows where it broke.\n',
  )
  expect((await run('rules', '--verbose')).stderr).toMatch(/\n {4}at .*catalogue/)
})
