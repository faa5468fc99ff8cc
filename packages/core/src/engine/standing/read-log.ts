// Read log: what judging read beyond each subject, in little memory, so that a change leads to what it may affect.
//
// Beside `trackDependencies`, which keeps every reading of every rule: here rules share what an asset read by name, and reads of whole
// kinds and of an asset's own namespace are kept once for each rule, not for each asset. A change may so lead to a judgement too many,
// never to one too few; a hundred thousand assets cost some tens of megabytes instead of hundreds.

import type { GroupedDerivation } from '../../model/rule.ts'
import type { DerivedGroup, Read } from '../recording-lookup.ts'

/** What a change may affect, beyond the asset that it counts to. */
export interface Reach {
  /** Rules to run again wherever they judge. */
  readonly everywhere: ReadonlySet<string>
  /** Rules to run again on the assets of the namespace of the change. */
  readonly inNamespace: ReadonlySet<string>
  /** Rules to run again on single assets. */
  readonly assets: ReadonlyMap<string, ReadonlySet<string>>
}

export interface ReadLog {
  /** Notes what a rule read while it judged an asset. */
  record(asset: string, namespace: string, rule: string, reads: readonly Read[]): void
  /** Forgets what was read for an asset by name or in other namespaces: it is gone, or is judged anew by every rule. */
  forget(asset: string): void
  /** What a resource that came, changed or went may affect; `kinds` are the names under which it can be looked up. */
  reachOf(kinds: readonly string[], namespace: string, name: string): Reach
  /** What a change of something derived may affect. */
  reachOfDerived(derivation: GroupedDerivation<unknown>): DerivedReach
}

/** The rules that read groups of something derived. */
export interface DerivedReach {
  /** The group of the namespace of what they judged. */
  readonly own: ReadonlySet<string>
  /** Others. */
  readonly other: ReadonlySet<string>
}

export function readLog(): ReadLog {
  const wholeKind = new Map<string, Set<string>>()
  const ownNamespace = new Map<string, Set<string>>()
  /** Rules that read resources of a kind by name, or of other namespaces. */
  const pointed = new Map<string, Set<string>>()
  /** The assets for which `kind/namespace/name` or `kind/namespace/*` was read; most are read for one. */
  const readers = new Map<string, string | Set<string>>()
  const ofAsset = new Map<string, string[]>()
  const derived = new Map<GroupedDerivation<unknown>, { own: Set<string>; other: Set<string> }>()

  const addDerived = ({ derivation, group }: DerivedGroup, own: string, rule: string) => {
    let known = derived.get(derivation)
    if (!known) {
      known = { own: new Set(), other: new Set() }
      derived.set(derivation, known)
    }
    known[group === own ? 'own' : 'other'].add(rule)
  }
  const add = (map: Map<string, Set<string>>, key: string, rule: string) => {
    const known = map.get(key)
    if (known) known.add(rule)
    else map.set(key, new Set([rule]))
  }
  const point = (asset: string, key: string) => {
    const known = readers.get(key)
    if (known === asset || (typeof known === 'object' && known.has(asset))) return
    if (known === undefined) readers.set(key, asset)
    else if (typeof known === 'string') readers.set(key, new Set([known, asset]))
    else known.add(asset)
    const own = ofAsset.get(asset)
    if (own) own.push(key)
    else ofAsset.set(asset, [key])
  }

  return {
    record(asset, own, rule, reads) {
      let last: DerivedGroup | undefined
      for (const { kind, namespace, name, of } of reads) {
        if (of) {
          // It is noted with each of its kinds.
          if (of !== last) addDerived(of, own, rule)
          last = of
        } else if (namespace === undefined) add(wholeKind, kind, rule)
        else if (name === undefined && namespace === own) add(ownNamespace, kind, rule)
        else {
          add(pointed, kind, rule)
          point(asset, `${kind}/${namespace}/${name ?? '*'}`)
        }
      }
    },
    forget(asset) {
      for (const key of ofAsset.get(asset) ?? []) {
        const known = readers.get(key)
        if (typeof known === 'object') {
          known.delete(asset)
          if (known.size === 0) readers.delete(key)
        } else readers.delete(key)
      }
      ofAsset.delete(asset)
    },
    reachOf(kinds, namespace, name) {
      const everywhere = new Set<string>()
      const inNamespace = new Set<string>()
      const assets = new Map<string, Set<string>>()
      for (const kind of kinds) {
        for (const rule of wholeKind.get(kind) ?? []) everywhere.add(rule)
        for (const rule of ownNamespace.get(kind) ?? []) inNamespace.add(rule)
        const rules = pointed.get(kind)
        if (!rules) continue
        for (const key of [`${kind}/${namespace}/${name}`, `${kind}/${namespace}/*`]) {
          const known = readers.get(key)
          for (const asset of typeof known === 'string' ? [known] : (known ?? []))
            for (const rule of rules) add(assets, asset, rule)
        }
      }
      return { everywhere, inNamespace, assets }
    },
    reachOfDerived: derivation => derived.get(derivation) ?? { own: new Set(), other: new Set() },
  }
}
