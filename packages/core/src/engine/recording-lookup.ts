// Recording lookup: what a rule may see beyond its subject; it notes what was read and whether a gap hid any of it.

import type { Gap } from '../model/gap.ts'
import type { Resource } from '../model/resource.ts'
import type { Derivation, GroupedDerivation, Lookup, Rule } from '../model/rule.ts'
import type { GapIndex } from './gap-index.ts'
import { partsOf, type ResourceIndex } from './resource-index.ts'

/** One look at other resources: all of a kind, those of a namespace, or the one of a name (namespace empty: cluster-wide). */
export interface Read {
  readonly kind: string
  readonly namespace?: string
  readonly name?: string
  /** Where all of a kind were read for one group of something derived: that group. */
  readonly of?: DerivedGroup
}

/** A group of something derived; the same object each time that it is read by a rule. */
export interface DerivedGroup {
  readonly derivation: GroupedDerivation<unknown>
  readonly group: string
}

export interface RecordingLookup extends Lookup {
  /** Forgets what was read: a new subject begins. */
  begin(): void
  /** What was read since `begin`, in order. */
  reads(): readonly Read[]
  /** The first gap that hid a part of what was read since `begin`. */
  gap(): Gap | undefined
}

/** The gap of a resource that could not be decoded; undefined for a sound one. */
export type Soundness = (resource: Resource) => Gap | undefined

const nothing: readonly Read[] = []

/**
 * A lookup for one rule. A resource found by name was seen, so only a gap in its content (stale, redacted, not decodable) matters
 * there; a list, a miss or what is derived is only as good as the whole kind. What cannot be decoded is
 * not handed out, since no rule could read it. Asking for a kind that the rule does not declare throws. Where nobody asks what was read
 * (`isKept` false), it is not noted.
 */
export function recordLookups(
  rule: Rule,
  resources: ResourceIndex,
  gaps: GapIndex,
  soundness: Soundness,
  isKept = true,
): RecordingLookup {
  let reads: Read[] | undefined
  let hidden: Gap | undefined
  const declared = new Set(rule.reads)
  const ofDerivations = new Map<Derivation<unknown>, readonly Read[]>()
  /** What is read for something derived: worked out once, since it is asked for with each subject. */
  const readsFor = (derivation: Derivation<unknown>): readonly Read[] => {
    const known = ofDerivations.get(derivation)
    if (known) return known
    const parts = partsOf(derivation)
    for (const { kind } of parts) demand(kind)
    ofDerivations.set(derivation, parts)
    return parts
  }
  const demand = (kind: string) => {
    if (!declared.has(kind))
      throw new Error(`rule ${rule.id} looks up ${kind} but does not declare it in reads`)
  }
  const note = (kind: string, namespace?: string, name?: string) => {
    if (!isKept) return
    reads ??= []
    reads.push(
      name === undefined
        ? namespace === undefined
          ? { kind }
          : { kind, namespace }
        : { kind, namespace: namespace ?? '', name },
    )
  }
  const isSound = (resource: Resource) => soundness(resource) === undefined
  const ofGroups = new Map<GroupedDerivation<unknown>, Map<string, readonly Read[]>>()
  const readsForGroup = (derivation: GroupedDerivation<unknown>, group: string): readonly Read[] => {
    let known = ofGroups.get(derivation)
    if (!known) {
      for (const kind of derivation.kinds) demand(kind)
      known = new Map()
      ofGroups.set(derivation, known)
    }
    let parts = known.get(group)
    if (!parts) {
      const of: DerivedGroup = { derivation, group }
      parts = derivation.kinds.map(kind => ({ kind, of }))
      known.set(group, parts)
    }
    return parts
  }
  const noteAll = (own: readonly Read[]) => {
    if (!isKept) return
    if (reads) reads.push(...own)
    else reads = own.slice()
  }
  type Derived = Pick<Derivation<unknown>, 'kinds'>
  const behind = new Map<Derived, Gap | undefined>()
  /** The first gap in what something is derived from; it is looked through once. */
  const gapBehind = (derivation: Derived) => {
    if (!behind.has(derivation)) {
      const gap = first(partsOf(derivation), ({ kind, namespace }) => gaps.touching(kind, namespace))
      const unsound = () =>
        first(partsOf(derivation), ({ kind, namespace }) =>
          first(resources.suspects(kind, namespace), soundness),
        )
      behind.set(derivation, gap ?? unsound())
    }
    return behind.get(derivation)
  }
  const within = new Map<readonly Resource[], Gap | undefined>()
  /** The gap of the first resource of a list that cannot be decoded; each list of the index is looked through once. */
  const gapIn = (suspects: readonly Resource[]) => {
    if (suspects.length === 0) return undefined
    if (!within.has(suspects)) within.set(suspects, first(suspects, soundness))
    return within.get(suspects)
  }
  return {
    list(kind, namespace) {
      demand(kind)
      note(kind, namespace)
      const found = resources.list(kind, namespace)
      const gap = gapIn(resources.suspects(kind, namespace))
      hidden ??= gaps.touching(kind, namespace) ?? gap
      return gap ? found.filter(isSound) : found
    },
    get(kind, namespace, name) {
      demand(kind)
      note(kind, namespace, name)
      const found = resources.get(kind, namespace, name)
      const gap = gaps.touching(kind, namespace)
      const broken = found && soundness(found)
      hidden ??= found ? (gap && hidesContent(gap) ? gap : broken) : gap
      return broken ? undefined : found
    },
    derive(derivation) {
      noteAll(readsFor(derivation))
      hidden ??= gapBehind(derivation)
      return resources.derive(derivation, isSound)
    },
    deriveIn(derivation, group) {
      noteAll(readsForGroup(derivation, group))
      hidden ??= gapBehind(derivation)
      return resources.deriveIn(derivation, group, isSound)
    },
    begin() {
      reads = undefined
      hidden = undefined
    },
    reads: () => reads ?? nothing,
    gap: () => hidden,
  }
}

/** The first gap found among the things given. */
function first<T>(things: readonly T[], find: (thing: T) => Gap | undefined): Gap | undefined {
  for (const thing of things) {
    const gap = find(thing)
    if (gap) return gap
  }
  return undefined
}

const hidesContent = (gap: Gap) => gap.reason === 'stale' || gap.reason === 'redacted'
