import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { collectFiles } from './collect-files.ts'
import { collectFrom, found, gapsOf, pod, requestFor } from './testing/collection.ts'

/** Node itself cannot make pipes. */
const mkfifo = 'mkfifo'

const isRoot = process.getuid?.() === 0

/** A folder with one good file, beside which bad things are put. */
const folderWithPod = () => scratchFolder({ 'good.yaml': pod('good') })

describe('links', () => {
  test('in circles end, and each real file is read once', async () => {
    const { path, write } = folderWithPod()
    write('a/x.yaml', pod('x'))
    symlinkSync('..', join(path, 'a', 'up'))
    symlinkSync(path, join(path, 'a', 'root'))
    symlinkSync('x.yaml', join(path, 'a', 'y.yaml'))
    symlinkSync('me', join(path, 'me'))
    const collection = await collectFiles(requestFor(path))
    expect(found(collection)).toEqual(['a/x.yaml:1 (0) Pod x', 'good.yaml:1 (0) Pod good'])
    expect(collection.snapshot.gaps).toEqual([])
  })

  test('to elsewhere are named, not followed; also those that lead nowhere', async () => {
    const outside = scratchFolder({ 'o.yaml': pod('o') })
    const { path } = folderWithPod()
    symlinkSync(outside.path, join(path, 'folder'))
    symlinkSync(join(outside.path, 'o.yaml'), join(path, 'file.yaml'))
    symlinkSync('/etc/hostname', join(path, 'other'))
    symlinkSync('gone', join(path, 'gone.yaml'))
    const collection = await collectFiles(requestFor(path))
    expect(found(collection)).toEqual(['good.yaml:1 (0) Pod good'])
    expect(gapsOf(collection)).toEqual([
      `file.yaml not-collected: file.yaml was not read: it is a link to ${outside.path}/o.yaml, which is outside of what was given; name that to have it read`,
      `folder not-collected: folder was not read: it is a link to ${outside.path}, which is outside of what was given; name that to have it read`,
      'gone.yaml not-collected: gone.yaml was not read: it is a link that leads nowhere: there is no such file or folder',
    ])
    const excluded = await collectFiles(requestFor(path, { exclude: ['f*', 'gone.yaml'] }))
    expect(excluded.snapshot.gaps).toEqual([])
  })

  test('to elsewhere are followed where that was given too, or the link itself', async () => {
    const outside = scratchFolder({ 'o.yaml': pod('o') })
    const { path } = folderWithPod()
    symlinkSync(outside.path, join(path, 'folder'))
    const both = await collectFiles(requestFor(path, { paths: ['.', outside.path] }))
    expect(found(both)).toEqual(['folder/o.yaml:1 (0) Pod o', 'good.yaml:1 (0) Pod good'])
    const link = await collectFiles(requestFor(path, { paths: ['folder'] }))
    expect(found(link)).toEqual(['folder/o.yaml:1 (0) Pod o'])
  })
})

describe('what is no file', () => {
  test('a pipe is never waited for', async () => {
    const { path } = folderWithPod()
    execFileSync(mkfifo, [join(path, 'pipe.yaml'), join(path, 'pipe')])
    const walked = await collectFiles(requestFor(path))
    expect(found(walked)).toEqual(['good.yaml:1 (0) Pod good'])
    expect(gapsOf(walked)).toEqual([
      'pipe.yaml not-collected: pipe.yaml was not read: it is a pipe, not a file',
    ])
    const named = await collectFiles(requestFor(path, { paths: ['pipe'] }))
    expect(named.problems.map(({ message }) => message)).toEqual([
      'pipe was not read: it is a pipe; pipe it to - to have it read',
    ])
  })

  test('a device and a socket are named', async () => {
    const { path } = folderWithPod()
    const server = createServer().listen(join(path, 's.json'))
    onTestFinished(() => void server.close())
    await new Promise(resolve => server.once('listening', resolve))
    const collection = await collectFiles(requestFor(path, { paths: ['.', '/dev/zero'] }))
    expect(found(collection)).toEqual(['good.yaml:1 (0) Pod good'])
    expect(gapsOf(collection)).toEqual([
      's.json not-collected: s.json was not read: it is a socket, not a file',
      '/dev/zero not-collected: /dev/zero was not read: it is a device; pipe it to - to have it read',
    ])
  })
})

test('a Chart.yaml or a kustomization that is a pipe is never waited for', async () => {
  const { path, write } = folderWithPod()
  write('chart/values.yaml', '')
  write('kustom/x.txt', '')
  execFileSync(mkfifo, [
    join(path, 'chart/Chart.yaml'),
    join(path, 'kustom/kustomization.yaml'),
    join(path, 'Chart'),
  ])
  write('linked/values.yaml', '')
  symlinkSync('../Chart', join(path, 'linked/Chart.yaml'))
  const collection = await collectFiles(requestFor(path))
  expect(found(collection)).toEqual(['good.yaml:1 (0) Pod good'])
  expect(gapsOf(collection)).toEqual([
    'chart/Chart.yaml not-collected: chart/Chart.yaml was not read: it is a pipe, not a file',
    'kustom/kustomization.yaml not-collected: kustom/kustomization.yaml was not read: it is a pipe, not a file',
    'linked not-collected: the chart linked was not rendered: its Chart.yaml cannot be read: it is a pipe, not a file',
  ])
})

