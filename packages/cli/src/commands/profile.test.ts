// Tests of profiles: parameters as flags are read by their type, over those of the file.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Problem } from '@plimsoll/core'
import { afterAll, expect, test } from 'vitest'
import { readProfile } from './profile.ts'
import { catalogue } from './testing/fake-kit.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-profile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
writeFileSync(
  join(folder, 'profile.yaml'),
  'name: ours\nrules:\n  host-pid:\n    parameters: { level: 2, strict: yes }\n',
)
writeFileSync(join(folder, 'broken.yaml'), 'rules: [\n')
writeFileSync(join(folder, 'wrong.yaml'), 'rules: { host-pdi: { enabled: false } }\n')

const read = async (file: string | undefined, ...parameters: string[]) => {
  const found = await readProfile(file, parameters, catalogue, folder)
  return found.ok ? found.value.rules : found.problems
}

test('flags go over the file, each read by its type', async () => {
  expect(
    await read('profile.yaml', 'host-pid.level=3', 'pid-of-host.names=a, b', 'host-ipc.version=1.30'),
  ).toEqual({
    'host-pid': { parameters: { level: 3, strict: true, names: ['a', 'b'] } },
    'host-ipc': { parameters: { version: '1.30' } },
  })
  expect(await read(undefined, 'host-pid.names=', 'host-pid.strict=true')).toEqual({
    'host-pid': { parameters: { names: [], strict: true } },
  })
})

test('what is unknown or does not fit is told with the flag that said it', async () => {
  const messages = async (...parameters: string[]) =>
    ((await read(undefined, ...parameters)) as readonly Problem[]).map(({ message }) => message)
  expect(
    await messages(
      'host-pid.level=high',
      'host-pid.strict=yes',
      'host-pdi.level=1',
      'host-pid.levle=1',
      'level',
    ),
  ).toEqual([
    '--parameter host-pid.level=high: must be a number',
    '--parameter host-pid.strict=yes: must be true or false',
    '--parameter host-pdi.level=1: unknown rule "host-pdi"; did you mean host-pid?',
    '--parameter host-pid.levle=1: unknown parameter of host-pid (it has level, names, strict, version) "levle"; did you mean level?',
    '--parameter level: write it as rule.name=value',
  ])
})

test('a file that is broken, wrong or absent is told with its place', async () => {
  expect(await read('broken.yaml')).toMatchObject([{ code: 'invalid-profile', file: 'broken.yaml', line: 2 }])
  expect(await read('wrong.yaml')).toMatchObject([{ code: 'unknown-id', file: 'wrong.yaml' }])
  expect(await read('none.yaml')).toMatchObject([{ code: 'unreadable-input', file: 'none.yaml' }])
})
