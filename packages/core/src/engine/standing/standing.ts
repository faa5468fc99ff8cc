// Standing assessment: keeps a cluster judged while its resources, its gaps and what it is judged by change; judges again only what a
// change can affect.

import type { Edition } from '../../model/benchmark.ts'
import type { Gap } from '../../model/gap.ts'
import { hashText } from '../../model/hash.ts'
import type { Profile } from '../../model/profile.ts'
import type { Resource, Source } from '../../model/resource.ts'
import type { Result } from '../../model/result.ts'
import type { Rule } from '../../model/rule.ts'
import type { RuleException } from '../../model/rule-exception.ts'
import type { Scope } from '../../model/snapshot.ts'
import { gapsOf, occasionOf, versionOf } from '../assess.ts'
import type { Asset } from '../assets.ts'
import { openExceptions } from '../exceptions.ts'
import { indexGaps } from '../gap-index.ts'
import { type EachJudged, judgeEach } from '../judge-each.ts'
import type { Plan } from '../plan.ts'
import { type PlanSet, planAll } from '../plan-set.ts'
import { recordLookups } from '../recording-lookup.ts'
import { decodingProblem, type Soundness, unplaceable } from '../soundness.ts'
import { undecodable } from '../undecodable.ts'
import { type Again, planAgain } from './again.ts'
import { essenceOf } from './essence.ts'
import { keepCount, type Ledger } from './ledger.ts'
import { type Move, placements, resourceKey } from './placements.ts'
import type { Posture } from './posture.ts'
import { type ReadLog, readLog } from './read-log.ts'
import type { Judged, Reasons } from './scope-counts.ts'
import { sharer } from './share.ts'
import { standingIndex } from './standing-index.ts'
import { sharedVectors, type Vector } from './verdict-vector.ts'

/** What a cluster is judged by, at one step. */
export interface Basis {
  /** Equal where rules, editions, profile and scope are: another key judges everything anew. */
  readonly key: string
  readonly scope: Scope
  readonly rules: readonly Rule[]
  readonly editions: readonly Edition[]
  readonly profile: Profile
  readonly exceptions: readonly RuleException[]
  /** ISO 8601: exceptions hold, and dated rules judge, by its day. */
  readonly now: string
  /** What could not be read. */
  readonly gaps: readonly Gap[]
  /** Why all that was read is older than it should be: verdicts stay as they were, and no control is claimed to pass. */
  readonly stale?: Gap
}

/** What judging an asset came to. */
export interface JudgedAsset {
  readonly type: 'judged'
  readonly asset: Asset
  /** The rules judged now; undefined: all of them. What others came to stands. */
  readonly rules: ReadonlySet<string> | undefined
  /** The results of these rules that are no pass and speak of the asset: fail, not-evaluated, error. */
  readonly results: readonly Result[]
  readonly vector: Vector
  /** What it was before; undefined for an asset that was not there, or was judged by another basis. */
  readonly before: Vector | undefined
}

export type AssetChange = JudgedAsset | { readonly type: 'gone'; readonly key: string }

export interface Standing {
  /** A resource is here, in place of any before of its key. It is taken over, and changed. Takes effect with the next step. */
  put(resource: Resource, source?: Source): void
  /** The resource of a key `<kind>/<namespace>/<name>` is gone. */
  remove(key: string): void
  /** What an asset came to at a step that was kept elsewhere, by the same basis as the first step here. */
  seed(asset: string, namespace: string, vector: Uint8Array): void
  /** The gaps of that step, and why it was stale. */
  seedGaps(gaps: readonly Gap[], stale: Gap | undefined): void
  /**
   * Judges what changed and what that can affect; yields each asset judged and each that is gone. To be read to its end: only then does
   * the posture speak of it, and a step that is left early leaves the standing of no use.
   */
  step(basis: Basis): Generator<AssetChange, void, undefined>
  /** What the last step came to. */
  posture(): Posture
  /** In the order of the vectors' bytes; known from the beginning of a step. */
  plans(): readonly Plan[]
  /** The keys of the assets. */
  assets(): IterableIterator<string>
  readonly assetCount: number
  has(asset: string): boolean
  /** Resources held. */
  readonly size: number
}

const noSource: Source = { file: 'cluster', document: 0 }

