// Subjects: which rules judge which resources.

import { assetKind } from '../kube/asset-key.ts'
import { makesPods, podKinds } from '../kube/pod-template.ts'
import type { Gap } from '../model/gap.ts'
import type { Resource } from '../model/resource.ts'
import type { Rule } from '../model/rule.ts'
import { isGapOf } from './gap-index.ts'

/** The kinds that a rule judges: `*` for any; those of foreign groups with their group, `HTTPRoute.gateway.networking.k8s.io`. */
export function subjectKinds(rule: Rule): readonly string[] {
  if (rule.subject === 'PodTemplate') return podKinds
  return rule.kinds ?? [rule.subject]
}

/** True when the rule judges this resource; a foreign kind with the name of a built-in one is not that one. */
export function isSubject(rule: Rule, resource: Resource): boolean {
  if (rule.subject === 'PodTemplate') return makesPods(resource)
  const kinds = subjectKinds(rule)
  if (kinds.includes('*')) return true
  return kinds.includes(assetKind(resource.apiVersion, resource.kind))
}

/** True when the gap may hide subjects of the rule. */
export function mayHideSubjects(gap: Gap, rule: Rule): boolean {
  if (gap.kind === undefined) return true
  const kinds = subjectKinds(rule)
  return kinds.some(kind => kind === '*' || isGapOf(gap.kind as string, kind))
}
