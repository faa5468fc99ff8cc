// Coverage: decides whether rules allow all that other rules allow, as the API server does to keep people from widening their rights.
//
// Source: k8s.io/component-helpers auth/rbac/validation, Covers, 1.9 to 1.37.

import type { PolicyRule } from './kinds.ts'
import { coversUrl, includesOrAll } from './policy-rule.ts'

/** True where each single right (one verb on one resource of one group, with one name or none) is in one of the other rules. */
export function isCovered(rule: PolicyRule, by: readonly PolicyRule[]): boolean {
  // What is written twice is looked at once: the rights are the product of these lists.
  const [verbs, groups, resources, urls] = [
    rule.verbs,
    rule.apiGroups,
    rule.resources,
    rule.nonResourceURLs,
  ].map(list => [...new Set(list)]) as [string[], string[], string[], string[]]
  const names = rule.resourceNames?.length ? [...new Set(rule.resourceNames)] : [undefined]
  const isWithin = (covers: (other: PolicyRule) => boolean) => by.some(covers)
  return verbs.every(
    verb =>
      urls.every(url => isWithin(other => coversUrlRight(other, verb, url))) &&
      groups.every(group =>
        resources.every(resource =>
          names.every(name => isWithin(other => coversRight(other, verb, group, resource, name))),
        ),
      ),
  )
}

function coversUrlRight({ verbs, nonResourceURLs = [] }: PolicyRule, verb: string, url: string): boolean {
  return includesOrAll(verbs, verb) && nonResourceURLs.some(own => coversUrl(own, url))
}

function coversRight(
  { verbs, apiGroups, resources, resourceNames }: PolicyRule,
  verb: string,
  group: string,
  resource: string,
  name: string | undefined,
): boolean {
  return (
    includesOrAll(verbs, verb) &&
    includesOrAll(apiGroups, group) &&
    coversWritten(resources, resource) &&
    (!resourceNames?.length || (name !== undefined && resourceNames.includes(name)))
  )
}

/** As one rule's resource is written: `pods`, `pods/log`, `*`, or a subresource of all resources. */
function coversWritten(resources: readonly string[] = [], written: string): boolean {
  const slash = written.indexOf('/')
  const subresource = slash < 0 ? undefined : `*${written.slice(slash)}`
  return resources.some(own => own === '*' || own === written || own === subresource)
}
