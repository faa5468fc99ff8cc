// Bound accounts: the ServiceAccounts that have rights by bindings, those of the cluster's own controllers left out.
//
// Source: kubernetes.io, "Using RBAC Authorization" (default roles and bindings, auto-reconciliation).

import type { Resource } from '../../model/resource.ts'
import type { Derivation } from '../../model/rule.ts'
import { isRecord } from '../../model/shape.ts'

/** The kinds that bind; a rule that asks for bound accounts lists them in its `reads`. */
export const bindingKinds: readonly string[] = ['ClusterRoleBinding', 'RoleBinding']

/** A binding for each account, by `<namespace>/<account>`. */
export const boundAccounts: Derivation<ReadonlyMap<string, Resource>> = {
  kinds: bindingKinds,
  from(resources) {
    const found = new Map<string, Resource>()
    for (const binding of resources) {
      if (isOwn(binding) || !Array.isArray(binding.subjects)) continue
      for (const subject of binding.subjects.filter(isRecord)) {
        if (subject.kind !== 'ServiceAccount') continue
        const namespace =
          typeof subject.namespace === 'string' ? subject.namespace : binding.metadata.namespace
        const key = `${namespace}/${String(subject.name)}`
        if (!found.has(key)) found.set(key, binding)
      }
    }
    return found
  },
}

/** True for a binding that the API server makes, and makes again, for the controllers of the cluster. */
function isOwn({ metadata }: Resource): boolean {
  return (
    metadata.labels?.['kubernetes.io/bootstrapping'] === 'rbac-defaults' &&
    metadata.name?.startsWith('system:') === true
  )
}
