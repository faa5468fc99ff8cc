// Account power: what the ServiceAccount of a pod may do in the whole cluster, through all its bindings.

import { serviceAccountIdentity } from '../../../kube/rbac/identity.ts'
import { rbacKinds } from '../../../kube/rbac/kinds.ts'
import { bindingsFor } from '../../../kube/rbac/may-do.ts'
import { findFullControl, findTakeover } from '../../../kube/rbac/power.ts'
import { type Rbac, type ResolvedBinding, resolveRbac } from '../../../kube/rbac/resolve.ts'
import { describeRights } from '../../../kube/rbac/right.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import type { Derivation, Lookup } from '../../../model/rule.ts'
import { mountsToken, serviceAccountOf } from '../accounts/service-account-of.ts'
import { describePlaces } from './bound-role.ts'

/** What rules about the rights of pods read. */
export const powerReads = [...rbacKinds, 'ServiceAccount']

/** Bindings of other namespaces give nothing that counts here, so that it does not matter whether they were seen. */
const powerfulBindings: Derivation<Rbac> = {
  kinds: [
    'ClusterRole',
    'ClusterRoleBinding',
    { kind: 'Role', namespace: 'kube-system' },
    { kind: 'RoleBinding', namespace: 'kube-system' },
  ],
  // Once the controller has run both ways are the same; in manifests only the labels say it.
  from: resources => resolveRbac(resources, { aggregation: 'gathered', assumeDefaults: true }),
}

/** By what a pod's ServiceAccount has power over the cluster, in words. */
export interface AccountPower {
  /** Where the pod names the ServiceAccount, or could. */
  readonly path: string
  readonly account: string
  /** `all` for every right, `takeover` for one that leads to every right. */
  readonly extent: 'all' | 'takeover'
  /** `ClusterRoleBinding web to ClusterRole web, which allows … by rules[0]`. */
  readonly by: string
}

/**
 * The worst that a pod's token can do in the whole cluster; undefined where the pod is given no token, or it can do nothing of the kind.
 * Rights in kube-system count as those in the whole cluster, since they lead to them.
 */
export function findAccountPower(pod: PodTemplate, lookup: Lookup): AccountPower | undefined {
  const account = serviceAccountOf(pod)
  if (!account) return undefined
  const rbac = lookup.derive(powerfulBindings)
  const who = serviceAccountIdentity(pod.namespace, account.name)
  const bound = bindingsFor(rbac, who, 'kube-system').map(({ resolved }) => resolved)
  const worst = worstOf(bound)
  if (!worst || !mountsToken(pod, account, lookup)) return undefined
  return { path: account.path, account: `${pod.namespace}/${account.name}`, ...worst }
}

function worstOf(bindings: readonly ResolvedBinding[]): Pick<AccountPower, 'extent' | 'by'> | undefined {
  let takeover: Pick<AccountPower, 'extent' | 'by'> | undefined
  for (const { binding, role, namespace } of bindings) {
    if (!role) continue
    const { kind, metadata } = role.role
    const by = `${binding.kind} ${binding.metadata.name} to ${kind} ${metadata.name}, which allows`
    const all = findFullControl(role.rules, { everyGroup: false })
    if (all) return { extent: 'all', by: `${by} everything by ${describePlaces(all)}` }
    // What a RoleBinding gives is what a Role could.
    const scope = namespace === undefined ? role.role : { ...role.role, kind: 'Role' }
    const granted = findTakeover(scope, role.rules)[0]
    if (granted && !takeover)
      takeover = {
        extent: 'takeover',
        by: `${by} ${describeRights([granted])} by ${describePlaces([granted.rule])}`,
      }
  }
  return takeover
}
