// Benchmarks: `plimsoll benchmarks`: the editions at hand, and how each of their controls is decided.

import type { Control, Edition } from '@plimsoll/core'
import { findEdition } from './choose.ts'
import type { ExitCode, GlobalFlags, Kit } from './kit.ts'
import { columnLines, writeJson, writeLines } from './listing.ts'
import { sayProblems, voiceOf } from './say.ts'

/** Lists the families, each with its editions. */
export async function listBenchmarks(kit: Kit, flags: GlobalFlags): Promise<ExitCode> {
  const { editions } = await kit.loadCatalogue()
  const { host } = kit
  const { paint } = voiceOf(kit, flags)
  if (flags.output === 'json') {
    await writeJson(
      host.out,
      editions.map(one => ({
        benchmark: one.benchmark,
        edition: one.edition,
        title: one.title,
        source: one.source,
        controls: one.controls.length,
        decided: one.controls.filter(isDecided).length,
      })),
    )
    return 0
  }
  const rows = [...byFamily(editions)].map(([family, own]) => {
    const newest = own.at(-1) as Edition
    const decided = newest.controls.filter(isDecided).length
    const range = own.length === 1 ? newest.edition : `${own[0]?.edition} to ${newest.edition}`
    return [
      family,
      range,
      `${decided} of ${newest.controls.length} controls decided by rules. ${newest.title}`,
    ]
  })
  await writeLines(host.out, [
    ...columnLines(rows, host.width, (text, column) => (column === 0 ? paint('strong', text) : text)),
    '',
    'plimsoll benchmarks show ID[@EDITION] lists the controls of one.',
  ])
  return 0
}

function byFamily(editions: readonly Edition[]): Map<string, Edition[]> {
  const families = new Map<string, Edition[]>()
  for (const edition of editions) {
    const own = families.get(edition.benchmark)
    if (own) own.push(edition)
    else families.set(edition.benchmark, [edition])
  }
  return families
}

/** Lists the controls of one edition. */
export async function showBenchmark(kit: Kit, id: string, flags: GlobalFlags): Promise<ExitCode> {
  const { editions } = await kit.loadCatalogue()
  const { host } = kit
  const voice = voiceOf(kit, flags)
  const found = findEdition(editions, id)
  if (!found.ok) return sayProblems(found.problems, voice)
  const edition = found.value
  if (flags.output === 'json') {
    await writeJson(host.out, edition)
    return 0
  }
  await writeLines(
    host.out,
    editionLines(edition, host.width, text => voice.paint('strong', text)),
  )
  return 0
}

function* editionLines(edition: Edition, width: number, strong: (text: string) => string): Generator<string> {
  yield strong(`${edition.benchmark}@${edition.edition}`)
  yield edition.title
  yield `source: ${edition.source}`
  yield ''
  for (const section of edition.sections) {
    const own = edition.controls.filter(control => control.section === section.id)
    if (own.length === 0) continue
    yield strong(section.title === section.id ? section.title : `${section.id} ${section.title}`)
    yield* columnLines(
      own.map(control => [`  ${control.id}`, control.severity, `${control.title}. ${deciders(control)}`]),
      width,
    )
    yield ''
  }
  const decided = edition.controls.filter(isDecided).length
  yield `${edition.controls.length} controls, ${decided} decided by rules.`
}

const isDecided = (control: Control) => control.rules.length > 0

/** What decides a control, in words. */
export function deciders({ rules, undecided }: Control): string {
  const own = [...new Set(rules.map(({ rule }) => rule))]
  const by = own.length === 0 ? '' : `Rules: ${own.join(', ')}.`
  if (!undecided) return by || 'No rule decides it.'
  const open =
    'manual' in undecided
      ? `For a person: ${undecided.manual}`
      : 'notApplicable' in undecided
        ? `Not applicable (${undecided.notApplicable}): ${undecided.why}`
        : `Not looked at (${undecided.notCollected}): ${undecided.why}`
  return by === '' ? open : `${by} ${open}`
}
