import { appendFileSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Snapshot } from '@plimsoll/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { collectFiles } from './collect-files.ts'
import { openSnapshot, saveSnapshot } from './snapshot-file.ts'
import { snapshotLines } from './snapshot-format.ts'
import { gapsOf, pod, requestFor } from './testing/collection.ts'

const snapshot = (pods = 2): Snapshot => ({
  scope: {
    type: 'cluster',
    id: 'uid',
    name: 'prod (https://k8s)',
    kubernetesVersion: '1.34.4',
    provider: 'eks',
  },
  collector: { name: 'plimsoll', version: '0.1.0' },
  takenAt: '2026-01-02T03:04:05.000Z',
  gaps: [{ scope: 'cluster', kind: 'Role', reason: 'forbidden', detail: 'grant it' }],
  resources: Array.from({ length: pods }, (_, index) => ({
    resource: { apiVersion: 'v1', kind: 'Pod', metadata: { name: `p${index}`, annotations: { a: 'ü\n' } } },
    source: { file: 'https://k8s', document: 0 },
  })),
})

describe('a saved snapshot', { timeout: 30_000 }, () => {
  test('is the same when it is opened, and is for its owner alone', async () => {
    const file = join(scratchFolder().path, 's.snapshot')
    const saved = await saveSnapshot(snapshot(), file)
    expect(saved).toEqual({ ok: true, value: { bytes: statSync(file).size } })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await openSnapshot(file)).toEqual({ ok: true, value: snapshot() })
  })

  test('takes the place of another file only as a whole, and its mode does not stay', async () => {
    const { path, write } = scratchFolder()
    const file = write('s', 'old', 0o644)
    symlinkSync('s', join(path, 'link'))
    await saveSnapshot(snapshot(), join(path, 'link'))
    expect(readFileSync(file, 'utf8')).toBe('old')
    await saveSnapshot(snapshot(), file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(path).sort()).toEqual(['link', 's'])
  })

  test('that cannot be written is refused, and leaves nothing behind', async () => {
    const { path } = scratchFolder({ 'a/b': '' })
    expect(await saveSnapshot(snapshot(), join(path, 'gone', 's'))).toMatchObject({
      ok: false,
      problems: [{ code: 'unwritable-output' }],
    })
    expect(await saveSnapshot(snapshot(), join(path, 'a'))).toMatchObject({ ok: false })
    expect(readdirSync(path)).toEqual(['a'])
  })

  test('holds no credential, of whatever it was made, and keeps what they were when it is saved again', async () => {
    const secret = fc
      .stringMatching(/^[A-Za-z0-9]{20,40}$/)
      .filter(text => /\d/.test(text) && /[A-Z]/.test(text))
    const manifest = (password: string) =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name: 'p', labels: { password }, annotations: { hook: `https://a:${password}@b/` } },
            spec: {
              containers: [
                {
                  name: 'c',
                  command: ['sh', '-c', `PGPASSWORD=${password} serve`],
                  args: ['--client-secret', password, `--dsn=postgres://a:${password}@db/x`],
                  env: [{ name: 'DB_PASSWORD', value: password }],
                },
              ],
            },
          },
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'm' },
            data: { 'a.properties': `# old.password=${password}\ndb.password=${password}\n` },
            binaryData: { 'b.properties': Buffer.from(`db.password=${password}\n`).toString('base64') },
          },
          {
            apiVersion: 'example.com/v1',
            kind: 'Release',
            metadata: { name: 'r' },
            spec: { values: { password } },
          },
          { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { password } },
        ],
      })
    await fc.assert(
      fc.asyncProperty(secret, async password => {
        const { path } = scratchFolder({ 'a.json': manifest(password) })
        const { snapshot } = await collectFiles(requestFor(path))
        const [first, second] = [join(path, 'first'), join(path, 'second')]
        await saveSnapshot(snapshot, first)
        const text = readFileSync(first, 'utf8')
        expect(text).not.toContain(password)
        const binary = /"b.properties":"([^"]+)"/.exec(text)?.[1] ?? ''
        expect(Buffer.from(binary, 'base64').toString()).toBe(
          `db.password=PLIMSOLL-REDACTED.name.token.${password.length}.db.password_.\n`,
        )
        const opened = await openSnapshot(first)
        if (!opened.ok) throw new Error('it does not open')
        await saveSnapshot(opened.value, second)
        expect(readFileSync(second, 'utf8')).toBe(text)
      }),
      { seed: 3, numRuns: 20 },
    )
  })

  test('larger than what is read at once comes whole', async () => {
    const file = join(scratchFolder().path, 's')
    const filler = 'x'.repeat(1024 * 1024)
    const resources = snapshot(20).resources.map(({ resource, source }) => ({
      resource: { ...resource, filler },
      source,
    }))
    const large = { ...snapshot(), resources }
    await saveSnapshot(large, file)
    expect(statSync(file).size).toBeGreaterThan(16 * 1024 * 1024)
    expect(await openSnapshot(file)).toEqual({ ok: true, value: large })
  })
})

