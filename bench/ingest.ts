// Ingest: how long the server takes for a first snapshot, the same again, one changed object, and how much memory and disk it needs.
//
// `npx tsx bench/ingest.ts [pods]`: the server runs in a process of its own, with the database beside it; the lines are made before.

import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGzip } from 'node:zlib'
import { acceptableKey, canonicalJson, SnapshotDigest } from '@plimsoll/core'
import { clusterObjects } from './large-cluster.ts'

const pods = Number(process.argv[2] ?? 75_000)
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-ingest-'))
const sha256 = (text: string) => createHash('sha256').update(text).digest()

const head = (sequence: number, base?: number) => ({
  format: 'plimsoll-ingest',
  version: 1,
  cluster: { uid: '5e1fa13c-8f0c-4c6e-9d55-0e3c6f5b8a01', name: 'bench', version: '1.34.4' },
  scope: 'api',
  collector: { name: 'bench', version: '0.0.0', id: 'bench' },
  collectedAt: '2026-02-03T04:05:06.000Z',
  sequence,
  ...(base !== undefined && { base }),
  gaps: [],
})

interface Written {
  readonly file: string
  readonly objects: number
  readonly bytes: number
  /** An object of it, changed. */
  readonly changed: { readonly key: string; readonly text: string }
}

/** Writes a full snapshot, packed, as the client sends it: whole, or each object by its hash. */
async function write(name: string, sequence: number, isWhole: boolean): Promise<Written> {
  const file = join(folder, name)
  const digest = new SnapshotDigest(head(sequence), sha256)
  let bytes = 0
  let changed: Written['changed'] | undefined
  async function* lines() {
    let piece = `${JSON.stringify(head(sequence))}\n`
    for (const object of clusterObjects({ pods })) {
      const accepted = acceptableKey(object)
      if ('problem' in accepted) throw new Error(accepted.problem)
      const text = canonicalJson(object)
      const hash = sha256(text).toString('hex')
      digest.add(accepted.key, hash)
      changed ??= { key: accepted.key, text: canonicalJson({ ...object, changed: true }) }
      bytes += text.length
      piece += isWhole ? `${text}\n` : `${JSON.stringify([accepted.key, hash])}\n`
      if (piece.length > 1 << 16) {
        yield piece
        piece = ''
      }
    }
    yield `${piece}${JSON.stringify({ end: { items: digest.items, digest: digest.value() } })}\n`
  }
  await pipeline(lines, createGzip({ level: 2 }), createWriteStream(file))
  if (!changed) throw new Error('there are no objects')
  return { file, objects: digest.items, bytes, changed }
}

interface Ready {
  readonly port: number
  readonly token: string
}
interface Usage {
  readonly peakMiB: number
  readonly cpuSeconds: number
  readonly database: Readonly<Record<string, number>>
}

const server: ChildProcess = fork(fileURLToPath(new URL('./ingest-server.ts', import.meta.url)), {
  execArgv: ['--import', 'tsx'],
})
const { port, token } = await new Promise<Ready>(resolve =>
  server.once('message', one => resolve(one as Ready)),
)
const usage = () =>
  new Promise<Usage>(resolve => {
    server.once('message', one => resolve(one as Usage))
    server.send('usage')
  })

/** Sends a packed file or a text; gives the seconds until the answer. */
async function send(
  body: string | { readonly file: string },
): Promise<{ seconds: number; answer: Record<string, unknown> }> {
  const begun = performance.now()
  const answer = await new Promise<Record<string, unknown>>((resolve, reject) => {
    const request = http.request(
      {
        port,
        method: 'POST',
        path: '/api/v1/ingest/snapshots',
        headers: {
          authorization: `Bearer ${token}`,
          ...(typeof body !== 'string' && { 'content-encoding': 'gzip' }),
        },
      },
      response => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () => resolve(JSON.parse(text) as Record<string, unknown>))
      },
    )
    request.on('error', reject)
    if (typeof body === 'string') request.end(body)
    else createReadStream(body.file).pipe(request)
  })
  if (answer.state !== 'accepted') throw new Error(JSON.stringify(answer).slice(0, 500))
  return { seconds: (performance.now() - begun) / 1000, answer }
}

function delta(sequence: number, key: string, text: string): string {
  const digest = new SnapshotDigest(head(sequence, sequence - 1), sha256)
  digest.add(key, sha256(text).toString('hex'))
  const end = JSON.stringify({ end: { items: 1, digest: digest.value() } })
  return `${JSON.stringify(head(sequence, sequence - 1))}\n${text}\n${end}\n`
}

try {
  const whole = await write('whole.gz', 1, true)
  const hashes = await write('hashes.gz', 2, false)
  const first = await send(whole)
  const afterFirst = await usage()
  const again = await send(hashes)
  const { key, text } = whole.changed
  const times: number[] = []
  for (let i = 0; i < 60; i++)
    times.push(
      (await send(delta(3 + i, key, text.replace('"changed":true', `"changed":${i}`)))).seconds * 1000,
    )
  times.sort((a, b) => a - b)
  const last = await usage()
  const mega = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`
  const rows = [
    [
      'objects',
      `${whole.objects.toLocaleString('en')} (${mega(whole.bytes)}; sent in ${mega(statSync(whole.file).size)})`,
    ],
    [
      'first snapshot',
      `${first.seconds.toFixed(1)} s; server ${afterFirst.cpuSeconds.toFixed(1)} s CPU, peak ${afterFirst.peakMiB.toFixed(0)} MiB`,
    ],
    ['the same again, by hashes', `${again.seconds.toFixed(1)} s (${mega(statSync(hashes.file).size)})`],
    ['one changed object', `p50 ${times[30]?.toFixed(0)} ms, p95 ${times[57]?.toFixed(0)} ms`],
    ['peak of the server process', `${last.peakMiB.toFixed(0)} MiB`],
    [
      'an object in the database',
      Object.entries(last.database)
        .map(([table, bytes]) => `${table} ${(bytes / whole.objects).toFixed(0)} B`)
        .join(', '),
    ],
  ]
  console.log(`| ingest of ${pods.toLocaleString('en')} pods | measured |\n| --- | --- |`)
  for (const [work, figure] of rows) console.log(`| ${work} | ${figure} |`)
} finally {
  server.send('stop')
  rmSync(folder, { recursive: true, force: true })
}
