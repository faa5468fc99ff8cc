// May do: says whether somebody may do something, and proves it by the bindings, roles and rules that allow it.

import type { Action } from './action.ts'
import { type Identity, masters } from './identity.ts'
import type { Binding, PolicyRule, Role } from './kinds.ts'
import { ruleAllows } from './policy-rule.ts'
import { keyOf, type Rbac, type ResolvedBinding, type ResolvedRole, type SubjectKey } from './resolve.ts'

/** Why an action is allowed. */
export type Proof =
  | {
      readonly by: 'binding'
      readonly binding: Binding
      /** Place of the subject, in the binding, that means whoever asks. */
      readonly subject: number
      readonly role: Role
      /** Place of the rule in the role's rules as they count. */
      readonly rule: number
      /** For a rule that an aggregated role gathered: where it is written. */
      readonly source?: { readonly role: Role; readonly index: number }
    }
  /** Members of `system:masters` may do everything, whatever is written. */
  | { readonly by: 'group'; readonly group: typeof masters }

/** All proofs that whoever asks may do it, a binding's rules in their order; empty where the RBAC authorizer would not allow it. */
export function mayDo(rbac: Rbac, who: Identity, action: Action): Proof[] {
  const proofs: Proof[] = []
  if (who.groups.includes(masters)) proofs.push({ by: 'group', group: masters })
  for (const { resolved, subject } of bindingsFor(rbac, who, namespaceOfAction(action))) {
    const { role } = resolved
    if (!role) continue
    role.rules.forEach((rule, index) => {
      if (ruleAllows(rule, action)) proofs.push(proofOf(resolved, role, subject, index))
    })
  }
  return proofs
}

/** True where there is at least one proof; faster than all of them. */
export function isAllowed(rbac: Rbac, who: Identity, action: Action): boolean {
  if (who.groups.includes(masters)) return true
  for (const { resolved } of bindingsFor(rbac, who, namespaceOfAction(action)))
    if (resolved.role?.rules.some(rule => ruleAllows(rule, action))) return true
  return false
}

/** One rule that somebody has, with where it comes from. */
export interface HeldRule {
  readonly rule: PolicyRule
  readonly proof: Extract<Proof, { by: 'binding' }>
}

/** Every rule that somebody has in a namespace: those of it and those for all; undefined asks for the latter alone. */
export function rulesFor(rbac: Rbac, who: Identity, namespace: string | undefined): HeldRule[] {
  return bindingsFor(rbac, who, namespace).flatMap(({ resolved, subject }) => {
    const { role } = resolved
    return role ? role.rules.map((rule, i) => ({ rule, proof: proofOf(resolved, role, subject, i) })) : []
  })
}

/** The bindings that mean somebody, each once, with the first of its subjects that does: those for all namespaces, then those of one. */
export function bindingsFor(
  rbac: Rbac,
  who: Identity,
  namespace: string | undefined,
): { readonly resolved: ResolvedBinding; readonly subject: number }[] {
  const keys: SubjectKey[] = who.groups.map(group => `g:${group}` as const)
  if (who.user !== undefined) keys.unshift(`u:${who.user}`)
  let found: Map<ResolvedBinding, number> | undefined
  for (const scope of namespace === undefined || namespace === '' ? [undefined] : [undefined, namespace])
    for (const key of keys)
      for (const resolved of rbac.bindingsOf(key, scope))
        if (!found?.has(resolved)) {
          found ??= new Map()
          found.set(resolved, subjectIndex(resolved, keys))
        }
  return found ? Array.from(found, ([resolved, subject]) => ({ resolved, subject })) : []
}

function subjectIndex({ subjects }: ResolvedBinding, keys: readonly SubjectKey[]): number {
  return subjects.find(subject => keys.includes(keyOf(subject)))?.index ?? 0
}

function namespaceOfAction(action: Action): string | undefined {
  return 'url' in action ? undefined : action.namespace
}

/** The proof that a rule of a bound role is. */
export function proofOf(
  { binding }: ResolvedBinding,
  { role, sources }: ResolvedRole,
  subject: number,
  rule: number,
): Extract<Proof, { by: 'binding' }> {
  const source = sources?.[rule]
  return { by: 'binding', binding, subject, role, rule, ...(source && { source }) }
}
