// Tests of output files: whole or not at all, with the right mode, and nothing replaced that is no file.

import { execFileSync, spawn } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fileSink } from './output-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-output-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

test('the old file stands until the new one is whole, and is there with mode 0644', async () => {
  const file = at('report.json')
  writeFileSync(file, 'old')
  const sink = fileSink(file)
  await sink.write('new ')
  expect(readFileSync(file, 'utf8')).toBe('old')
  await sink.write('text ü')
  await sink.finish()
  expect(readFileSync(file, 'utf8')).toBe('new text ü')
  expect(statSync(file).mode & 0o777).toBe(0o644)
  expect(readdirSync(folder)).toEqual(['report.json'])
})

test('what is abandoned leaves no trace', async () => {
  const file = at('abandoned.json')
  const sink = fileSink(file)
  await sink.write('half')
  sink.abandon()
  expect(existsSync(file)).toBe(false)
  expect(readdirSync(folder).filter(name => name.includes('abandoned'))).toEqual([])
})

test('a link is followed, not replaced, also where it leads to nothing yet', async () => {
  for (const [link, target] of [
    ['link', 'target'],
    ['dangling', 'not-yet'],
  ] as const) {
    if (link === 'link') writeFileSync(at(target), 'old')
    symlinkSync(at(target), at(link))
    const sink = fileSink(at(link))
    await sink.write('new')
    await sink.finish()
    expect(lstatSync(at(link)).isSymbolicLink()).toBe(true)
    expect(readFileSync(at(target), 'utf8')).toBe('new')
  }
})

test.runIf(process.platform === 'linux')('a device is written to and stays one', async () => {
  const sink = fileSink('/dev/null')
  await sink.write('x')
  await sink.finish()
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
})

test.runIf(process.platform === 'linux')(
  'a pipe whose reader is gone takes no more, without an error',
  async () => {
    const pipe = at('pipe')
    execFileSync('mkfifo', [pipe])
    spawn('head', ['-c', '1', pipe], { stdio: 'ignore' })
    const sink = fileSink(pipe)
    let heard = true
    for (let i = 0; i < 100 && heard; i++) heard = await sink.write('x'.repeat(100_000))
    expect(heard).toBe(false)
    await sink.finish()
  },
)

test('a folder that is not there is the system’s error', () => {
  expect(() => fileSink(at('no/such/file'))).toThrow(expect.objectContaining({ code: 'ENOENT' }))
})
