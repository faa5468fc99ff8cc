// Bound accounts: the ServiceAccounts that have rights by bindings other than the API server's own.
//
// Source: kubernetes.io, "Using RBAC Authorization" (default roles and bindings, auto-reconciliation).

import type { Resource } from '../../model/resource.ts'
import type { Derivation } from '../../model/rule.ts'
import { isDefaultBinding } from '../rbac/defaults.ts'
import { subjectsOf } from '../rbac/identity.ts'

/** The kinds that bind; a rule that asks for bound accounts lists them in its `reads`. */
export const bindingKinds: readonly string[] = ['ClusterRoleBinding', 'RoleBinding']

/** The first binding of each account, by `<namespace>/<account>`. */
export const boundAccounts: Derivation<ReadonlyMap<string, Resource>> = {
  kinds: bindingKinds,
  from(resources) {
    const found = new Map<string, Resource>()
    for (const binding of resources) {
      // What only bears the label or a name of the server's is somebody's.
      if (isDefaultBinding(binding)) continue
      for (const { kind, namespace, name } of subjectsOf(binding)) {
        if (kind !== 'ServiceAccount') continue
        const key = `${namespace}/${name}`
        if (!found.has(key)) found.set(key, binding)
      }
    }
    return found
  },
}