/** A standing assessment of a cluster of which nothing is known yet; `scope` is the first part of its assets' keys. */
export function openStanding(scope: string): Standing {
  const index = standingIndex()
  const places = placements(scope, key => index.get(key))
  const sharing = sharer()
  const vectors = sharedVectors()
  const judged = new Map<string, Judged>()
  const pending = new Map<string, Move['before']>()
  const unsound = new Map<Resource, Gap>()
  const nameless = new Map<string, Gap>()
  const seeds = new Map<string, { readonly namespace: string; readonly bytes: Uint8Array }>()
  let seeded: { readonly gaps: readonly Gap[]; readonly stale: Gap | undefined } | undefined
  let log: ReadLog = readLog()
  let last: (Basis & { readonly all: readonly Gap[] }) | undefined
  let planned: PlanSet | undefined
  let ledger: Ledger | undefined
  let posture: Posture | undefined

  const soundness: Soundness = {
    gapOf: resource => unsound.get(resource),
    note(resource, problem) {
      const gap = unsound.get(resource) ?? undecodable(resource, noSource, problem)
      unsound.set(resource, gap)
      return gap
    },
    gaps: () => [...unsound.values()],
  }
  const leave = (key: string) => {
    const before = index.get(key)
    if (!pending.has(key)) pending.set(key, before)
    if (before) unsound.delete(before.resource)
    nameless.delete(key)
  }

  function* step(basis: Basis): Generator<AssetChange, void, undefined> {
    const moves = [...pending].map(([key, before]): Move => ({ key, before, after: index.get(key) }))
    pending.clear()
    sharing.forget()
    const touched = places.move(moves)
    const version = versionOf(basis)
    const gaps = gapsOf({ ...basis, resources: { length: index.size } }, version)
    const all = [...gaps, ...nameless.values()]
    const gapIndex = indexGaps(all)
    const view = index.view()
    const isSame = last?.key === basis.key
    const set = planAll({
      rules: basis.rules,
      editions: basis.editions,
      profile: basis.profile,
      scope: basis.scope,
      asked: undefined,
      cluster: version,
      occasion: occasionOf(basis.scope, basis.now),
      lookupOf: rule => recordLookups(rule, view, gapIndex, soundness.gapOf),
    })
    planned = set
    if (!isSame || !ledger) {
      // By another basis nothing that was kept means the same.
      judged.clear()
      log = readLog()
      ledger = begin(set)
    }
    const book = ledger
    book.begin(set)
    const gone = [...new Set([...touched, ...(isSame ? [] : judged.keys())])].filter(key => !places.get(key))
    for (const key of gone) {
      if (judged.has(key)) book.replace(judged.get(key), undefined)
      log.forget(key)
      judged.delete(key)
      yield { type: 'gone', key }
    }
    const from = isSame && last ? { ...last, gaps: last.all } : undefined
    const again = planAgain({
      touched,
      moves,
      derived: index.changes(),
      log,
      plans: set.plans,
      places,
      vectorOf: key => judged.get(key)?.vector,
      from,
      to: { ...basis, gaps: all },
    })
    yield* judge(again, set, basis, gapIndex, book)
    last = { ...basis, all }
    seeds.clear()
    seeded = undefined
    posture = book.settle(gaps, basis.stale, soundness.gaps())
  }

  /** A ledger of what is known by this basis already: nothing, or what was kept elsewhere. */
  function begin(set: PlanSet): Ledger {
    const book = keepCount(set)
    if (last) return book
    for (const [key, { namespace, bytes }] of seeds) {
      if (bytes.length !== set.plans.length) continue
      const own: Judged = { namespace, vector: vectors.shared(bytes), reasons: undefined }
      judged.set(key, own)
      book.replace(undefined, own)
    }
    if (seeded) book.settle(seeded.gaps, seeded.stale, [])
    return book
  }

  function* judge(
    again: Again,
    set: PlanSet,
    basis: Basis,
    gapIndex: ReturnType<typeof indexGaps>,
    book: Ledger,
  ): Generator<AssetChange, void, undefined> {
    const { assets } = again
    const bytes = new Uint8Array(set.plans.length)
    let at = 0

    /** Undefined where the rules that were run again found what they had found the last time they were. */
    const close = (asset: Asset, found: EachJudged | undefined): JudgedAsset | undefined => {
      const { key, namespace } = asset.entry
      const before = judged.get(key)
      const rules = again.rulesOf(key)
      const reasons = new Map<number, string>()
      if (found) bytes.set(found.statuses)
      else bytes.fill(0)
      if (rules && before) {
        set.plans.forEach(({ id }, plan) => {
          if (rules.has(id)) return
          bytes[plan] = before.vector[plan] as number
          const known = before.reasons?.get(plan)
          if (known !== undefined) reasons.set(plan, known)
        })
      }
      found?.reasons?.forEach((reason, plan) => {
        if (reason !== undefined) reasons.set(plan, reason)
      })
      const results = found?.results.filter(isAmiss) ?? []
      const own: Judged = {
        namespace,
        vector: vectors.shared(bytes),
        reasons: sharedReasons(reasons),
        ...(rules && {
          again: {
            rules: [...rules].sort().join(),
            mark: results.length === 0 ? '' : hashText(JSON.stringify(results)),
          },
        }),
      }
      judged.set(key, own)
      book.replace(before, own)
      if (own.again && before?.vector === own.vector && isSameAgain(before.again, own.again)) return undefined
      return { type: 'judged', asset, rules, results, vector: own.vector, before: before?.vector }
    }

    // Before any of them is judged, since an asset's reads come ahead of its results.
    for (const { entry } of assets) if (!again.rulesOf(entry.key)) log.forget(entry.key)
    for (const found of judgeEach({
      assets,
      plans: set.plans,
      tallies: [],
      gapIndex,
      soundness,
      inCluster: basis.scope.type === 'cluster',
      exceptions: openExceptions(basis.exceptions, basis.now.slice(0, 10)),
      baseline: undefined,
      isBrief: true,
      only: again.isPartial ? (asset, rule) => again.rulesOf(asset)?.has(rule) ?? true : undefined,
      onReads({ asset, rule, reads }) {
        if (rule === undefined) return
        log.record(asset, places.get(asset)?.entry.namespace ?? '', rule, reads)
      },
    })) {
      // Of those left out no plan speaks.
      for (; assets[at] !== found.asset; at++) {
        const change = close(assets[at] as Asset, undefined)
        if (change) yield change
      }
      at++
      const change = close(found.asset, found)
      if (change) yield change
    }
    for (; at < assets.length; at++) {
      const change = close(assets[at] as Asset, undefined)
      if (change) yield change
    }
  }

  const reasonSets = new Map<string, Reasons>()
  function sharedReasons(reasons: Reasons): Reasons | undefined {
    if (reasons.size === 0) return undefined
    const key = JSON.stringify([...reasons])
    const known = reasonSets.get(key)
    if (known) return known
    if (reasonSets.size > 10_000) reasonSets.clear()
    reasonSets.set(key, reasons)
    return reasons
  }

  return {
    put(resource, source = noSource) {
      const own = essenceOf(resource)
      const key = resourceKey(own)
      leave(key)
      // Before anything is shared, since it takes out what the API server would.
      const problem = decodingProblem(own)
      if (problem) soundness.note(own, problem)
      const [gap] = unplaceable([own], soundness)
      if (gap) nameless.set(key, gap)
      const isSound = !unsound.has(own)
      index.put(key, { resource: sharing.share(own), source }, isSound)
    },
    remove(key) {
      leave(key)
      index.put(key, undefined)
    },
    seed(asset, namespace, vector) {
      seeds.set(asset, { namespace, bytes: vector })
    },
    seedGaps(gaps, stale) {
      seeded = { gaps, stale }
    },
    step,
    posture: () => required(posture),
    plans: () => required(planned).plans,
    assets: () => places.keys(),
    get assetCount() {
      return places.size
    },
    has: key => places.get(key) !== undefined,
    get size() {
      return index.size
    },
  }
}

const isAmiss = ({ outcome }: Result) => outcome !== 'pass' && outcome !== 'not-applicable'

const isSameAgain = (a: Judged['again'], b: Judged['again']) => a?.rules === b?.rules && a?.mark === b?.mark

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a standing assessment is asked after its first step')
  return value
}
