// Judge asset: one rule's results on one asset, its own template and its running pods taken together.

import type { Gap } from '../model/gap.ts'
import type { PodTemplate } from '../model/pod-template.ts'
import type { Resource } from '../model/resource.ts'
import type { Result } from '../model/result.ts'
import type { Asset } from './assets.ts'
import { judge } from './judge.ts'
import type { Plan } from './plan.ts'
import type { PodReading } from './pod-readings.ts'
import type { Read } from './recording-lookup.ts'
import { failuresOf, passOf, resultOf } from './results-of.ts'
import { hiddenBy, passed, type Verdict } from './rule-verdict.ts'
import { type Status, status } from './status.ts'

/** An asset with all that is needed to judge it. */
export interface PreparedAsset {
  readonly asset: Asset
  readonly pods: readonly PreparedPod[]
  /** The gap that may hide some of its pods, so that they cannot pass. */
  readonly hidden: Gap | undefined
  /** The gap that the object itself leaves, where it cannot be decoded. */
  readonly broken: Gap | undefined
}

/** A pod reading, or the gap that an undecodable one leaves. */
export type PreparedPod = (
  | { readonly template: PodTemplate; readonly gap: undefined }
  | { readonly template: undefined; readonly gap: Gap }
) &
  Pick<PodReading, 'resource' | 'note' | 'isAddition'>

/** Where results go, and what is done to each failure on the way. */
export interface Sink {
  readonly results: Result[]
  /** Whether only what is amiss is wanted: no result is made of what passes or does not apply. */
  readonly isBrief: boolean
  /** Gives the failure as it is to be reported: with its exception, its change against a baseline. */
  fail(result: Result, plan: Plan): Result
  /** Notes what a rule that looks beyond its subject has read. */
  read(plan: Plan, reads: readonly Read[]): void
}

/** Judges an asset's own object, as a resource. */
export function judgeObject(
  plan: Plan,
  { asset, broken }: PreparedAsset,
  object: Resource,
  sink: Sink,
): Status {
  const verdict = broken ? unread(plan, broken) : judge(plan, object)
  if (plan.looksUp) sink.read(plan, plan.lookup.reads())
  return report(plan, asset.entry.key, verdict, undefined, sink)
}

/**
 * Judges an asset's pods: failures of each reading (one for each discriminator, the first reading's), and beside them what kept others
 * from being judged. It passes only if each reading passed and none is hidden.
 */
export function judgePods(plan: Plan, prepared: PreparedAsset, sink: Sink): Status {
  const { key } = prepared.asset.entry
  const { pods, hidden } = prepared
  if (pods.length === 1) {
    const pod = pods[0] as PreparedPod
    const verdict = judgePod(plan, pod)
    if (plan.looksUp) sink.read(plan, plan.lookup.reads())
    const believed = verdict.outcome === 'pass' && hidden ? hiddenBy(hidden, hiddenReason(hidden)) : verdict
    return report(plan, key, believed, pod.note, sink)
  }
  return judgeSeveral(plan, prepared, sink)
}

function judgeSeveral(plan: Plan, { asset, pods, hidden }: PreparedAsset, sink: Sink): Status {
  const { key } = asset.entry
  const failed = new Set<string | undefined>()
  let decisive: Status = status.none
  let other: Verdict | undefined
  let note: string | undefined
  for (const pod of pods) {
    const verdict = judgePod(plan, pod)
    if (plan.looksUp) sink.read(plan, plan.lookup.reads())
    if (verdict.outcome !== 'fail') {
      if (verdict.status === status.none) continue
      if (!other || verdict.status > other.status) {
        other = verdict
        note = pod.note
      }
      continue
    }
    for (const result of failuresOf(plan, verdict, key, pod.note)) {
      if (failed.has(result.discriminator)) continue
      failed.add(result.discriminator)
      const reported = sink.fail(result, plan)
      sink.results.push(reported)
      decisive = Math.max(decisive, reported.exception ? status.excepted : status.fail) as Status
    }
  }
  if (!other) return decisive
  if (other.outcome === 'pass' && hidden) other = hiddenBy(hidden, hiddenReason(hidden))
  const own = other.status
  // A pass beside a failure would claim too much; what could not be judged is said beside it.
  if (isWanted(own, sink) && (failed.size === 0 || own >= status.notEvaluated)) {
    const { reason } = other
    sink.results.push(
      resultOf(plan, note && reason !== undefined ? { ...other, reason: `${note}: ${reason}` } : other, key),
    )
  }
  return Math.max(decisive, own) as Status
}

function judgePod(plan: Plan, pod: PreparedPod): Verdict {
  if (pod.gap) return unread(plan, pod.gap)
  return judge(plan, pod.template, pod.template.os, pod.isAddition)
}

/** The verdict of a rule that was not run, since its subject cannot be decoded. */
function unread(plan: Plan, gap: Gap): Verdict {
  plan.lookup.begin()
  return hiddenBy(gap)
}

function report(plan: Plan, key: string, verdict: Verdict, note: string | undefined, sink: Sink): Status {
  if (verdict.outcome !== 'fail' && !isWanted(verdict.status, sink)) return verdict.status
  if (verdict === passed) {
    sink.results.push(passOf(plan, key))
    return status.pass
  }
  if (verdict.status === status.none) return status.none
  if (verdict.outcome !== 'fail') {
    sink.results.push(resultOf(plan, verdict, key))
    return verdict.status
  }
  let decisive: Status = status.none
  for (const result of failuresOf(plan, verdict, key, note)) {
    const reported = sink.fail(result, plan)
    sink.results.push(reported)
    decisive = Math.max(decisive, reported.exception ? status.excepted : status.fail) as Status
  }
  return decisive
}

/** Whether a result is to be made of a verdict that is no failure. */
const isWanted = (own: Status, { isBrief }: Sink) =>
  !isBrief || (own !== status.pass && own !== status.notApplicable)

const hiddenReason = (gap: Gap) => `what was seen of it passes, but not all was seen: ${gap.detail}`
