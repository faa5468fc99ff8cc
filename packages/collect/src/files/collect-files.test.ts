import { describe, expect, test } from 'vitest'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { collectFiles } from './collect-files.ts'
import { collectFrom, found, gapsOf, pod, requestFor } from './testing/collection.ts'

const podJson = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [] },
})

describe('what is read', () => {
  test('YAML and JSON files of a folder, by name, deep ones too', async () => {
    const collection = await collectFrom({
      'b.yaml': pod('b'),
      'a/2.yml': `${pod('a2')}---\n${pod('a3')}`,
      'a/1.json': JSON.stringify(podJson('a1')),
      'a.txt': pod('no'),
      README: 'no',
    })
    expect(found(collection)).toEqual([
      'a/1.json:1 (0) Pod a1',
      'a/2.yml:1 (0) Pod a2',
      'a/2.yml:8 (1) Pod a3',
      'b.yaml:1 (0) Pod b',
    ])
    expect(collection.snapshot.gaps).toEqual([])
    expect(collection.problems).toEqual([])
    expect(collection.tally).toEqual({
      files: 3,
      otherFiles: 2,
      excluded: 0,
      unusedExcludes: [],
      documents: 4,
      notKubernetes: 0,
      rendered: 0,
    })
    expect(collection.snapshot.scope).toEqual({ type: 'files', id: 'files', name: '.' })
    expect(collection.snapshot.takenAt).toBe('2026-01-02T03:04:05.000Z')
  })

  test('lists are taken apart, each item with its place', async () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [podJson('a'), podJson('b')] }
    const collection = await collectFrom({ 'list.json': JSON.stringify(list, undefined, 2) })
    expect(found(collection)).toEqual(['list.json:5 (0.items[0]) Pod a', 'list.json:15 (0.items[1]) Pod b'])
  })

  test('files that are named are read whatever their name is, and shown as they were typed', async () => {
    const { path } = scratchFolder({ 'x/manifest.txt': pod('a'), 'y.yaml': pod('b') })
    const typed = await collectFiles(requestFor(path, { paths: ['./x/manifest.txt', `${path}/y.yaml`] }))
    expect(found(typed)).toEqual(['x/manifest.txt:1 (0) Pod a', `${path}/y.yaml:1 (0) Pod b`])
  })

  test('a file reached by two paths is read once', async () => {
    const collection = await collectFrom({ 'a/x.yaml': pod('x') }, { paths: ['a', 'a/x.yaml', 'a', './a/'] })
    expect(found(collection)).toEqual(['a/x.yaml:1 (0) Pod x'])
    expect(collection.snapshot.gaps).toEqual([])
  })

  test('standard input, once', async () => {
    const stdin = async function* () {
      const bytes = Buffer.from(`${pod('a')}---\n${pod('b')}`)
      yield bytes.subarray(0, 20)
      yield bytes.subarray(20)
    }
    const collection = await collectFrom({}, { paths: ['-', '-'], stdin: stdin() })
    expect(found(collection)).toEqual(['-:1 (0) Pod a', '-:8 (1) Pod b'])
  })

  test('objects without a name, with generateName, and without metadata', async () => {
    const collection = await collectFrom({
      'a.yaml':
        'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: run-}\n---\napiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: Pod\nmetadata:\n',
    })
    expect(collection.snapshot.resources.map(({ resource }) => [resource.kind, resource.metadata])).toEqual([
      ['Job', { generateName: 'run-' }],
      ['Pod', {}],
      ['Pod', {}],
    ])
  })

  test('text in UTF-16, as PowerShell writes it, and with CRLF and a byte order mark', async () => {
    const collection = await collectFrom({
      'le.yaml': Buffer.from(`\ufeff${pod('le')}`, 'utf16le'),
      'be.yaml': Buffer.from(`\ufeff${pod('be')}`, 'utf16le').swap16(),
      'crlf.yaml': `\ufeff${pod('crlf')}---\n${pod('two')}`.replaceAll('\n', '\r\n'),
    })
    expect(found(collection)).toEqual([
      'be.yaml:1 (0) Pod be',
      'crlf.yaml:1 (0) Pod crlf',
      'crlf.yaml:8 (1) Pod two',
      'le.yaml:1 (0) Pod le',
    ])
  })

  test('Secrets and copies of objects do not come in', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 's',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'c2VjcmV0' },
      },
      data: { key: 'c2VjcmV0' },
    }
    const collection = await collectFrom({ 'a.json': JSON.stringify(secret) })
    expect(collection.snapshot.resources[0]?.resource).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', annotations: {} },
      redacted: { data: { key: 8 } },
    })
  })

  test('keys that come twice are noted', async () => {
    const { notes } = await collectFrom({ 'a.yaml': `${pod('a')}kind: Pod\n` })
    expect(notes).toMatchObject([{ file: 'a.yaml', line: 7, column: 1 }])
  })
})

