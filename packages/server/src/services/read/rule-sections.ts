// Rule sections: the sections of benchmarks that rules belong to, and findings counted by them: in each that they belong to.

import type { Edition, Rule } from '@plimsoll/core'
import type { Group, GroupBy, GroupField, PlacedRule } from '../../store/finding-groups.ts'
import { addTallies, firstInGroups, noTallies } from './sum-counts.ts'

export interface RuleSections {
  /** Each rule in each section of each edition where it answers a control, once. */
  readonly placed: readonly PlacedRule[]
  /** `5.2 Pod Security Standards`, by `cis-k8s@2.0.1/5.2`. */
  readonly titles: ReadonlyMap<string, string>
}

export function ruleSectionsOf(editions: readonly Edition[], rules: Iterable<Rule>): RuleSections {
  const idOf = new Map<string, string>()
  for (const { id, aliases = [] } of rules) for (const name of [id, ...aliases]) idOf.set(name, id)
  const placed = new Map<string, PlacedRule>()
  const titles = new Map<string, string>()
  for (const { benchmark, edition: name, sections, controls } of editions) {
    const edition = `${benchmark}@${name}`
    for (const { id, title } of sections)
      titles.set(`${edition}/${id}`, isNumbered(id) && !title.startsWith(id) ? `${id} ${title}` : title)
    for (const control of controls)
      for (const binding of control.rules) {
        const rule = idOf.get(binding.rule)
        const section = `${edition}/${control.section}`
        if (rule !== undefined) placed.set(`${rule} ${section}`, { rule, edition, section })
      }
  }
  return { placed: [...placed.values()], titles }
}

/** Ids that people know sections by, such as 5.2; others are words of ours. */
const isNumbered = (id: string) => /\d/.test(id)

/** What groups by rule and cluster, and by what else is asked for, come to by section: '' for what is in none that its cluster is judged by. */
export function spreadOverSections(
  groups: readonly Group[],
  fields: readonly GroupField[],
  by: readonly GroupBy[],
  { placed }: Pick<RuleSections, 'placed'>,
  editionsOf: ReadonlyMap<string, readonly (readonly [string, string])[]>,
): readonly Group[] {
  const ofRule = new Map<string, PlacedRule[]>()
  for (const one of placed) ofRule.set(one.rule, [...(ofRule.get(one.rule) ?? []), one])
  const judged = new Map(
    [...editionsOf].map(([id, editions]) => [id, new Set(editions.map(edition => edition.join('@')))]),
  )
  const keyOf = ({ keys }: Group, field: GroupField) => keys[fields.indexOf(field)] ?? ''
  const made = new Map<string, ReturnType<typeof noTallies> & { readonly keys: readonly string[] }>()
  for (const group of groups) {
    const own = judged.get(keyOf(group, 'cluster'))
    const sections = (ofRule.get(keyOf(group, 'rule')) ?? []).filter(({ edition }) => own?.has(edition))
    for (const section of sections.length > 0 ? sections.map(one => one.section) : ['']) {
      const keys = by.map(field => (field === 'section' ? section : keyOf(group, field)))
      const key = keys.join('\n')
      const sum = made.get(key) ?? { keys, ...noTallies() }
      made.set(key, sum)
      addTallies(sum, group)
    }
  }
  return [...made.values()].sort(firstInGroups)
}
