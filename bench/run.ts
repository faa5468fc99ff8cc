// Bench: measures the budgets as ratios within one run and prints them as a table; `npm run bench`.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { manifests, podDump } from './corpora.ts'
import { findKubeScore } from './kube-score.ts'
import { type Command, compare, type Figures } from './measure.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '..')
const out = join(here, 'dist')
const rounds = Number(process.env.BENCH_ROUNDS ?? 5)

/** Bundles a script of this folder, so that it starts as a built program does. */
async function bundle(name: string): Promise<string> {
  mkdirSync(out, { recursive: true })
  const outfile = join(out, `${name}.mjs`)
  await build({
    entryPoints: [join(here, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  })
  return outfile
}

const scan = (name: string, ...args: string[]): Command => ({
  name,
  run: [process.execPath, join(root, 'packages/cli/dist/plimsoll.mjs'), 'scan', ...args],
})

interface Row {
  readonly work: string
  readonly budget: string
  readonly measured: string
}

const mega = (path: string) => `${(statSync(path).size / 1e6).toFixed(0)} MB`
const figures = (one: Figures) =>
  `${one.seconds.toFixed(2)} s (${one.fastest.toFixed(2)}–${one.slowest.toFixed(2)}), ${one.peakMiB.toFixed(0)} MiB`

async function engineRow(dump: string, what: string): Promise<Row> {
  const script = await bundle('engine')
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--max-old-space-size=4096', script, dump, String(rounds)],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error('the engine bench failed')
  const found = JSON.parse(stdout) as {
    ratio: number
    cpuRatio: number
    parsed: number
    judged: number
    results: number
    rules: number
    peakMiB: number
  }
  return {
    work: `engine, all ${found.rules} rules, 25,000 pods, ${what} (${mega(dump)})`,
    budget: '≤ 2× JSON.parse',
    measured: `${found.ratio.toFixed(2)}× (${found.judged.toFixed(2)} s against ${found.parsed.toFixed(2)} s; ${found.cpuRatio.toFixed(2)}× by CPU time; ${found.results.toLocaleString('en')} results; ${found.peakMiB.toFixed(0)} MiB with the parsed dump)`,
  }
}

async function manifestRows(folder: string): Promise<Row[]> {
  const floor: Command = { name: 'js-yaml', run: [process.execPath, await bundle('floor-yaml'), folder] }
  const kubeScore = await findKubeScore()
  const peer: Command[] = kubeScore
    ? [
        {
          name: 'kube-score',
          run: [kubeScore, 'score', '-o', 'ci', ...readdirSync(folder).map(file => join(folder, file))],
        },
      ]
    : []
  const [table, json, bare, other] = await compare(
    [scan('scan', folder), scan('scan -o json', folder, '-o', 'json'), floor, ...peer],
    rounds,
  )
  if (!table || !json || !bare) throw new Error('nothing was measured')
  const work = 'cold `scan` of 2,000 YAML resources in 18 files, all rules'
  const row = (what: string, budget: string, one: Figures): Row => ({
    work: `${work}, ${what}`,
    budget,
    measured: `${(one.seconds / bare.seconds).toFixed(2)}×: ${figures(one)} against ${figures(bare)}`,
  })
  return [
    row('table', '≤ 2× bare js-yaml, peak ≤ 250 MB', table),
    row('json', '≤ 2× bare js-yaml, peak ≤ 250 MB', json),
    {
      work: 'the same, kube-score 1.20.0',
      budget: 'slower than ours',
      measured: other
        ? `${(other.seconds / table.seconds).toFixed(1)}× our time: ${figures(other)}`
        : 'not there: needs Go',
    },
  ]
}

async function dumpRow(dump: string): Promise<Row> {
  const floor: Command = { name: 'JSON.parse', run: [process.execPath, await bundle('floor-json'), dump] }
  const [ours, bare] = await compare([scan('scan', dump), floor], Math.min(rounds, 3))
  if (!ours || !bare) throw new Error('nothing was measured')
  return {
    work: `cold \`scan\` of a dump of 25,000 pods (${mega(dump)})`,
    budget: 'reported',
    measured: `${(ours.seconds / bare.seconds).toFixed(1)}× a bare JSON.parse: ${figures(ours)} against ${figures(bare)}`,
  }
}

const folder = manifests(2000)
const dump = podDump(25_000)
const rows = [
  await engineRow(dump, 'five of each ReplicaSet'),
  await engineRow(podDump(25_000, true), 'no two alike'),
  ...(await manifestRows(folder)),
  await dumpRow(dump),
]
console.log('| work | budget | measured (median of whole processes) |\n| --- | --- | --- |')
for (const row of rows) console.log(`| ${row.work} | ${row.budget} | ${row.measured} |`)