describe('what is no object', () => {
  const foreign = {
    'package.json': '{"name": "shop", "version": "1.0.0"}',
    'values.yaml': 'replicas: 2\n',
    'compose.yaml': 'services:\n  web:\n    image: web\n',
    'list.json': '[1, 2]',
    'text.yaml': 'just words\n',
    'kubeconfig.yaml':
      'apiVersion: v1\nkind: Config\nclusters: []\nusers:\n- name: u\n  user: {token: c2VjcmV0}\n',
  }

  test('is counted in folders, and no gap', async () => {
    const collection = await collectFrom({ ...foreign, 'pod.yaml': pod('a') })
    expect(found(collection)).toEqual(['pod.yaml:1 (0) Pod a'])
    expect(gapsOf(collection)).toEqual([])
    expect(collection.tally.notKubernetes).toBe(6)
    expect(JSON.stringify(collection.snapshot)).not.toContain('c2VjcmV0')
  })

  test.each(Object.keys(foreign))('is an error where %s was named', async name => {
    const collection = await collectFrom(foreign, { paths: [name] })
    expect(collection.problems).toMatchObject([{ code: 'unreadable-input', file: name }])
    expect(collection.snapshot.gaps.length).toBe(1)
    expect(collection.snapshot.resources).toEqual([])
  })

  test('is a gap beside objects of a file that was named', async () => {
    const collection = await collectFrom({ 'a.yaml': `${pod('a')}---\nreplicas: 2\n` }, { paths: ['a.yaml'] })
    expect(collection.problems).toEqual([])
    expect(gapsOf(collection)).toEqual([
      'a.yaml unparsable: a.yaml:8:1: not a Kubernetes object: no apiVersion and no kind',
    ])
  })

  test('in a folder with nothing else makes the folder a gap', async () => {
    expect(gapsOf(await collectFrom(foreign))).toEqual([
      '. not-collected: no Kubernetes objects were found in .',
    ])
    expect(gapsOf(await collectFrom({}))).toEqual(['. not-collected: no Kubernetes objects were found in .'])
    const two = await collectFrom({ 'a/x.yaml': pod('a'), 'b/x.txt': '' }, { paths: ['a', 'b'] })
    expect(gapsOf(two)).toEqual(['b not-collected: no Kubernetes objects were found in b'])
  })

  test('an empty file, and nothing on standard input, are errors', async () => {
    const stdin = async function* () {}
    const collection = await collectFrom(
      { 'a.yaml': '# nothing\n' },
      { paths: ['a.yaml', '-'], stdin: stdin() },
    )
    expect(collection.problems.map(({ file }) => file)).toEqual(['a.yaml', '-'])
    expect(gapsOf(collection)).toEqual([
      'a.yaml not-collected: a.yaml holds no Kubernetes objects',
      '- not-collected: - holds no Kubernetes objects',
    ])
  })
})

