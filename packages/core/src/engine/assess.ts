// Assess: judges a snapshot by the rules and benchmarks asked for; results come one by one, what they add up to at the end.

import type { Assessment, Summary } from '../model/assessment.ts'
import type { Edition } from '../model/benchmark.ts'
import type { Gap } from '../model/gap.ts'
import {
  type KubernetesVersion,
  newestKnownMinor,
  parseKubernetesVersion,
} from '../model/kubernetes-version.ts'
import { defaultProfile, type Profile } from '../model/profile.ts'
import type { Resource, SourcedResource } from '../model/resource.ts'
import type { Result } from '../model/result.ts'
import type { Occasion, Rule } from '../model/rule.ts'
import type { RuleException } from '../model/rule-exception.ts'
import type { Scope, Snapshot } from '../model/snapshot.ts'
import { findAssets } from './assets.ts'
import type { Baseline } from './baseline.ts'
import type { Reading } from './dependencies.ts'
import { openExceptions } from './exceptions.ts'
import { findFixes } from './fix.ts'
import { parametersKey, watchBaseline } from './fixed.ts'
import { indexGaps } from './gap-index.ts'
import { judgeAll } from './judge-all.ts'
import { isVersionGap, type Plan, type VersionGap } from './plan.ts'
import { planAll } from './plan-set.ts'
import { recordLookups } from './recording-lookup.ts'
import { indexResources } from './resource-index.ts'
import { rollUpEditions } from './roll-up.ts'
import { scoreOf } from './score.ts'
import { unplaceable, watchSoundness } from './soundness.ts'
import { tallyControls } from './tally.ts'
import { countResults } from './totals.ts'

export interface AssessInput {
  readonly snapshot: Snapshot
  /** The catalogue. */
  readonly rules: readonly Rule[]
  /** The benchmarks to judge by; the rules they bind run whether or not they are asked for. */
  readonly editions: readonly Edition[]
  /**
   * The rules to run for themselves, by id or alias; all that are on where it is undefined, none where it is empty. A rule that the
   * profile switches off never runs.
   */
  readonly asked?: readonly string[]
  readonly profile?: Profile
  readonly exceptions?: readonly RuleException[]
  readonly baseline?: Baseline
  /** ISO 8601: the instant of the assessment; exceptions hold, and versions are supported, or not by its day. */
  readonly now: string
  readonly tool: { readonly name: string; readonly version: string }
  /** Limits an assessment that repeats a part of an earlier one; its summary then speaks of that part only. */
  readonly only?: (asset: string, rule: string) => boolean
  /** Is told what each judgement read beyond its subject, to be kept for later assessments of what changed. */
  readonly onReads?: (reading: Reading) => void
}

/**
 * An assessment ready to run. Nothing is judged before `results()` is iterated; it may be iterated once. Throws on an edition or profile
 * that names parameters its rules do not declare (both are checked where they are read).
 */
