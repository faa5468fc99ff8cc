// Subjects: which rules judge which resources.

import { makesPods, podKinds } from '../kube/pod-template.ts'
import { isBuiltIn } from '../kube/shapes.ts'
import type { Gap } from '../model/gap.ts'
import type { Resource } from '../model/resource.ts'
import type { Rule } from '../model/rule.ts'

/** The kinds that a rule judges: `*` for any. */
export function subjectKinds(rule: Rule): readonly string[] {
  if (rule.subject === 'PodTemplate') return podKinds
  return rule.kinds ?? [rule.subject]
}

/** True when the rule judges this resource; a foreign kind with the name of a built-in one is not that one. */
export function isSubject(rule: Rule, resource: Resource): boolean {
  if (rule.subject === 'PodTemplate') return makesPods(resource)
  const kinds = subjectKinds(rule)
  if (kinds.includes('*')) return true
  return kinds.includes(resource.kind) && isBuiltIn(resource, resource.kind)
}

/** True when the gap may hide subjects of the rule. */
export function mayHideSubjects(gap: Gap, rule: Rule): boolean {
  if (gap.kind === undefined) return true
  const kinds = subjectKinds(rule)
  return kinds.includes('*') || kinds.includes(gap.kind)
}
