// Who may: names everybody who may do something, and where.

import type { Action } from './action.ts'
import { type BoundSubject, masters } from './identity.ts'
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
  for (const role of rbac.roles) {
    const rules = allowingRules(role, action)
    if (rules.length === 0) continue
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
  }
  return found
}

function allowingRules({ rules }: ResolvedRole, action: Action): number[] {
  const allowing: number[] = []
  for (let i = 0; i < rules.length; i++)
    if (ruleAllows(rules[i] as ResolvedRole['rules'][number], action)) allowing.push(i)
  return allowing
}