describe('what cannot be read', () => {
  test('a broken document is a gap at its place, and the others are read', async () => {
    const collection = await collectFrom({
      'a.yaml': `${pod('a')}---\nkind: [\n---\n${pod('b')}`,
      'b.json': '{"a": "b" "c"}',
    })
    expect(found(collection)).toEqual(['a.yaml:1 (0) Pod a', 'a.yaml:10 (2) Pod b'])
    expect(collection.snapshot.gaps).toMatchObject([
      { scope: 'a.yaml', reason: 'unparsable', line: 9, column: 1 },
      { scope: 'b.json', reason: 'unparsable', line: 1, column: 11 },
    ])
    expect(collection.problems).toEqual([])
  })

  test('a field that says what the object is, but no text, is a gap', async () => {
    expect(gapsOf(await collectFrom({ 'a.yaml': 'apiVersion: 1\nkind: Pod\n' }))).toEqual([
      'a.yaml unparsable: a.yaml:1:1: not a Kubernetes object: apiVersion is the number 1, not text',
    ])
  })

  test('metadata of a wrong type is a gap of that kind', async () => {
    const collection = await collectFrom({ 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: [a]\n' })
    expect(collection.snapshot.gaps).toMatchObject([
      { scope: 'a.yaml', kind: 'Pod', reason: 'unparsable', line: 1 },
    ])
  })

  test('a path that is not there is a problem and a gap', async () => {
    const collection = await collectFrom({ 'a.yaml': pod('a') }, { paths: ['a.yaml', 'gone.yaml'] })
    expect(found(collection)).toEqual(['a.yaml:1 (0) Pod a'])
    expect(collection.problems).toEqual([
      {
        code: 'unreadable-input',
        message: 'gone.yaml was not read: there is no such file or folder',
        file: 'gone.yaml',
      },
    ])
    expect(collection.snapshot.gaps).toMatchObject([{ scope: 'gone.yaml', reason: 'not-collected' }])
  })

  test('a file with thousands of broken documents tells of some, and how many more', async () => {
    const collection = await collectFrom({ 'a.yaml': '---\n[\n'.repeat(3_000) })
    expect(collection.snapshot.gaps.length).toBe(101)
    expect(collection.snapshot.gaps.at(-1)?.detail).toBe(
      '2900 more documents or items of a.yaml cannot be read',
    )
  })
})

describe('what is left out', () => {
  test('by globs, and those that match nothing are told', async () => {
    const collection = await collectFrom(
      {
        'a.yaml': pod('a'),
        'a.test.yaml': pod('t'),
        'old/b.yaml': pod('b'),
        'x/old/c.yaml': pod('c'),
        'x/vendor/d.yaml': pod('d'),
        'y/e.json': '{',
      },
      { exclude: ['*.test.yaml', 'old/', 'x/**/d.yaml', 'y/?.{json,yml}', 'nothing'] },
    )
    expect(found(collection)).toEqual(['a.yaml:1 (0) Pod a'])
    expect(collection.snapshot.gaps).toEqual([])
    expect(collection.tally.excluded).toBe(5)
    expect(collection.tally.unusedExcludes).toEqual(['nothing'])
  })

  test('the folders .git and node_modules', async () => {
    const collection = await collectFrom({
      '.git/a.yaml': pod('a'),
      'x/node_modules/p/b.yaml': pod('b'),
      '.hidden/c.yaml': pod('c'),
    })
    expect(found(collection)).toEqual(['.hidden/c.yaml:1 (0) Pod c'])
  })
})

test('progress is told for each input', async () => {
  const told: string[] = []
  await collectFrom(
    { 'a.yaml': pod('a'), 'b.yaml': pod('b') },
    { progress: ({ phase, what, done }) => told.push(`${phase} ${what} ${done}`) },
  )
  expect(told).toEqual(['reading a.yaml 1', 'reading b.yaml 2'])
})
