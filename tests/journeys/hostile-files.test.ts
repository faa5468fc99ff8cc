// Journeys through hostile files: no crash and no hang; each problem is named with its file, place and reason, and the rest is judged.

import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { JsonReport } from '../../packages/core/src/contract/report.ts'
import { damaged, planted, speaking, undecodable, unreadable } from './hostile-manifests.ts'
import { type Outcome, plimsoll, samples, useBuiltProgram, useScratchFolder } from './plimsoll.ts'

useBuiltProgram()
const scratch = useScratchFolder()

/** A folder of files, the planted pod among them. */
function folderOf(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  const folder = scratch(name)
  mkdirSync(folder)
  for (const [file, content] of Object.entries({ 'planted.yaml': planted, ...files }))
    writeFileSync(join(folder, file), content)
  return folder
}

interface Scan extends Outcome {
  readonly report: JsonReport
}

/** Scans a folder from inside, for a report in which the planted pod must be found. */
async function scan(folder: string, ...args: string[]): Promise<Scan> {
  const outcome = await plimsoll(['scan', '.', '-o', 'json', ...args], { cwd: folder })
  expect(outcome.stderr).not.toMatch(/itself broke|\n\s+at |node:internal/)
  const report = JSON.parse(outcome.stdout) as JsonReport
  const found = report.results.filter(
    ({ rule, outcome: own, resource }) =>
      rule === 'privileged-container' && own === 'fail' && resource === 'files/Pod/shop/planted',
  )
  expect(found).toHaveLength(1)
  expect(report.results.filter(({ outcome: own }) => own === 'error')).toEqual([])
  expect(outcome.code).toBe(1)
  return { ...outcome, report }
}

const detailsOf = ({ report }: Scan, file: string) =>
  report.gaps.filter(({ scope }) => scope === file).map(({ detail }) => detail)

test('damaged manifests: each is judged, or a gap with its line', async () => {
  const manifests = ['orders-db', 'storefront'].map(name =>
    readFileSync(join(samples, 'shop', `${name}.yaml`)),
  )
  const files = manifests.flatMap((manifest, i) => damaged(manifest, 80, 41 + i))
  const named = Object.fromEntries(files.map((bytes, i) => [`m${i}.yaml`, bytes]))
  const { report } = await scan(folderOf('damaged', named))
  const judged = new Set(report.resources.map(({ source }) => source.file))
  const gaps = new Map(report.gaps.map(gap => [gap.scope, gap]))
  for (const [file, bytes] of Object.entries(named)) {
    const gap = gaps.get(file)
    if (gap?.reason === 'unparsable') expect(gap.line, gap.detail).toBeGreaterThan(0)
    // A cut may leave nothing, and a changed first line an object of nobody's.
    const isEmpty =
      bytes.toString('utf8').trim() === '' || !/^(apiVersion|kind): ./m.test(bytes.toString('utf8'))
    expect(judged.has(file) || gap !== undefined || isEmpty, `${file}:\n${bytes.toString('utf8')}`).toBe(true)
  }
  expect(report.gaps.length).toBeGreaterThan(20)
  expect(judged.size).toBeGreaterThan(20)
})

test('what cannot be read is named with file, place and reason', async () => {
  const texts = Object.entries(unreadable).map(([file, [text]]) => [file, text])
  const done = await scan(folderOf('unreadable', Object.fromEntries(texts)))
  for (const [file, [, told]] of Object.entries(unreadable)) {
    const details = detailsOf(done, file)
    expect(details, file).toHaveLength(1)
    expect(details[0]).toMatch(told)
    expect(details[0]?.startsWith(`${file}:`), details[0]).toBe(true)
  }
})

test('what no API server could decode is named by its field, and gets no verdict', async () => {
  const texts = Object.entries(undecodable).map(([file, [text]]) => [file, text])
  const done = await scan(folderOf('undecodable', Object.fromEntries(texts)))
  const { report } = done
  for (const [file, [, told]] of Object.entries(undecodable)) {
    const details = detailsOf(done, file)
    expect(details, file).toHaveLength(1)
    expect(details[0]).toMatch(told)
    const keys = report.resources.filter(({ source }) => source.file === file).map(({ key }) => key)
    const outcomes = report.results.filter(({ resource }) => resource !== null && keys.includes(resource))
    expect(new Set(outcomes.map(({ outcome }) => outcome)), file).toEqual(new Set(['not-evaluated']))
  }
})