export function assess(input: AssessInput): Assessment {
  const { snapshot, tool, now, profile = defaultProfile } = input
  const { scope } = snapshot
  const cluster = versionOf(snapshot)
  const gaps = gapsOf(snapshot, cluster)
  const soundness = watchSoundness(sourceFinder(snapshot.resources))
  const all = snapshot.resources.map(({ resource }) => resource)
  const gapIndex = indexGaps([...gaps, ...unplaceable(all, soundness)])
  const resources = indexResources(all)
  const { plans, controls } = planAll({
    rules: input.rules,
    editions: input.editions,
    profile,
    scope,
    asked: input.asked,
    cluster,
    occasion: occasionOf(scope, now),
    lookupOf: rule => recordLookups(rule, resources, gapIndex, soundness.gapOf, input.onReads !== undefined),
  })
  const assets = findAssets(scope.id, snapshot.resources)
  const tallies = tallyControls(controls)
  const totals = countResults()
  const exceptions = openExceptions(input.exceptions ?? [], now.slice(0, 10))
  const planned = new Map(plans.map(plan => [planKey(plan.rule.id, plan.reported), plan]))
  const baseline =
    input.baseline &&
    watchBaseline(input.baseline, scope.id, (rule, parameters) => planned.has(planKey(rule, parameters)))
  let state: 'ready' | 'running' | 'done' = 'ready'

  function results(): Generator<Result, void, undefined> {
    if (state !== 'ready') throw new Error('the results of an assessment are read once')
    state = 'running'
    return judgeAll({
      assets,
      plans,
      tallies: [...tallies.values()],
      gaps,
      gapIndex,
      soundness,
      inCluster: scope.type === 'cluster',
      totals,
      exceptions,
      baseline,
      only: input.only,
      onReads: input.onReads,
      onDone() {
        state = 'done'
      },
    })
  }

  let summed: Summary | undefined
  function sum(): Summary {
    const isPartial = gaps.length > 0 || totals.counts['not-evaluated'] > 0 || totals.counts.error > 0
    const { counts, failures, newFailures } = totals
    const rolled = rollUpEditions(controls, tallies)
    return {
      controls: [...rolled.values()].flat().map(({ result }) => result),
      scores: [...rolled].map(([{ benchmark, edition }, own]) => scoreOf(benchmark, edition, own)),
      gaps: [...gaps, ...soundness.gaps()],
      counts,
      failures,
      newFailures,
      exceptions: exceptions.notes({ failures: counts.fail + counts.excepted, isPartial }),
      fixed: (baseline?.fixed(new Set(assets.map(({ entry }) => entry.key)), gapIndex) ?? []).map(
        ({ rule, resource, discriminator }) => ({
          rule,
          resource,
          ...(discriminator !== undefined && { discriminator }),
        }),
      ),
    }
  }

  const fixFinding = findFixes()
  let objects: Map<string, Resource | undefined> | undefined
  return {
    tool,
    scope,
    startedAt: now,
    resources: assets.map(({ entry }) => entry),
    editions: input.editions,
    results,
    summary() {
      if (state !== 'done') throw new Error('an assessment is summed up when all its results were read')
      summed ??= sum()
      return summed
    },
    fixOf(result) {
      if (result.outcome !== 'fail' || result.resource === null) return undefined
      objects ??= new Map(assets.map(({ entry, object }) => [entry.key, object]))
      const object = objects.get(result.resource)
      const plan = planned.get(planKey(result.rule, result.parameters))
      return object && plan ? fixFinding(plan, object, result.discriminator) : undefined
    },
  }
}

/** What rules may know of a scope and a day beside resources. */
export const occasionOf = (
  { type, kubernetesVersion, provider, distribution }: Scope,
  now: string,
): Occasion => ({
  day: now.slice(0, 10),
  scope: type,
  ...(kubernetesVersion !== undefined && { kubernetesVersion }),
  ...(provider !== undefined && { provider }),
  ...(distribution !== undefined && { distribution }),
})

const planKey = (rule: string, parameters: Plan['reported']) => `${rule} ${parametersKey(parameters)}`

/** The version that rules see: the scope's own; for files the newest known; for a cluster that did not tell it, the gap that it leaves. */
export function versionOf({ scope, gaps }: Pick<Snapshot, 'scope' | 'gaps'>): KubernetesVersion | VersionGap {
  const version = parseKubernetesVersion(scope.kubernetesVersion ?? '')
  if (version) return version
  if (scope.type === 'files') return { major: 1, minor: newestKnownMinor }
  return (
    gaps.find((gap): gap is VersionGap => gap.kind === 'Version') ?? {
      scope: scope.name,
      kind: 'Version',
      reason: 'not-collected',
      detail: `the Kubernetes version of ${scope.name} is not known; rules that depend on it were not evaluated`,
    }
  )
}

/** The gaps of a snapshot and of its version; one without any resource has at least the gap that nothing was there to judge. */
export function gapsOf(
  {
    scope,
    resources,
    gaps,
  }: Pick<Snapshot, 'scope' | 'gaps'> & { readonly resources: { readonly length: number } },
  version: KubernetesVersion | VersionGap,
): readonly Gap[] {
  const all = isVersionGap(version) && !gaps.includes(version) ? [...gaps, version] : gaps
  // A gap without a kind already says that nothing is known of any.
  if (resources.length > 0 || gaps.some(({ kind }) => kind === undefined)) return all
  const nothing: Gap = {
    scope: scope.name,
    reason: 'not-collected',
    detail: `nothing to judge: no Kubernetes resource was found in ${scope.name}`,
  }
  return [...all, nothing]
}

/** Finds where a resource came from; most snapshots are never asked. */
function sourceFinder(resources: readonly SourcedResource[]) {
  let sources: Map<Resource, SourcedResource['source']> | undefined
  return (resource: Resource) => {
    sources ??= new Map(resources.map(({ resource: own, source }) => [own, source]))
    return sources.get(resource)
  }
}
