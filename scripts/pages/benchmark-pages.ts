// Benchmark pages: what each edition's controls are decided by, one Markdown page a family.

import type { Control, Edition, Undecided } from '../../packages/core/src/model/benchmark.ts'

/** Pages `docs/benchmarks/<family>.md` by path: counts for every edition, and every control of the newest. */
export function benchmarkPages(editions: readonly Edition[]): [string, string][] {
  const families = new Map<string, Edition[]>()
  for (const edition of editions) {
    const family = families.get(edition.benchmark)
    if (family) family.push(edition)
    else families.set(edition.benchmark, [edition])
  }
  return [...families].map(([family, own]) => [`docs/benchmarks/${family}.md`, page(family, own)])
}

function page(family: string, editions: readonly Edition[]): string {
  const newest = editions.at(-1) as Edition
  const lines = [
    `# ${family}`,
    '',
    'Generated from the catalogue.',
    '',
    '| edition | controls | decided | attestable by a person | waiting for a collector |',
    '| --- | --- | --- | --- | --- |',
    ...editions.map(edition => {
      const count = (test: (control: Control) => boolean) => edition.controls.filter(test).length
      return `| ${edition.edition} | ${edition.controls.length} | ${count(isDecided)} | ${count(isManual)} | ${count(isWaiting)} |`
    }),
    '',
    `## ${newest.title}`,
    '',
    `Source: ${newest.source}`,
    '',
    '| control | title | decided by |',
    '| --- | --- | --- |',
    ...newest.controls.map(control => `| ${control.id} | ${control.title} | ${deciders(control)} |`),
  ]
  return `${lines.join('\n')}\n`
}

const isDecided = (control: Control) => control.rules.length > 0
const isManual = (control: Control) =>
  !isDecided(control) && control.undecided !== undefined && 'manual' in control.undecided
const isWaiting = (control: Control) => !isDecided(control) && !isManual(control)

function deciders(control: Control): string {
  if (isDecided(control)) return [...new Set(control.rules.map(binding => `\`${binding.rule}\``))].join(', ')
  const undecided = control.undecided as Undecided
  return 'manual' in undecided
    ? `a person: ${undecided.manual}`
    : `not collected (${undecided.notCollected}): ${undecided.why}`
}
