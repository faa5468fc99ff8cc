// Sum counts: adds up kept counts of findings where a query asks for them; means the same as counting the findings one by one.

import { type Asked, type Comparison, evaluate, type Query } from '@plimsoll/core'
import type { AskedClusters } from '../../store/ask-clusters.ts'
import type { Group, GroupField, Tallies } from '../../store/finding-groups.ts'
import type { CountPlace, Counts } from './kept-counts.ts'

export interface SumAsked {
  readonly query: Query
  readonly asked: Asked
  readonly clusters: AskedClusters
}

/** A place where the findings stand that are counted together, of one cluster or of all. */
interface Sum {
  readonly clusterId: string
  readonly place: CountPlace
  readonly count: number
}

/** Sums by place; `byCluster`: and by cluster. `field` is what places' values are of. */
function* sumsOf(counts: Counts, field: string, which: SumAsked, byCluster: boolean): Generator<Sum> {
  const { places } = counts
  const masks = masksOf(places, field, which)
  const totals = new Float64Array(places.length)
  for (const { clusterId, pairs } of counts.clusters) {
    const mask = masks(clusterId)
    for (let at = 0; at < pairs.length; at += 2) {
      const index = pairs[at] as number
      if (mask[index] !== 1) continue
      const count = pairs[at + 1] as number
      if (byCluster) yield { clusterId, place: places[index] as CountPlace, count }
      else totals[index] = (totals[index] as number) + count
    }
  }
  if (byCluster) return
  for (const [index, count] of totals.entries())
    if (count > 0) yield { clusterId: '', place: places[index] as CountPlace, count }
}

/** Which places of a cluster the query asks for: worked out once for all clusters of which it says the same. */
function masksOf(places: readonly CountPlace[], field: string, { query, asked, clusters }: SumAsked) {
  const members = [...clusters].map(([comparison, ids]) => [comparison, new Set(ids)] as const)
  const known = new Map<string, Uint8Array>()
  return (clusterId: string): Uint8Array => {
    const held = new Map(members.map(([comparison, ids]) => [comparison, ids.has(clusterId)]))
    const key = [...held.values()].map(Number).join('')
    const before = known.get(key)
    if (before) return before
    const rest = settle(query, held)
    const mask = Uint8Array.from(places, place =>
      Number(evaluate(rest, name => readPlace(place, field, name), asked)),
    )
    known.set(key, mask)
    return mask
  }
}

function readPlace(place: CountPlace, field: string, name: string) {
  if (name === 'severity') return place.severity - 1
  if (name === 'state' || name === 'outcome') return place[name]
  return name === field ? place.value : undefined
}

const always: Query = { type: 'all' }
const never: Query = { type: 'not', part: always }

