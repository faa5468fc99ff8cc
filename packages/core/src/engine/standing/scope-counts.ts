// Scope counts: the subjects of every tally by what became of them, for a whole cluster and for each of its namespaces.

import { status } from '../status.ts'
import type { Tally } from '../tally.ts'
import type { Vector } from './verdict-vector.ts'

export const statusCount = Object.keys(status).length

/** What an asset is to the tallies: pairs of a tally's index and the status that decides there, in the order of the tallies. */
export type Standing = readonly number[]

/** Why a plan could not judge an asset, by the plan's index. */
export type Reasons = ReadonlyMap<number, string>

/** What is remembered of an asset's judgement. */
export interface Judged {
  readonly namespace: string
  readonly vector: Vector
  readonly reasons: Reasons | undefined
  /** The rules that were run again for themselves since all were, the last time, and a mark of what they found. */
  readonly again?: { readonly rules: string; readonly mark: string }
}

/** Counts of subjects: `tally × statusCount + status`. */
export type Counts = Int32Array

export interface ScopeCounts {
  /** The whole cluster. */
  readonly cluster: Counts
  /** Each namespace that has an asset. */
  readonly namespaces: ReadonlyMap<string, Counts>
  /** The namespaces whose counts changed since `settle`. */
  readonly touched: ReadonlySet<string>
  settle(): void
  standingOf(vector: Vector): Standing
  add(judged: Judged, sign: 1 | -1): void
  /** The reason given most often for what a tally could not judge; of equally many, the first in the alphabet. */
  reasonOf(tally: number): string | undefined
}

/** `tallies` are the distinct tallies of the plans. */
export function countScopes(tallies: readonly Tally[], plans: number): ScopeCounts {
  const size = tallies.length * statusCount
  const cluster: Counts = new Int32Array(size)
  const namespaces = new Map<string, Counts>()
  const assets = new Map<string, number>()
  const touched = new Set<string>()
  const standings = new WeakMap<object, Standing>()
  const reasons = tallies.map(() => new Map<string, number>())
  /** The tallies that each plan feeds. */
  const fed: number[][] = Array.from({ length: plans }, () => [])
  tallies.forEach((tally, index) => {
    for (const plan of tally.plans) fed[plan]?.push(index)
  })

  const standingOf = (vector: Vector): Standing => {
    const known = standings.get(vector)
    if (known) return known
    const made: number[] = []
    tallies.forEach(({ plans: own }, index) => {
      let decisive = 0
      for (const plan of own) if ((vector[plan] as number) > decisive) decisive = vector[plan] as number
      if (decisive !== status.none) made.push(index, decisive)
    })
    standings.set(vector, made)
    return made
  }

  return {
    cluster,
    namespaces,
    touched,
    standingOf,
    settle: () => touched.clear(),
    add({ namespace, vector, reasons: why }, sign) {
      let own = namespaces.get(namespace)
      if (!own && namespace !== '') {
        own = new Int32Array(size)
        namespaces.set(namespace, own)
      }
      const standing = standingOf(vector)
      for (let i = 0; i < standing.length; i += 2) {
        const at = (standing[i] as number) * statusCount + (standing[i + 1] as number)
        cluster[at] = (cluster[at] as number) + sign
        if (own) own[at] = (own[at] as number) + sign
      }
      if (why) countReasons(why, sign)
      if (namespace === '') return
      touched.add(namespace)
      const left = (assets.get(namespace) ?? 0) + sign
      if (left > 0) assets.set(namespace, left)
      else {
        assets.delete(namespace)
        namespaces.delete(namespace)
      }
    },
    reasonOf(tally) {
      let best: string | undefined
      let most = 0
      for (const [reason, count] of reasons[tally] ?? [])
        if (count > most || (count === most && best !== undefined && reason < best)) {
          best = reason
          most = count
        }
      return best
    },
  }

  function countReasons(why: Reasons, sign: 1 | -1): void {
    const done = new Set<number>()
    for (const [plan, reason] of why)
      for (const tally of fed[plan] ?? []) {
        if (done.has(tally)) continue
        done.add(tally)
        const own = reasons[tally] as Map<string, number>
        const count = (own.get(reason) ?? 0) + sign
        if (count > 0) own.set(reason, count)
        else own.delete(reason)
      }
  }
}
