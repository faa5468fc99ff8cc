// Wanted kinds: which kinds of the API the rules that were chosen read.

import type { Rule } from '../../model/rule.ts'
import { builtInKinds, type KindEntry, nameOfKind, podMakingKinds } from './built-in-kinds.ts'
import { foreignKinds } from './foreign-kinds.ts'

/** Kinds that controllers write about other objects; what is wrong with them is wrong with those. */
const derivedKinds = new Set(['Endpoints', 'EndpointSlice', 'Lease'])

/** The kinds that people put into namespaces: what the subject `*` of a rule stands for in a cluster. */
const anyKinds = builtInKinds
  .filter(({ kind, namespaced }) => namespaced && !derivedKinds.has(kind))
  .map(({ kind }) => kind)

/** The real kinds that a name in a rule stands for. */
function expand(kind: string): readonly string[] {
  if (kind === 'PodTemplate') return podMakingKinds
  return kind === '*' ? anyKinds : [kind]
}

/**
 * The ids of the rules that read each kind, as a subject or beside it, kinds and ids in order. A rule on any kind judges what is read
 * for other rules too.
 */
export function kindsReadBy(rules: Iterable<Rule>): Map<string, string[]> {
  const found = new Map<string, Set<string>>()
  const onAnyKind: string[] = []
  for (const { id, subject, kinds = [subject], reads = [] } of rules) {
    if (kinds.includes('*')) onAnyKind.push(id)
    for (const kind of [...kinds, ...reads].flatMap(expand)) {
      const ids = found.get(kind)
      if (ids) ids.add(id)
      else found.set(kind, new Set([id]))
    }
  }
  for (const ids of found.values()) for (const id of onAnyKind) ids.add(id)
  return new Map(
    [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, ids]) => [kind, [...ids].sort()]),
  )
}

/** The entries of kinds, in the table's order, and the kinds that it does not have. */
export function entriesOf(kinds: Iterable<string>): {
  readonly entries: readonly KindEntry[]
  readonly unknown: readonly string[]
} {
  const wanted = new Set([...kinds].flatMap(expand))
  const entries = [...builtInKinds, ...foreignKinds].filter(entry => wanted.has(nameOfKind(entry)))
  const known = new Set(entries.map(nameOfKind))
  return { entries, unknown: [...wanted].filter(kind => !known.has(kind)).sort() }
}
