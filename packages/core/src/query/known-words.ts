// Known words: what queries may name of a catalogue: its rules, and what its editions say of them.

import type { Edition } from '../model/benchmark.ts'
import type { Rule } from '../model/rule.ts'
import type { KnownWords, RuleFacts } from './field.ts'

/** The words of a catalogue; of each family the last edition is its newest. */
export function knownWordsOf(rules: readonly Rule[], editions: readonly Edition[]): KnownWords {
  const newest = new Map(editions.map(edition => [edition.benchmark, edition]))
  const said = new Map<string, Sets>()
  const byId = new Map(rules.flatMap(rule => [rule.id, ...(rule.aliases ?? [])].map(id => [id, rule.id])))
  const all = empty()
  for (const edition of editions) {
    const { benchmark } = edition
    const names = [
      `${benchmark}@${edition.edition}`,
      ...(newest.get(benchmark) === edition ? [benchmark] : []),
    ]
    const titles = new Map(edition.sections.map(({ id, title }) => [id, title]))
    for (const control of edition.controls) {
      const title = titles.get(control.section)
      const words = {
        benchmarks: names,
        sections: [
          `${benchmark}@${edition.edition}/${control.section}`,
          ...(title === undefined ? [] : [title]),
        ],
        controls: names.map(name => `${name}/${control.id}`),
        requirements: control.requirement === undefined ? [] : [control.requirement],
      }
      add(all, words)
      for (const { rule } of control.rules) {
        const id = byId.get(rule)
        if (id === undefined) continue
        const own = said.get(id) ?? empty()
        said.set(id, own)
        add(own, words)
      }
    }
  }
  return {
    rules: rules.map((rule): RuleFacts => ({ id: rule.id, title: rule.title, ...listed(said.get(rule.id)) })),
    ...listed(all),
  }
}

type Sets = Readonly<Record<'benchmarks' | 'sections' | 'controls' | 'requirements', Set<string>>>

const empty = (): Sets => ({
  benchmarks: new Set(),
  sections: new Set(),
  controls: new Set(),
  requirements: new Set(),
})

function add(to: Sets, words: Readonly<Record<keyof Sets, readonly string[]>>): void {
  for (const part of ['benchmarks', 'sections', 'controls', 'requirements'] as const)
    for (const word of words[part]) to[part].add(word)
}

const listed = (sets: Sets | undefined) => ({
  benchmarks: [...(sets?.benchmarks ?? [])],
  sections: [...(sets?.sections ?? [])],
  controls: [...(sets?.controls ?? [])],
  requirements: [...(sets?.requirements ?? [])],
})
