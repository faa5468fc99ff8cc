// Hidden subjects: for each tally the gap that hides an unknown number of its subjects, in the cluster and in one namespace.

import { namespaceOf } from '../../kube/asset-key.ts'
import type { Gap } from '../../model/gap.ts'
import type { Result } from '../../model/result.ts'
import type { Rule } from '../../model/rule.ts'
import type { Plan } from '../plan.ts'
import { resultOf } from '../results-of.ts'
import { hiddenBy } from '../rule-verdict.ts'
import { mayHideSubjects, subjectKinds } from '../subjects.ts'
import type { Tally } from '../tally.ts'

export interface HiddenSubjects {
  /** By the tally's index. */
  readonly cluster: readonly (Gap | undefined)[]
  /** Of those, what may hide subjects in that namespace. */
  inNamespace(namespace: string): readonly (Gap | undefined)[]
  /** What each rule could not be asked, for each gap that may hide subjects of it. */
  results(): Result[]
}

/** `stale` hides all there is: nothing that was read is sure to be so still. */
export function hideSubjects(
  tallies: readonly Tally[],
  plans: readonly Plan[],
  gaps: readonly Gap[],
  stale: Gap | undefined,
): HiddenSubjects {
  const pairs: { readonly plan: Plan; readonly index: number; readonly gap: Gap }[] = []
  for (const [index, plan] of plans.entries()) {
    if (plan.foregone?.outcome === 'not-applicable') continue
    for (const gap of gaps) if (mayHideSubjects(gap, plan.rule)) pairs.push({ plan, index, gap })
  }
  const ofPlan = new Map<number, typeof pairs>()
  for (const pair of pairs) ofPlan.set(pair.index, [...(ofPlan.get(pair.index) ?? []), pair])
  const find = (isHere: (gap: Gap, rule: Rule) => boolean) =>
    tallies.map(({ plans: own }) => {
      if (stale && own.length > 0) return stale
      for (const plan of own)
        for (const { gap, plan: of } of ofPlan.get(plan) ?? []) if (isHere(gap, of.rule)) return gap
      return undefined
    })
  let everywhere: readonly (Gap | undefined)[] | undefined
  const named = new Set(gaps.map(({ namespace }) => namespace))
  return {
    cluster: find(() => true),
    inNamespace(namespace) {
      if (named.has(namespace))
        return find(
          (gap, rule) => (gap.namespace === undefined || gap.namespace === namespace) && isNamespaced(rule),
        )
      everywhere ??= find((gap, rule) => gap.namespace === undefined && isNamespaced(rule))
      return everywhere
    },
    results: () => pairs.map(({ plan, gap }) => resultOf(plan, hiddenBy(gap), null)),
  }
}

/** Whether any of the kinds that a rule judges lives in namespaces. */
function isNamespaced(rule: Rule): boolean {
  return subjectKinds(rule).some(kind => {
    if (kind === '*') return true
    const [bare = '', ...group] = kind.split('.')
    const apiVersion = group.length > 0 ? `${group.join('.')}/v1` : 'v1'
    return namespaceOf({ apiVersion, kind: bare, metadata: { namespace: 'any' } }) !== ''
  })
}
