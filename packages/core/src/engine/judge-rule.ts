// Judge rule: one rule on one resource, for tests, examples and questions about a single object.

import { assetKey } from '../kube/asset-key.ts'
import { readPodTemplate } from '../kube/pod-template.ts'
import type { Gap } from '../model/gap.ts'
import { newestKnownMinor, parseKubernetesVersion } from '../model/kubernetes-version.ts'
import type { Resource } from '../model/resource.ts'
import type { Result } from '../model/result.ts'
import type { Occasion, Rule } from '../model/rule.ts'
import { indexGaps } from './gap-index.ts'
import { judge } from './judge.ts'
import { resolveParameters, type Settings } from './parameters.ts'
import { planRule } from './plan.ts'
import { recordLookups } from './recording-lookup.ts'
import { indexResources } from './resource-index.ts'
import { failuresOf, resultOf } from './results-of.ts'
import { hiddenBy } from './rule-verdict.ts'
import { decodingProblem, unplaceable, watchSoundness } from './soundness.ts'
import { status } from './status.ts'
import { isSubject } from './subjects.ts'
import { undecodable } from './undecodable.ts'

export interface JudgeRuleOptions {
  /** Other resources that the rule may look up. */
  readonly with?: readonly Resource[]
  /** Over the rule's defaults. */
  readonly parameters?: Settings
  /** Such as `1.34`; default is the newest known. */
  readonly kubernetesVersion?: string
  readonly gaps?: readonly Gap[]
  /** Its parts that are not named are those of a set of files on the first day of 2026. */
  readonly occasion?: Partial<Occasion>
}

/**
 * The results of one rule on one resource, keyed in the scope `files`; empty where the rule does not judge that kind or does not speak of it. Throws on a
 * parameter that the rule does not declare and on a version that is none.
 */
export function judgeRule(rule: Rule, resource: Resource, options: JudgeRuleOptions = {}): Result[] {
  if (!isSubject(rule, resource)) return []
  const version = parseKubernetesVersion(options.kubernetesVersion ?? `1.${newestKnownMinor}`)
  if (!version) throw new Error(`${options.kubernetesVersion} is no Kubernetes version`)
  const all = [resource, ...(options.with ?? [])]
  const soundness = watchSoundness(() => undefined)
  const gaps = indexGaps([...(options.gaps ?? []), ...unplaceable(all, soundness)])
  const lookup = recordLookups(rule, indexResources(all), gaps, soundness.gapOf, false)
  const plan = planRule(rule, resolveParameters(rule, version, options.parameters), lookup, version, {
    day: '2026-01-01',
    scope: 'files',
    ...options.occasion,
  })
  const key = assetKey('files', resource)
  const problem = decodingProblem(resource)
  if (problem) return [resultOf(plan, hiddenBy(undecodable(resource, undefined, problem)), key)]
  if (rule.subject !== 'PodTemplate') return verdictResults(judge(plan, resource))
  const reading = readPodTemplate(resource)
  return reading.ok ? verdictResults(judge(plan, reading.template, reading.template.os)) : []

  function verdictResults(verdict: ReturnType<typeof judge>): Result[] {
    if (verdict.status === status.none) return []
    return verdict.outcome === 'fail' ? failuresOf(plan, verdict, key) : [resultOf(plan, verdict, key)]
  }
}