test('nothing judged but broken files: exit code 2, without a finding', async () => {
  const folder = folderOf('broken', { 'b.yaml': 'a: [' })
  writeFileSync(join(folder, 'planted.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n')
  const { code, stdout } = await plimsoll(['scan', '.', '-r', 'privileged-container'], { cwd: folder })
  expect(code).toBe(2)
  expect(stdout).toContain('b.yaml:2:1')
})

describe('the file system', () => {
  test('links in circles, to nowhere and to elsewhere, pipes, folders called .yaml, empty files', async () => {
    const folder = folderOf('odd', {
      'empty.yaml': '',
      'blank.yaml': '\n\n \n',
      'comment.yaml': '# nothing\n---\n',
    })
    symlinkSync('.', join(folder, 'loop'))
    symlinkSync('itself.yaml', join(folder, 'itself.yaml'))
    symlinkSync('nowhere', join(folder, 'dangling.yaml'))
    symlinkSync(scratch('unreadable'), join(folder, 'elsewhere'))
    mkdirSync(join(folder, 'folder.yaml'))
    writeFileSync(join(folder, 'folder.yaml', 'a: b.yaml'), 'a: b: c')
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')])
    const { report } = await scan(folder)
    const told = report.gaps.map(({ scope, reason, detail }) => `${reason} ${scope}: ${detail}`)
    for (const pattern of [
      /^not-collected dangling\.yaml: .*leads nowhere/,
      /^not-collected itself\.yaml: .*circle/,
      /^not-collected elsewhere: .*outside of what was given/,
      /^not-collected pipe\.yaml: .*a pipe/,
      /^unparsable folder\.yaml\/a: b\.yaml: .*:1:5: a second ": "/,
    ])
      expect(
        told.filter(line => pattern.test(line)),
        String(pattern),
      ).toHaveLength(1)
    expect(told).toHaveLength(5)
  })

  const isRoot = process.getuid?.() === 0
  test.skipIf(isRoot)(
    'a file and a folder without permission (skipped for root, who may read all)',
    async () => {
      const folder = folderOf('locked', { 'secret.yaml': planted })
      mkdirSync(join(folder, 'inside'))
      for (const path of ['secret.yaml', 'inside']) chmodSync(join(folder, path), 0)
      const { report } = await scan(folder)
      chmodSync(join(folder, 'inside'), 0o700)
      expect(report.gaps.map(({ scope, reason }) => `${scope} ${reason}`)).toEqual([
        'inside not-collected',
        'secret.yaml not-collected',
      ])
    },
  )
})

test('a line of 100 MB is read, in memory that stays within bounds', async () => {
  const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: large, namespace: shop}\ndata:\n  a: "'
  const line = Buffer.alloc(100_000_000, 'x')
  const folder = folderOf('large', {
    'large.yaml': Buffer.concat([Buffer.from(head), line, Buffer.from('"\n')]),
  })
  const peak = scratch('peak')
  const script = `import{writeFileSync}from"node:fs";process.on("exit",()=>writeFileSync(${JSON.stringify(peak)},String(process.resourceUsage().maxRSS)))`
  const environment = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` }
  const { code, stdout } = await plimsoll(['scan', '.', '-o', 'json'], { cwd: folder, environment })
  expect(code).toBe(1)
  const { resources, gaps } = JSON.parse(stdout) as JsonReport
  expect(resources.map(({ name }) => name)).toEqual(['large', 'planted'])
  expect(gaps).toEqual([])
  const megabytes = Number(readFileSync(peak, 'utf8')) / 1024
  expect(megabytes).toBeGreaterThan(100)
  expect(megabytes).toBeLessThan(1200)
})

describe('names that speak to the terminal', () => {
  // Everything below a space but tab and line ends, and the second set of control characters.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e]/

  test.each(['table', 'json', 'sarif', 'junit', 'csv', 'markdown', 'html'])('%s', async format => {
    const folder = scratch(`names-${format}`)
    mkdirSync(folder)
    writeFileSync(join(folder, 'speaking.json'), speaking)
    writeFileSync(join(folder, 'a\nb\u001b[31m<b>.yaml'), 'a: [')
    const { code, stdout, stderr } = await plimsoll(['scan', '.', '-o', format], { cwd: folder })
    expect(code).toBe(1)
    expect(control.exec(format === 'json' || format === 'sarif' ? '' : stdout)).toBeNull()
    expect(control.exec(stderr)).toBeNull()
    expect(stdout.split('\n').filter(line => line.startsWith('error: all is well'))).toEqual([])
    if (format === 'json' || format === 'sarif') JSON.parse(stdout)
  })
})

test('standard input takes all of it too', async () => {
  const texts = { ...unreadable, ...undecodable }
  const broken = ['brackets.yaml', 'laughs.yaml', 'elf.yaml', 'open.json', 'a-list.json', 'items.json']
  for (const name of broken) {
    const stdin = texts[name]?.[0] ?? ''
    const { code, stdout, stderr } = await plimsoll(['scan', '-'], { stdin })
    expect(code, name).toBe(2)
    expect(`${stdout}${stderr}`, name).toMatch(/-:1|-:4|-:\d+/)
    expect(stderr, name).not.toMatch(/itself broke|\n\s+at /)
  }
})
