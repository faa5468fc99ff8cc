// Again: which assets are to be judged anew after a step, and by which rules.

import { assetKind } from '../../kube/asset-key.ts'
import { makesPods } from '../../kube/pod-template.ts'
import type { Gap } from '../../model/gap.ts'
import type { Rule } from '../../model/rule.ts'
import type { RuleException } from '../../model/rule-exception.ts'
import type { Asset } from '../assets.ts'
import { isGapOf } from '../gap-index.ts'
import { matchesAny } from '../glob.ts'
import type { Plan } from '../plan.ts'
import { status } from '../status.ts'
import { lookedUpAs, type Move, type Placements } from './placements.ts'
import type { ReadLog } from './read-log.ts'
import type { DerivedChanges } from './standing-index.ts'
import type { Vector } from './verdict-vector.ts'

/** What of a basis may change without judging everything anew. */
export interface Circumstances {
  readonly exceptions: readonly RuleException[]
  /** ISO 8601. */
  readonly now: string
  /** All that may hide something. */
  readonly gaps: readonly Gap[]
}

export interface AgainInput {
  /** Assets whose objects came, changed or went. */
  readonly touched: ReadonlySet<string>
  readonly moves: readonly Move[]
  /** What is derived of groups and is another than at the last step, with the groups; `all`: any may be. */
  readonly derived: DerivedChanges
  readonly log: ReadLog
  readonly plans: readonly Plan[]
  readonly places: Placements
  readonly vectorOf: (asset: string) => Vector | undefined
  /** The circumstances of the last step; undefined where everything is to be judged. */
  readonly from: Circumstances | undefined
  readonly to: Circumstances
}

export interface Again {
  readonly assets: readonly Asset[]
  /** Whether any of them is judged by some rules only. */
  readonly isPartial: boolean
  /** The rules to judge an asset by; undefined: all. */
  rulesOf(asset: string): ReadonlySet<string> | undefined
}

/** Never too little; what it adds is what a rule read before, however long ago. */
export function planAgain(input: AgainInput): Again {
  const { places, from, to } = input
  const everything = (): Again => ({
    assets: present(places, places.keys()),
    isPartial: false,
    rulesOf: () => undefined,
  })
  if (!from) return everything()
  const gaps = differing(from.gaps, to.gaps)
  if (gaps.some(({ kind }) => kind === undefined || kind === 'Version')) return everything()

  const whole = new Set(input.touched)
  const everywhere = new Set<string>()
  const inNamespace = new Map<string, Set<string>>()
  const single = new Map<string, Set<string>>()
  const rules = new Map(input.plans.map(({ rule }): [string, Rule] => [rule.id, rule]))

  for (const { key, before, after } of input.moves) {
    const { resource } = after ?? before ?? {}
    if (!resource) continue
    const { kinds, namespace, name } = lookedUpAs(resource, key.slice(0, key.indexOf('/')))
    const reach = input.log.reachOf(kinds, namespace, name)
    for (const rule of reach.everywhere) everywhere.add(rule)
    merge(inNamespace, namespace, reach.inNamespace)
    for (const [asset, own] of reach.assets) merge(single, asset, own)
  }
  for (const [derivation, groups] of input.derived) {
    const { own, other } = input.log.reachOfDerived(derivation)
    for (const rule of other) everywhere.add(rule)
    if (groups === 'all') for (const rule of own) everywhere.add(rule)
    else for (const group of groups) merge(inNamespace, group, own)
  }
  for (const { kind } of gaps)
    for (const rule of rules.values())
      if (rule.reads?.some(read => isGapOf(kind as string, read))) everywhere.add(rule.id)
  if (gaps.length > 0)
    for (const key of places.keys())
      if (gaps.some(gap => mayHidePods(gap, places.get(key) as Asset))) whole.add(key)
  if (from.now.slice(0, 10) !== to.now.slice(0, 10))
    for (const rule of rules.values()) if (rule.dated) everywhere.add(rule.id)
  const excused = [...rules.values()].filter(rule =>
    changedExceptions(from, to).some(({ rules: patterns }) => namesRule(patterns, rule)),
  )

  const plansOf = new Map<string, number[]>()
  input.plans.forEach(({ id }, index) => {
    plansOf.set(id, [...(plansOf.get(id) ?? []), index])
  })
  const isJudged = (vector: Vector, rule: string) =>
    (plansOf.get(rule) ?? []).some(plan => vector[plan] !== status.none)
  // A failure may stand behind what could not be judged of the same asset.
  const mayFail = (vector: Vector, rule: string) =>
    (plansOf.get(rule) ?? []).some(plan => (vector[plan] as number) >= status.excepted)

  /** Looks through assets; those that have one vector are judged by the same rules. */
  const look = (keys: Iterable<string>, chosen: (vector: Vector) => ReadonlySet<string>) => {
    const known = new Map<Vector, ReadonlySet<string>>()
    for (const key of keys) {
      if (whole.has(key)) continue
      const vector = input.vectorOf(key)
      if (!vector) {
        whole.add(key)
        continue
      }
      let own = known.get(vector)
      if (!own) {
        own = chosen(vector)
        known.set(vector, own)
      }
      if (own.size > 0) merge(single, key, own)
    }
  }
  if (everywhere.size > 0 || excused.length > 0)
    look(places.keys(), vector => {
      const own = new Set<string>()
      for (const rule of everywhere) if (isJudged(vector, rule)) own.add(rule)
      for (const { id } of excused) if (mayFail(vector, id)) own.add(id)
      return own
    })
  for (const [namespace, own] of inNamespace)
    look(places.keysIn(namespace), vector => new Set([...own].filter(rule => isJudged(vector, rule))))
  const partly = [...single.keys()].filter(key => !whole.has(key))
  return {
    assets: [...present(places, whole), ...present(places, partly)],
    isPartial: partly.length > 0,
    rulesOf: asset => (whole.has(asset) ? undefined : (single.get(asset) ?? new Set())),
  }
}