/** The query with what it asks of the cluster answered. */
function settle(query: Query, held: ReadonlyMap<Comparison, boolean>): Query {
  switch (query.type) {
    case 'compare': {
      const holds = held.get(query)
      if (holds === undefined) return query
      return holds === (query.operator !== 'is-not') ? always : never
    }
    case 'not':
      return { type: 'not', part: settle(query.part, held) }
    case 'and':
    case 'or':
      return { type: query.type, parts: query.parts.map(part => settle(part, held)) }
    default:
      return query
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

export const noTallies = (): Mutable<Tallies> => ({
  findings: 0,
  failed: 0,
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  excepted: 0,
  notEvaluated: 0,
  manual: 0,
  resolved: 0,
})

const severities = [undefined, 'low', 'medium', 'high', 'critical'] as const

function add(to: Mutable<Tallies>, { state, outcome, severity }: CountPlace, count: number): void {
  to.findings += count
  if (state === 'excepted') to.excepted += count
  if (state === 'resolved') to.resolved += count
  if (state !== 'open') return
  if (outcome === 'not-evaluated' || outcome === 'error') to.notEvaluated += count
  if (outcome === 'manual') to.manual += count
  if (outcome !== 'fail') return
  to.failed += count
  const name = severities[severity]
  if (name) to[name] += count
}

/** What the findings come to in all. */
export function sumAll(counts: Counts, field: string, which: SumAsked): Tallies {
  const all = noTallies()
  for (const { place, count } of sumsOf(counts, field, which, false)) add(all, place, count)
  return all
}

/** The first groups of findings, those with most failures first; at least `most` of them where there are so many. */
export function sumGroups(
  counts: Counts,
  field: string,
  which: SumAsked,
  by: readonly GroupField[],
  most: number,
): readonly Group[] {
  if (!by.includes('cluster')) return groupsOf(sumsOf(counts, field, which, false), by)
  const { places } = counts
  const masks = masksOf(places, field, which)
  const names = by.filter(name => name !== 'cluster')
  const numbers = new Map<string, number>()
  // The group of each place, among those of its cluster or of all.
  const groupOf = Uint32Array.from(places, place => {
    const key = names.map(name => keyOf(name, '', place)).join('\n')
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return number
  })
  const failed = new Float64Array(numbers.size * counts.clusters.length)
  const each = (visit: (group: number, place: CountPlace, count: number, clusterId: string) => void) => {
    for (const [part, { clusterId, pairs }] of counts.clusters.entries()) {
      const mask = masks(clusterId)
      for (let at = 0; at < pairs.length; at += 2) {
        const index = pairs[at] as number
        const group = part * numbers.size + (groupOf[index] as number)
        if (mask[index] === 1) visit(group, places[index] as CountPlace, pairs[at + 1] as number, clusterId)
      }
    }
  }
  const isFailure = new Set(places.filter(({ state, outcome }) => state === 'open' && outcome === 'fail'))
  each((group, place, count) => {
    if (isFailure.has(place)) failed[group] = (failed[group] as number) + count
  })
  // Groups of fewer failures than so many others have are not made: there may be a group for each rule and cluster.
  const least = failed.toSorted().at(-most) ?? 0
  const sums: Sum[] = []
  each((group, place, count, clusterId) => {
    if ((failed[group] as number) >= least) sums.push({ clusterId, place, count })
  })
  return groupsOf(sums, by)
}

function groupsOf(sums: Iterable<Sum>, by: readonly GroupField[]): readonly Group[] {
  const groups = new Map<string, Mutable<Tallies> & { readonly keys: readonly string[] }>()
  for (const { clusterId, place, count } of sums) {
    const keys = by.map(name => keyOf(name, clusterId, place))
    const key = keys.join('\n')
    let own = groups.get(key)
    if (!own) {
      own = { keys, ...noTallies() }
      groups.set(key, own)
    }
    add(own, place, count)
  }
  return [...groups.values()].sort(firstInGroups)
}

/** Groups of most failures first. */
export const firstInGroups = (a: Group, b: Group): number =>
  b.failed - a.failed || b.findings - a.findings || compareKeys(a.keys, b.keys)

const tallyNames = Object.keys(noTallies()) as (keyof Tallies)[]

/** Adds what a group comes to, to another. */
export function addTallies(to: Mutable<Tallies>, group: Tallies): void {
  for (const name of tallyNames) to[name] += group[name]
}

function keyOf(field: GroupField, clusterId: string, place: CountPlace): string {
  if (field === 'cluster') return clusterId
  if (field === 'state' || field === 'outcome') return place[field]
  return field === 'severity' ? String(place.severity) : place.value
}

function compareKeys(a: Group['keys'], b: Group['keys']): number {
  for (const [index, own] of a.entries()) {
    const [key, other] = [own ?? '', b[index] ?? '']
    if (key !== other) return key < other ? -1 : 1
  }
  return 0
}

/** How many findings have each value of a field. */
export function sumValues(
  counts: Counts,
  field: string,
  which: SumAsked,
  of: GroupField,
): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  for (const { clusterId, place, count } of sumsOf(counts, field, which, of === 'cluster')) {
    const value = keyOf(of, clusterId, place)
    values.set(value, (values.get(value) ?? 0) + count)
  }
  return values
}