describe('a snapshot is refused', () => {
  const lines = [...snapshotLines(snapshot())]
  const open = async (text: string) => {
    const result = await openSnapshot(scratchFolder().write('s', text))
    return result.ok
      ? []
      : result.problems.map(({ line, message }) => `${line}: ${message.replace(/^.*: /, '')}`)
  }

  test.each([
    [
      'of a later version',
      lines.join('').replace('"version":1', '"version":2'),
      /^1: it is of snapshot version 2, and this Plimsoll reads version 1/,
    ],
    ['that has been cut off', lines.slice(0, 3).join(''), /^3: .*it has been cut off/],
    ['cut off inside a line', lines.join('').slice(0, -20), /^4: it is no valid JSON/],
    [
      'with a damaged header',
      lines.join('').replace('"type":"cluster"', '"type":"planet"'),
      /^1: its header is damaged/,
    ],
    ['with a damaged gap', lines.join('').replace('"forbidden"', '"whim"'), /^2: a gap is damaged/],
    [
      'with a damaged resource',
      lines.join('').replace('"kind":"Pod"', '"kind":5'),
      /^3: a resource is damaged/,
    ],
    ['of another kind', '{"kind":"List"}', /^1: it is no snapshot of Plimsoll/],
    ['that is empty', '', /^1: it is no snapshot/],
  ])('%s', async (_, text, message) => {
    const problems = await open(text)
    expect(problems.length).toBe(1)
    expect(problems[0]).toMatch(message)
  })

  test('that is not there', async () => {
    expect(await openSnapshot('/gone/s')).toMatchObject({
      ok: false,
      problems: [{ code: 'unreadable-input' }],
    })
  })
})

describe('among the paths of a scan', () => {
  const text = [...snapshotLines(snapshot())].join('')

  test('it is what is judged, with its own scope and gaps', async () => {
    const { path } = scratchFolder({ 's.txt': text })
    const byName = await collectFiles(requestFor(path, { paths: ['s.txt'] }))
    expect(byName.snapshot).toEqual(snapshot())
    expect(byName.problems).toEqual([])
    const stdin = (async function* () {
      yield Buffer.from(text)
    })()
    expect((await collectFiles(requestFor(path, { paths: ['-'], stdin }))).snapshot).toEqual(snapshot())
  })

  test('values of Secrets that somebody wrote into it do not come in', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'c2VjcmV0' } }
    const line = `${JSON.stringify({ resource: secret, source: { file: 'x', document: 0 } })}\n`
    const { path } = scratchFolder({ s: text.replace('"resources":2', '"resources":3') + line })
    const collection = await collectFiles(requestFor(path, { paths: ['s'] }))
    expect(collection.snapshot.resources.length).toBe(3)
    expect(JSON.stringify(collection.snapshot)).not.toContain('c2VjcmV0')
  })

  test('it cannot be mixed with others, and is passed over in folders', async () => {
    const { path } = scratchFolder({ 's.json': text, 'a.yaml': pod('a') })
    const mixed = await collectFiles(requestFor(path, { paths: ['s.json', 'a.yaml'] }))
    expect(mixed.problems.map(({ file }) => file)).toEqual(['s.json'])
    expect(mixed.snapshot.gaps.map(({ scope }) => scope)).toEqual(['s.json'])
    expect(mixed.snapshot.resources.length).toBe(1)
    const walked = await collectFiles(requestFor(path))
    expect(gapsOf(walked)).toEqual([])
    expect(walked.snapshot.resources.length).toBe(1)
    expect(walked.tally.notKubernetes).toBe(1)
  })

  test('a damaged one is a problem and a gap', async () => {
    const { path } = scratchFolder({ s: text })
    appendFileSync(join(path, 's'), '{')
    const collection = await collectFiles(requestFor(path, { paths: ['s'] }))
    expect(collection.problems).toMatchObject([{ code: 'unreadable-input', file: 's', line: 5 }])
    expect(collection.snapshot.gaps).toMatchObject([{ scope: 's', reason: 'unparsable' }])
    writeFileSync(join(path, 's'), text)
    expect((await collectFiles(requestFor(path, { paths: ['s'] }))).problems).toEqual([])
  })
})
