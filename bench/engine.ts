// Engine bench: the time the engine takes to judge a dump by every rule, against JSON.parse of the same bytes, in one process.
//
// Prints one JSON line: wall times and, for machines that do other work besides, CPU times. Run by bench/run.ts; the engine is read from source, bundled by the caller.

import { readFileSync } from 'node:fs'
import { assess, type SourcedResource } from '@plimsoll/core'
import { editions, rules } from '@plimsoll/core/catalogue'

const [, , file, rounds = '3'] = process.argv
if (file === undefined) throw new Error('usage: engine <dump.json> [rounds]')
const text = readFileSync(file, 'utf8')
const newest = ['pss-baseline', 'pss-restricted'].map(
  family => editions.filter(edition => edition.benchmark === family).at(-1) as (typeof editions)[number],
)

interface Spent {
  /** Seconds by the clock. */
  readonly wall: number
  /** Seconds of all threads of the process, those of the garbage collector among them. */
  readonly cpu: number
}

function timed<T>(work: () => T): Spent & { readonly made: T } {
  const cpu = process.cpuUsage()
  const started = performance.now()
  const made = work()
  const wall = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { wall, cpu: (user + system) / 1e6, made }
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN

/** Judges the objects of a parsed dump and gives the number of results. */
function judge(resources: readonly SourcedResource[]): number {
  const assessment = assess({
    snapshot: {
      scope: { type: 'files', id: 'files', name: 'bench' },
      collector: { name: 'bench', version: '0' },
      takenAt: '2026-01-01T00:00:00Z',
      resources,
      gaps: [],
    },
    rules,
    editions: newest,
    now: '2026-01-01T00:00:00Z',
    tool: { name: 'plimsoll', version: 'bench' },
  })
  let results = 0
  for (const _ of assessment.results()) results++
  assessment.summary()
  return results
}

const parses: Spent[] = []
const judgements: Spent[] = []
let results = 0
for (let round = 0; round < Number(rounds); round++) {
  // What was parsed is not kept with the times.
  const { made, ...parse } = timed(() => JSON.parse(text) as { items: SourcedResource['resource'][] })
  const resources = made.items.map((resource, i) => ({
    resource,
    source: { file, document: 0, item: `items[${i}]` },
  }))
  const judgement = timed(() => judge(resources))
  parses.push(parse)
  judgements.push(judgement)
  results = judgement.made
}
/** The median over the rounds of how many times the parsing the judging took. */
const ratioOf = (kind: keyof Spent) =>
  median(judgements.map((one, i) => one[kind] / (parses[i]?.[kind] ?? Number.NaN)))
console.log(
  JSON.stringify({
    ratio: ratioOf('wall'),
    cpuRatio: ratioOf('cpu'),
    parsed: median(parses.map(({ wall }) => wall)),
    judged: median(judgements.map(({ wall }) => wall)),
    cpuParsed: median(parses.map(({ cpu }) => cpu)),
    cpuJudged: median(judgements.map(({ cpu }) => cpu)),
    results,
    rules: rules.length,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  }),
)
