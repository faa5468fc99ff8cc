// Judge each: one asset after the other by every plan that speaks of it.

import { makesPods } from '../kube/pod-template.ts'
import type { Result } from '../model/result.ts'
import { haveCommon } from '../model/shape.ts'
import type { Asset } from './assets.ts'
import { rememberConcerns } from './concern-memo.ts'
import type { Reading } from './dependencies.ts'
import { dispatchPlans } from './dispatch.ts'
import type { ExceptionBook } from './exceptions.ts'
import type { BaselineWatch } from './fixed.ts'
import type { GapIndex } from './gap-index.ts'
import { judgeObject, judgePods, type Sink } from './judge-asset.ts'
import type { Plan } from './plan.ts'
import { prepareAsset } from './prepare-asset.ts'
import type { Read } from './recording-lookup.ts'
import { passOf } from './results-of.ts'
import type { Soundness } from './soundness.ts'
import { status } from './status.ts'
import { countSubject, type Tally } from './tally.ts'

export interface JudgeEachInput {
  readonly assets: readonly Asset[]
  readonly plans: readonly Plan[]
  readonly tallies: readonly Tally[]
  readonly gapIndex: GapIndex
  readonly soundness: Soundness
  /** Whether what runs is part of the scope. */
  readonly inCluster: boolean
  readonly exceptions: ExceptionBook
  readonly baseline: BaselineWatch | undefined
  readonly only: ((asset: string, rule: string) => boolean) | undefined
  readonly onReads: ((reading: Reading) => void) | undefined
  /** Whether only what is amiss is wanted: passes and what does not apply are told by the statuses alone, of which most results are. */
  readonly isBrief: boolean
}

/** What one asset came to. All of it is written over when the next one is asked for. */
export interface EachJudged {
  readonly asset: Asset
  readonly results: readonly Result[]
  /** By plan; `none` where it does not speak of the asset or was not asked. */
  readonly statuses: Readonly<Uint8Array>
  /** By plan, why the asset was not evaluated; undefined where all was. */
  readonly reasons: readonly (string | undefined)[] | undefined
}

/** Yields what each asset came to; those of which no plan speaks are left out. */
export function* judgeEach(input: JudgeEachInput): Generator<EachJudged, void, undefined> {
  const { plans, baseline, only, onReads, isBrief } = input
  const dispatcher = dispatchPlans(plans, input.tallies)
  const concerns = rememberConcerns(plans)
  const statuses = new Uint8Array(plans.length)
  /** Why the asset at hand was not evaluated, by plan; what stands here of earlier ones is cleared where there is a reason again. */
  const reasons: (string | undefined)[] = plans.map(() => undefined)
  const buffer: Result[] = []
  const isExcepting = !input.exceptions.isEmpty
  let asset: Asset | undefined
  /** What each rule read of the asset at hand, with whatever parameters. */
  const reads = new Map<string, readonly Read[]>()

  const sink: Sink = {
    results: buffer,
    isBrief,
    fail(result, plan) {
      const exception = isExcepting && asset ? coverOf(input.exceptions, plan, asset, result) : undefined
      const change = baseline?.meet(result)
      return exception || change
        ? { ...result, ...(exception && { exception }), ...(change && { change }) }
        : result
    },
    read({ id }, own) {
      if (onReads) reads.set(id, [...(reads.get(id) ?? []), ...own])
    },
  }

  for (asset of input.assets) {
    const { key } = asset.entry
    if (asset.reads.length > 0) onReads?.({ asset: key, reads: asset.reads })
    const mayHavePods = asset.members.length > 0 || (asset.object !== undefined && makesPods(asset.object))
    if (dispatcher.dispatch(asset.object, mayHavePods).plans.length === 0) continue
    const prepared = prepareAsset(asset, input.gapIndex, input.soundness, input.inCluster)
    const { plans: judging, tallies } = dispatcher.dispatch(asset.object, prepared.pods.length > 0)
    const alone = prepared.pods.length === 1 ? prepared.pods[0]?.template : undefined
    /** The only pod, where one that has nothing that a rule could find passes it. */
    const plain =
      alone && !prepared.hidden && alone.os === undefined && alone.resource.redacted === undefined
        ? alone
        : undefined
    concerns.begin()
    statuses.fill(status.none)
    let hasReasons = false
    // A baseline is told of each rule, in order, even of those that have nothing to say.
    for (const index of alone && !baseline ? concerns.speaking(judging, alone) : judging) {
      const plan = plans[index] as Plan
      if (only && !only(key, plan.id)) continue
      if (baseline && alone && plan.judgesPods && concerns.isSilent(index, alone)) {
        baseline.settle(plan.id, plan.reported, key, true)
        continue
      }
      if (plain && plan.faultFields && !haveCommon(plan.faultFields, plain.fields)) {
        if (!isBrief) buffer.push(passOf(plan, key))
        statuses[index] = status.pass
        baseline?.settle(plan.id, plan.reported, key, true)
        continue
      }
      const first = buffer.length
      statuses[index] = plan.judgesPods
        ? judgePods(plan, prepared, sink)
        : asset.object
          ? judgeObject(plan, prepared, asset.object, sink)
          : status.none
      const own = statuses[index]
      const reason = own === status.pass || own === status.notApplicable ? undefined : unseenIn(buffer, first)
      if (reason !== undefined && !hasReasons) {
        hasReasons = true
        reasons.fill(undefined)
      }
      if (hasReasons) reasons[index] = reason
      baseline?.settle(plan.id, plan.reported, key, reason === undefined)
    }
    for (const [rule, own] of reads) onReads?.({ asset: key, rule, reads: own })
    reads.clear()
    for (const { tally, plans: fed } of tallies) {
      countSubject(tally, fed, statuses)
      if (hasReasons && tally.reason === undefined) for (const index of fed) tally.reason ??= reasons[index]
    }
    yield { asset, results: buffer, statuses, reasons: hasReasons ? reasons : undefined }
    buffer.length = 0
  }
}

/** Why something was not evaluated or failed to be, among the results from `first` on. */
function unseenIn(results: readonly Result[], first: number): string | undefined {
  for (let i = first; i < results.length; i++) {
    const { outcome, reason } = results[i] as Result
    if (outcome === 'not-evaluated' || outcome === 'error') return reason
  }
  return undefined
}

function coverOf(exceptions: ExceptionBook, plan: Plan, asset: Asset, result: Result) {
  const { metadata } = asset.object ?? asset.members[0]?.resource ?? {}
  return exceptions.cover({
    rule: plan.rule,
    severity: result.severity,
    asset: asset.entry,
    labels: metadata?.labels ?? {},
    discriminator: result.discriminator,
    evidence: result.evidence,
  })
}
