// Choose: which benchmarks and rules a scan is about, from the ids that a person gave.

import {
  type Attempt,
  type Edition,
  type KubernetesVersion,
  type Problem,
  type Profile,
  parseKubernetesVersion,
  type Rule,
  refuse,
  succeed,
  unknownId,
} from '@plimsoll/core'
import type { Catalogue } from './kit.ts'

/** The benchmarks reported where none is asked for: those that any scan of workloads can decide whole. */
const defaultFamilies = ['pss-baseline', 'pss-restricted']

export interface Choice {
  readonly editions: readonly Edition[]
  /** Rules that run for themselves; undefined for all that are on. */
  readonly asked: readonly string[] | undefined
}

/**
 * Editions and rules for `--benchmark` and `--rule`. A family alone means its newest edition; of those that follow Kubernetes' versions,
 * the one of the version given. Refuses unknown ids.
 */
export function chooseScan(
  catalogue: Catalogue,
  benchmarks: readonly string[],
  rules: readonly string[],
  version: KubernetesVersion | undefined,
): Attempt<Choice> {
  const problems: Problem[] = []
  const asked = rules.flatMap(id => {
    const rule = findRule(catalogue.rules, id)
    if (rule) return [rule.id]
    problems.push({ code: 'unknown-id', message: unknownId('rule', id, ruleIds(catalogue.rules)) })
    return []
  })
  const isDefault = benchmarks.length === 0 && rules.length === 0
  const editions: Edition[] = []
  for (const id of isDefault ? defaultFamilies : benchmarks) {
    const found = findEdition(catalogue.editions, id, version)
    if (!found.ok) problems.push(...found.problems)
    else if (!editions.includes(found.value)) editions.push(found.value)
  }
  if (problems.length > 0) return refuse(...problems)
  return succeed({ editions, asked: isDefault ? undefined : asked })
}

/** The edition that `family` or `family@edition` names. */
export function findEdition(
  editions: readonly Edition[],
  id: string,
  version?: KubernetesVersion,
): Attempt<Edition> {
  const [family = '', edition] = id.split('@', 2)
  const own = editions.filter(({ benchmark }) => benchmark === family)
  const newest = own.at(-1)
  if (!newest) {
    const families = editions.map(({ benchmark }) => benchmark)
    return refuse({ code: 'unknown-id', message: unknownId('benchmark', family, families) })
  }
  if (edition === undefined) return succeed(followsKubernetes(family) ? editionFor(own, version) : newest)
  const exact = own.find(one => one.edition === edition)
  if (exact) return succeed(exact)
  const known = own.map(one => one.edition)
  const hint = unknownId(`edition of ${family}`, edition, known)
  const all = known.length > 6 ? `${known[0]} to ${known.at(-1)}` : known.join(', ')
  return refuse({ code: 'unknown-id', message: `${hint.replace(/\?$/, '')} (there are ${all})` })
}

/** Pod Security Standards are versioned as Kubernetes is. */
const followsKubernetes = (family: string) => family.startsWith('pss-')

/** The newest edition that is not newer than the version; the newest of all where no version is known. */
function editionFor(editions: readonly Edition[], version: KubernetesVersion | undefined): Edition {
  const newest = editions.at(-1) as Edition
  if (!version) return newest
  const minor = (edition: Edition) => parseKubernetesVersion(edition.edition)?.minor ?? 0
  return editions.filter(edition => minor(edition) <= version.minor).at(-1) ?? (editions[0] as Edition)
}

/** The rule of an id or of a former one. */
export function findRule(rules: readonly Rule[], id: string): Rule | undefined {
  return rules.find(rule => rule.id === id || rule.aliases?.includes(id))
}

export function ruleIds(rules: readonly Rule[]): string[] {
  return rules.flatMap(rule => [rule.id, ...(rule.aliases ?? [])])
}

/** The rules that such a scan runs: those asked for or on, and those that its benchmarks bind; never what the profile has off. */
export function rulesToRun(rules: readonly Rule[], { editions, asked }: Choice, profile: Profile): Rule[] {
  const bound = new Set(
    editions.flatMap(({ controls }) => controls.flatMap(control => control.rules.map(({ rule }) => rule))),
  )
  const settings = (rule: Rule) => profile.rules[rule.id]
  return rules.filter(rule => {
    const setting = settings(rule)
    if (setting?.enabled === false) return false
    if (bound.has(rule.id) || rule.aliases?.some(alias => bound.has(alias))) return true
    if (asked) return asked.includes(rule.id)
    return setting?.enabled === true || rule.defaultEnabled !== false
  })
}