function present(places: Placements, keys: Iterable<string>): Asset[] {
  const found: Asset[] = []
  for (const key of keys) {
    const asset = places.get(key)
    if (asset) found.push(asset)
  }
  return found
}

function merge(into: Map<string, Set<string>>, key: string, rules: ReadonlySet<string>): void {
  if (rules.size === 0) return
  const known = into.get(key)
  if (known) for (const rule of rules) known.add(rule)
  else into.set(key, new Set(rules))
}

/** True where a gap of that kind may hide by what an asset's pods are judged (see podGap and isUnplaced). */
function mayHidePods({ kind = '' }: Gap, { object, members, entry }: Asset): boolean {
  if (!object && isGapOf(kind, assetKind(entry.apiVersion, entry.kind))) return true
  if (kind === 'Job' && entry.kind === 'CronJob') return true
  return kind === 'Pod' && (members.length > 0 || (object !== undefined && makesPods(object)))
}

/** The exceptions that came, went, changed, expired or began to hold again; all of them where their order is another. */
function changedExceptions(from: Circumstances, to: Circumstances): RuleException[] {
  const marked = ({ exceptions, now }: Circumstances) =>
    exceptions.map(exception => ({ exception, isExpired: exception.expires < now.slice(0, 10) }))
  const before = marked(from)
  const after = marked(to)
  const changed = new Set(differing(before, after).map(one => JSON.stringify(one)))
  const kept = (all: readonly unknown[]) =>
    all.map(one => JSON.stringify(one)).filter(one => !changed.has(one))
  const isReordered = JSON.stringify(kept(before)) !== JSON.stringify(kept(after))
  return (isReordered ? [...before, ...after] : differing(before, after)).map(({ exception }) => exception)
}

function differing<T>(before: readonly T[], after: readonly T[]): T[] {
  const texts = (all: readonly T[]) => new Set(all.map(one => JSON.stringify(one)))
  const old = texts(before)
  const now = texts(after)
  return [
    ...before.filter(one => !now.has(JSON.stringify(one))),
    ...after.filter(one => !old.has(JSON.stringify(one))),
  ]
}

const namesRule = (patterns: readonly string[], rule: Rule) =>
  [rule.id, ...(rule.aliases ?? [])].some(id => matchesAny(patterns, id))
