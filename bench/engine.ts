// Engine bench: the time the engine takes to judge a dump by every rule, against JSON.parse of the same bytes, in one process.
//
// Prints one JSON line. Run by bench/run.ts; the engine is read from source, bundled by the caller.

import { readFileSync } from 'node:fs'
import { assess, type SourcedResource } from '@plimsoll/core'
import { editions, rules } from '@plimsoll/core/catalogue'

const [, , file, rounds = '3'] = process.argv
if (file === undefined) throw new Error('usage: engine <dump.json> [rounds]')
const text = readFileSync(file, 'utf8')
const newest = ['pss-baseline', 'pss-restricted'].map(
  family => editions.filter(edition => edition.benchmark === family).at(-1) as (typeof editions)[number],
)

/** Judges the objects of a parsed dump and gives the seconds taken and the number of results. */
function judge(items: readonly SourcedResource['resource'][]): { seconds: number; results: number } {
  const resources = items.map((resource, i) => ({
    resource,
    source: { file: file as string, document: 0, item: `items[${i}]` },
  }))
  const started = performance.now()
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
  return { seconds: (performance.now() - started) / 1000, results }
}

const ratios: number[] = []
let parsed = Number.NaN
let judged = Number.NaN
let results = 0
for (let round = 0; round < Number(rounds); round++) {
  const started = performance.now()
  const { items } = JSON.parse(text) as { items: SourcedResource['resource'][] }
  parsed = (performance.now() - started) / 1000
  const outcome = judge(items)
  judged = outcome.seconds
  results = outcome.results
  ratios.push(judged / parsed)
}
ratios.sort((a, b) => a - b)
console.log(
  JSON.stringify({
    ratio: ratios[Math.floor((ratios.length - 1) / 2)],
    parsed,
    judged,
    results,
    rules: rules.length,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  }),
)
