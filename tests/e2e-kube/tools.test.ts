/** The tools that fetch and build the real binaries: what they say where they cannot, and that they do not collide. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ensureBinaries } from '../../tools/kube/binaries.ts'
import { withLock } from '../../tools/kube/lock.ts'
import { kubeCli } from '../../tools/kube-cli/kube-cli.ts'
import { unzipEntry } from '../../tools/kube-cli/unzip.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-tools-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

describe('a lock', () => {
  test('lets one work at a time, and tells the other whom it waits for', async () => {
    const path = join(folder, 'lock')
    const happened: string[] = []
    let second: Promise<void> | undefined
    await withLock(path, async () => {
      await new Promise<number>(waiting => {
        second = withLock(path, async () => void happened.push('second works'), waiting)
      }).then(holder => expect(holder).toBe(process.pid))
      happened.push('first ends')
    })
    await second
    expect(happened).toEqual(['first ends', 'second works'])
  })

  test('is given back when the work fails', async () => {
    const path = join(folder, 'lock')
    await expect(withLock(path, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await withLock(path, () => Promise.resolve('done'))).toBe('done')
  })

  test('of a dead process holds nobody up', async () => {
    const path = join(folder, 'lock')
    const dead = spawn('true')
    await once(dead, 'exit')
    await writeFile(path, `${dead.pid} 1 x\n`)
    expect(await withLock(path, () => Promise.resolve('done'))).toBe('done')
  })

  test('of a process whose id another one has now holds nobody up', async () => {
    const path = join(folder, 'lock')
    await writeFile(path, `${process.pid} 1 x\n`)
    expect(await withLock(path, () => Promise.resolve('done'))).toBe('done')
  })
})

describe('an archive', () => {
  test('gives its entries, packed or not', () => {
    const archive = zip({ 'a/one': Buffer.from('first'), 'a/two': Buffer.alloc(10_000, 'second') })
    expect(unzipEntry(archive, 'a/one').toString()).toBe('first')
    expect(unzipEntry(archive, 'a/two')).toEqual(Buffer.alloc(10_000, 'second'))
  })

  test('that is none, lacks the entry or is damaged is an error', () => {
    const archive = zip({ one: Buffer.from('first') })
    expect(() => unzipEntry(archive, 'two')).toThrow('no entry two in the zip archive')
    expect(() => unzipEntry(Buffer.from('text'), 'one')).toThrow('not a zip archive')
    archive.write('F', archive.indexOf('first'))
    expect(() => unzipEntry(archive, 'one')).toThrow('zip entry one is damaged')
  })
})

describe('binaries that are not in the cache', () => {
  beforeEach(() => {
    vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'))
    vi.stubEnv('PATH', folder)
  })

  test('cannot be had without Go', async () => {
    const detail = 'no etcd in the cache, and no Go to build it with'
    expect(await ensure()).toEqual({ available: false, reason: 'no-go', detail })
  })

  test('cannot be had with a Go that is too old', async () => {
    await fakeGo(
      '[ "$1" = version ] && echo go version go1.19 && exit; echo unknown directive: tool >&2; exit 1',
    )
    const detail = 'no etcd in the cache, and go version go1.19 says: unknown directive: tool'
    expect(await ensure()).toEqual({ available: false, reason: 'go-too-old', detail })
  })

  test('are left alone when the build fails, and the reason is told', async () => {
    await fakeGo('[ "$1" = build ] && echo no network here >&2 && exit 1; echo fine')
    const answer = await ensure()
    expect(answer).toMatchObject({ available: false, reason: 'build-failed' })
    expect(answer).toHaveProperty('detail', expect.stringContaining('no network here'))
  })

  test('are built once and then found', async () => {
    // Writes what follows -o, as a compiler would.
    await fakeGo(
      '[ "$1" = build ] || exit 0; while [ "$1" != -o ]; do shift; done; printf x >"$2"; /bin/chmod +x "$2"',
    )
    const first = await ensure()
    await fakeGo('exit 1')
    expect(await ensure()).toEqual(first)
    expect(first).toMatchObject({
      available: true,
      paths: { etcd: expect.stringMatching(/\/v[\d.]+\/etcd$/) },
    })
  })
})

const cli = await kubeCli()
if (!cli.available) process.stderr.write(`skipped kubectl and helm (${cli.reason}): ${cli.detail}\n`)

test.skipIf(!cli.available)('kubectl and both helms run', async () => {
  if (!cli.available) return
  expect(await run(cli.kubectl, 'version', '--client')).toMatch(
    /Client Version: v1\.35\..*Kustomize Version: v5\./s,
  )
  expect(await run(cli.helm, 'version', '--short')).toMatch(/^v4\./)
  expect(await run(cli.helm3, 'version', '--short')).toMatch(/^v3\./)
})

/** A program `go` that does as it is told, and all there is on the PATH. */
async function fakeGo(script: string): Promise<void> {
  await writeFile(join(folder, 'go'), `#!/bin/sh\n${script}\n`)
  await chmod(join(folder, 'go'), 0o755)
}

async function ensure() {
  return await ensureBinaries(['etcd'], { onLine: () => {} })
}

async function run(file: string, ...args: string[]): Promise<string> {
  return (await promisify(execFile)(file, args)).stdout
}

/** A zip archive: the first entry stored, the others deflated, with the least that the format asks for. */
function zip(files: Readonly<Record<string, Buffer>>): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(files)) {
    const method = bodies.length === 0 ? 0 : 8
    const packed = method === 0 ? content : deflateRawSync(content)
    const facts = Buffer.alloc(20)
    facts.writeUInt16LE(method, 2)
    facts.writeUInt32LE(crc32(content), 8)
    facts.writeUInt32LE(packed.length, 12)
    facts.writeUInt32LE(content.length, 16)
    const nameLength = Buffer.alloc(4)
    nameLength.writeUInt16LE(name.length)
    const version = Buffer.from([20, 0])
    const local = [Buffer.from('PK\x03\x04'), version, facts, nameLength, Buffer.from(name), packed]
    const offset = Buffer.alloc(14)
    offset.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\x01\x02'), version, version, facts, nameLength, offset, Buffer.from(name))
    const body = Buffer.concat(local)
    bodies.push(body)
    at += body.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(bodies.length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, ...directory, end])
}
