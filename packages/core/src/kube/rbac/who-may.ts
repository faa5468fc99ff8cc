// Who may: names everybody who may do something, and where.

import type { Action } from './action.ts'
import { type BoundSubject, masters } from './identity.ts'
import type { PolicyRule } from './kinds.ts'
import { type Proof, proofOf } from './may-do.ts'
import { ruleAllows } from './policy-rule.ts'
import type { Rbac, ResolvedRole } from './resolve.ts'

/** Somebody who may do it. */
export interface Grant {
  readonly subject: Omit<BoundSubject, 'index'>
  /** The namespace in which they may; undefined: in all, and for what lives in none. */
  readonly namespace: string | undefined
  readonly proof: Proof
}

/**
 * Everybody whom a binding allows the action where it takes place, one grant for each subject of each binding and rule, and the group
 * `system:masters`. Nobody is resolved further: a group's members are not known to Kubernetes.
 */
export function whoMay(rbac: Rbac, action: Action): Grant[] {
  const asked = 'url' in action ? undefined : action.namespace || undefined
  return grants(rbac, action, namespace => namespace === undefined || namespace === asked)
}

/** As whoMay, for the same action in any namespace; a grant's namespace says where. */
export function whoMayAnywhere(rbac: Rbac, action: Action): Grant[] {
  return grants(rbac, action, namespace => namespace === undefined || !('url' in action))
}

const everything: Grant = {
  subject: { kind: 'Group', name: masters },
  namespace: undefined,
  proof: { by: 'group', group: masters },
}

function grants(rbac: Rbac, action: Action, counts: (namespace: string | undefined) => boolean): Grant[] {
  const found: Grant[] = [everything]
  for (const [role, rules] of allowingRules(rbac, action))
    for (const bound of rbac.bindingsTo(role)) {
      if (!counts(bound.namespace)) continue
      for (const { index, ...subject } of bound.subjects)
        for (const rule of rules)
          found.push({
            subject,
            namespace: bound.namespace,
            proof: proofOf(bound, role, index, rule),
          })
    }
  return found
}

/** The rules that allow the action, by role and place. Only those are looked at that name its resource in one of the ways there are. */
function allowingRules(rbac: Rbac, action: Action): Map<ResolvedRole, number[]> {
  const allowing = new Map<ResolvedRole, number[]>()
  for (const written of waysToName(action))
    for (const { role, index } of rbac.rulesNaming(written)) {
      if (!ruleAllows(role.rules[index] as PolicyRule, action)) continue
      const known = allowing.get(role)
      if (!known) allowing.set(role, [index])
      else if (!known.includes(index)) known.push(index)
    }
  return allowing
}

function waysToName(action: Action): Set<string | undefined> {
  if ('url' in action) return new Set([undefined])
  const { resource, subresource = '' } = action
  return new Set(
    subresource === '' ? [resource, '*'] : [`${resource}/${subresource}`, '*', `*/${subresource}`],
  )
}