test('a stream that breaks off is named, and what came before is kept', { timeout: 30_000 }, async () => {
  const list = JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }],
  })
  const broken = (text: string) =>
    (async function* () {
      yield Buffer.from(text)
      yield Buffer.alloc(17 * 1024 * 1024, ' ')
      throw new Error('the other end is gone')
    })()
  const json = await collectFrom({}, { paths: ['-'], stdin: broken(list) })
  expect(found(json)).toEqual(['-:1 (0.items[0]) Pod a'])
  expect(gapsOf(json)).toEqual(['- truncated: -: reading it ended early: the other end is gone'])
  const yaml = await collectFrom({}, { paths: ['-'], stdin: broken(pod('a')) })
  expect(found(yaml)).toEqual([])
  expect(gapsOf(yaml)).toEqual(['- truncated: -: reading it ended early: the other end is gone'])
  expect(yaml.problems.length).toBe(1)
})

describe('what cannot be opened', () => {
  test.skipIf(isRoot)('a file and a folder without permission are named', async () => {
    const { path, write } = folderWithPod()
    write('secret.yaml', pod('s'), 0o000)
    write('closed/x.yaml', pod('x'))
    chmodSync(join(path, 'closed'), 0o000)
    onTestFinished(() => chmodSync(join(path, 'closed'), 0o755))
    expect(gapsOf(await collectFiles(requestFor(path)))).toEqual([
      'closed not-collected: closed was not read: permission is denied',
      'secret.yaml not-collected: secret.yaml was not read: permission is denied',
    ])
  })

  test('what vanishes between the walk and the reading is named', async () => {
    const { path, write } = folderWithPod()
    for (let index = 0; index < 8; index++) write(`x${index}.yaml`, pod(`x${index}`))
    const collection = await collectFiles(
      requestFor(path, { progress: () => rmSync(join(path, 'x7.yaml'), { force: true }) }),
    )
    expect(collection.snapshot.resources.length).toBe(8)
    expect(gapsOf(collection)).toEqual([
      'x7.yaml not-collected: x7.yaml was not read: there is no such file or folder',
    ])
  })
})

describe('bytes that are no text', () => {
  test.each([
    [
      'binary',
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0x0a, 0x41, 0x00]),
      '2:2: it is no text: it holds a NUL byte',
    ],
    ['latin 1', Buffer.from('# one\n# caf\xe9 \xe4 la\n', 'latin1'), '2:6: it is not UTF-8 text'],
    ['a character cut off', Buffer.from('a: \xc3', 'latin1'), '1:4: it is not UTF-8 text'],
    [
      'a late one',
      Buffer.concat([Buffer.from('# ä\n'.repeat(50_000)), Buffer.from([0xff])]),
      '50001:1: it is not UTF-8 text',
    ],
  ])('%s', async (_, bytes, message) => {
    const collection = await collectFrom({ 'bad.yaml': bytes, 'good.yaml': pod('good') })
    expect(found(collection)).toEqual(['good.yaml:1 (0) Pod good'])
    expect(gapsOf(collection)).toEqual([`bad.yaml unparsable: bad.yaml:${message}`])
  })
})

describe('size', { timeout: 30_000 }, () => {
  test('a line of many megabytes is read, and so is what stands beside it', async () => {
    const { path, write } = folderWithPod()
    const line = Buffer.alloc(20 * 1024 * 1024, 'x')
    write('line.yaml', Buffer.concat([Buffer.from(`${pod('line')}data: "`), line, Buffer.from('"\n')]))
    write('broken.yaml', Buffer.concat([Buffer.from('a: "'), line]))
    const collection = await collectFiles(requestFor(path))
    expect(found(collection)).toEqual(['good.yaml:1 (0) Pod good', 'line.yaml:1 (0) Pod line'])
    expect(collection.snapshot.gaps).toMatchObject([{ scope: 'broken.yaml', reason: 'unparsable' }])
  })

  test('YAML that no string can hold is named', async () => {
    const { path, write } = folderWithPod()
    truncateSync(write('huge.yaml', 'a: b\n'), 300 * 1024 * 1024)
    const collection = await collectFiles(requestFor(path))
    expect(found(collection)).toEqual(['good.yaml:1 (0) Pod good'])
    expect(collection.snapshot.gaps).toMatchObject([{ scope: 'huge.yaml', reason: 'truncated' }])
  })

  test('folders nested as deep as the system allows are walked', async () => {
    const { path } = folderWithPod()
    const deep = Array.from({ length: 300 }, () => 'd').join('/')
    mkdirSync(join(path, deep), { recursive: true })
    const { write } = {
      write: (name: string) => execFileSync('cp', [join(path, 'good.yaml'), join(path, deep, name)]),
    }
    write('deep.yaml')
    expect((await collectFiles(requestFor(path))).snapshot.resources.length).toBe(2)
  })
})

test('mangled manifests never make it fail: each file gives resources or gaps', {
  timeout: 30_000,
}, async () => {
  const whole = `${pod('a')}---\n${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ kind: 'Pod' }] })}\n`
  const mangled = fc.tuple(
    fc.nat(whole.length),
    fc.nat(whole.length),
    fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom('{', '[', '*x', '&x', '---', '\0', '"', '\t', '<<: *a', '? ', '|'),
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(mangled, { minLength: 1, maxLength: 4 }), async changes => {
      let text = whole
      for (const [from, to, put] of changes)
        text = text.slice(0, Math.min(from, to)) + put + text.slice(Math.max(from, to))
      const { snapshot } = await collectFrom(
        { 'm.yaml': text, 'good.yaml': pod('good') },
        { paths: ['m.yaml', 'good.yaml'] },
      )
      expect(snapshot.resources.some(({ source }) => source.file === 'good.yaml')).toBe(true)
      const ofMangled = [
        ...snapshot.resources.filter(({ source }) => source.file === 'm.yaml'),
        ...snapshot.gaps,
      ]
      expect(ofMangled.length).toBeGreaterThan(0)
    }),
    { seed: 11, numRuns: 100 },
  )
})
