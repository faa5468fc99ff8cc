// Policy rule: decides whether one rule of a role allows an action, as the RBAC authorizer does.
//
// Source: kubernetes pkg/apis/rbac/v1/evaluation_helpers.go and plugin/pkg/auth/authorizer/rbac/rbac.go, the same from 1.9 to 1.37.

import type { Action } from './action.ts'
import type { PolicyRule } from './kinds.ts'

const all = '*'

/** True where the rule allows the action, in the namespace where the binding that brings it applies. */
export function ruleAllows(rule: PolicyRule, action: Action): boolean {
  if (!includesOrAll(rule.verbs, action.verb)) return false
  if ('url' in action) return rule.nonResourceURLs?.some(url => coversUrl(url, action.url)) ?? false
  return (
    includesOrAll(rule.apiGroups, action.group) &&
    coversResource(rule.resources, action.resource, action.subresource ?? '') &&
    coversName(rule.resourceNames, action.name ?? '')
  )
}

/**
 * True where the list names the resource, or the subresource of it (empty for the resource itself). `*` is every resource with every
 * subresource, and a subresource may be named of all resources at once, as in `*` + `/scale`; `pods/*` is nothing but a name.
 */
export function coversResource(
  resources: readonly string[] = [],
  resource: string,
  subresource: string,
): boolean {
  const wanted = subresource === '' ? resource : `${resource}/${subresource}`
  for (const own of resources) {
    if (own === all || own === wanted) return true
    if (subresource !== '' && own.startsWith('*/') && own.slice(2) === subresource) return true
  }
  return false
}

/** True where the list names the text, or everything. */
export function includesOrAll(list: readonly string[] = [], text: string): boolean {
  for (const own of list) if (own === all || own === text) return true
  return false
}

/** A list without names is for every object, and for requests that name none. Nothing in it is a pattern, not even `*`. */
function coversName(names: readonly string[] = [], name: string): boolean {
  return names.length === 0 || names.includes(name)
}

/** True where a URL of a rule covers another: the same, or one that begins with what stands before its trailing `*`. */
export function coversUrl(own: string, url: string): boolean {
  return own === url || (own.endsWith(all) && url.startsWith(own.replace(/\*+$/, '')))
}
