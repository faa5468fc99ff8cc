// Words: what queries may name of the catalogue: rules, benchmarks, sections, controls and requirements.

import {
  chooseEditions,
  type Edition,
  type KnownWords,
  omit,
  type Rule,
  type RuleFacts,
} from '@plimsoll/core'

/** Indexes the catalogue for the query language; a family alone means its newest edition. */
export function knownWordsOf(rules: readonly Rule[], editions: readonly Edition[]): KnownWords {
  const newest = newestEditions(editions)
  const facts = new Map(rules.map(rule => [rule.id, newFacts()]))
  const all = newFacts()
  for (const edition of editions) {
    const id = `${edition.benchmark}@${edition.edition}`
    const names = newest.has(id) ? [id, edition.benchmark] : [id]
    const titles = new Map(edition.sections.map(section => [section.id, section.title]))
    for (const control of edition.controls) {
      const told = {
        benchmarks: names,
        controls: names.map(name => `${name}/${control.id}`),
        sections: [`${id}/${control.section}`, ...optional(titles.get(control.section))],
        requirements: optional(control.requirement),
      }
      add(all, told)
      for (const { rule } of control.rules) add(facts.get(rule), told)
    }
  }
  return {
    rules: rules.map(({ id, title }): RuleFacts => ({ id, title, ...listed(facts.get(id) ?? newFacts()) })),
    ...listed(all),
  }
}

type Facts = Record<'benchmarks' | 'controls' | 'sections' | 'requirements', Set<string>>
const newFacts = (): Facts => ({
  benchmarks: new Set(),
  controls: new Set(),
  sections: new Set(),
  requirements: new Set(),
})
const sorts = ['benchmarks', 'controls', 'sections', 'requirements'] as const

function add(facts: Facts | undefined, told: Readonly<Record<keyof Facts, readonly string[]>>): void {
  for (const sort of sorts) for (const word of told[sort]) facts?.[sort].add(word)
}

const listed = (facts: Facts) => ({
  benchmarks: [...facts.benchmarks],
  controls: [...facts.controls],
  sections: [...facts.sections],
  requirements: [...facts.requirements],
})

const optional = (text: string | undefined) => (text === undefined ? [] : [text])

/** The ids of the newest edition of each family, also of those that are for one distribution. */
function newestEditions(editions: readonly Edition[]): ReadonlySet<string> {
  const anywhere = editions.map(edition => omit(edition, 'distributions'))
  return new Set(chooseEditions(anywhere, {}).map(({ benchmark, edition }) => `${benchmark}@${edition}`))
}
