// Dependencies: what was read to judge each asset, so that after a change only what it may affect is judged again.

import { assetKind } from '../kube/asset-key.ts'
import type { Read } from './recording-lookup.ts'

/** What one judgement read beyond its subject. Without a rule: what decided which objects count to the asset. */
export interface Reading {
  /** Asset key. */
  readonly asset: string
  readonly rule?: string
  readonly reads: readonly Read[]
}

/** A resource that appeared, changed or went; namespace empty for cluster-wide kinds. */
export interface Changed {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

export interface Affected {
  /** Assets whose objects may have changed: judge them by every rule, after finding them anew. */
  readonly assets: ReadonlySet<string>
  /** Rules to run again on further assets, by asset key. */
  readonly rules: ReadonlyMap<string, ReadonlySet<string>>
}

export interface Dependencies {
  /** Notes a judgement; its readings replace those of the same asset and rule. */
  record(reading: Reading): void
  /** Forgets an asset that is gone. */
  forget(asset: string): void
  /** What a changed resource may affect, beyond the asset that it counts to now. */
  affectedBy(changed: Changed): Affected
}

/** A rule's place in the readings of the asset itself. */
const structure = ''

/**
 * Keeps readings in memory, found by what they read. A change of one resource touches the readings of its name, of its namespace's list
 * and of its kind's list; the cost of `affectedBy` is that of its answer. Changes of gaps are not tracked: they ask for a new assessment.
 */
export function trackDependencies(): Dependencies {
  const readers = new Map<string, Map<string, Set<string>>>()
  const readings = new Map<string, Map<string, readonly string[]>>()

  const drop = (asset: string, rule: string) => {
    for (const key of readings.get(asset)?.get(rule) ?? []) {
      const ofKey = readers.get(key)
      const rules = ofKey?.get(asset)
      rules?.delete(rule)
      if (rules?.size === 0) ofKey?.delete(asset)
      if (ofKey?.size === 0) readers.delete(key)
    }
    readings.get(asset)?.delete(rule)
  }

  return {
    record({ asset, rule = structure, reads }) {
      drop(asset, rule)
      if (reads.length === 0) return
      const keys = [...new Set(reads.map(keyOfRead))]
      for (const key of keys) {
        const ofKey = readers.get(key) ?? new Map<string, Set<string>>()
        readers.set(key, ofKey)
        const rules = ofKey.get(asset) ?? new Set<string>()
        ofKey.set(asset, rules.add(rule))
      }
      const ofAsset = readings.get(asset) ?? new Map<string, readonly string[]>()
      readings.set(asset, ofAsset.set(rule, keys))
    },
    forget(asset) {
      for (const rule of [...(readings.get(asset)?.keys() ?? [])]) drop(asset, rule)
      readings.delete(asset)
    },
    affectedBy({ apiVersion, kind: bare, namespace, name }) {
      const assets = new Set<string>()
      const rules = new Map<string, Set<string>>()
      // A foreign kind is read by its bare name or with its group.
      const kinds = new Set([bare, assetKind(apiVersion, bare)])
      const keys = [...kinds].flatMap(kind =>
        [{ kind }, { kind, namespace }, { kind, namespace, name }].map(keyOfRead),
      )
      for (const key of keys)
        for (const [asset, ofAsset] of readers.get(key) ?? [])
          for (const rule of ofAsset)
            if (rule === structure) assets.add(asset)
            else {
              const again = rules.get(asset) ?? new Set<string>()
              rules.set(asset, again.add(rule))
            }
      return { assets, rules }
    },
  }
}

const keyOfRead = ({ kind, namespace, name }: Read) => JSON.stringify([kind, namespace, name])
