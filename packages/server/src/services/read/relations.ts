// Relations: what stands around an object of a cluster, in its namespace and beyond: owners, pods, accounts, roles, routes, volumes, guards.

import {
  accountOf,
  accountsOf,
  backendsOf,
  boundTo,
  claimsOf,
  gatewaysOf,
  governs,
  grantsTo,
  guards,
  isBinding,
  isOwned,
  kindOf,
  labelsOf,
  makesPods,
  namespaceOf,
  ownersOf,
  podLabels,
  roleOf,
  selectsPods,
  storageClassOf,
  type Thing,
} from './object-references.ts'

export type RelationType =
  | 'owner'
  | 'owned'
  | 'pod'
  | 'service-account'
  | 'used-by'
  | 'binding'
  | 'role'
  | 'service'
  | 'route'
  | 'gateway'
  | 'network-policy'
  | 'claim'
  | 'volume'
  | 'storage-class'
  | 'guard'
  | 'namespace'

export interface Relation {
  readonly type: RelationType
  /** `<kind>/<namespace>/<name>` */
  readonly key: string
}

/** An object with its key. */
export interface Neighbour {
  readonly key: string
  readonly object: Thing
}

const podMakers = [
  'Pod',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicationController',
] as const
const bindings = ['RoleBinding', 'ClusterRoleBinding'] as const
const gatewayRoutes = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map(
  kind => `${kind}.gateway.networking.k8s.io`,
)
const admission = [
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicyBinding',
] as const

/** The kinds among which the relations of an object are found, as assets have them: those of a namespace, and those of the whole cluster. */
export interface Around {
  readonly namespace: string
  readonly near: readonly string[]
  readonly far: readonly string[]
}

export function whereToLook({ key, object }: Neighbour): Around {
  const namespace = namespaceOf(object)
  const around = (near: readonly string[], far: readonly string[] = []): Around => ({ namespace, near, far })
  switch (kindOf(object)) {
    case 'ServiceAccount':
      return around(podMakers, bindings)
    case 'Role':
      return around(['RoleBinding'])
    case 'ClusterRole':
      return around([], bindings)
    case 'RoleBinding':
    case 'ClusterRoleBinding':
    case 'Ingress':
      return around([])
    case 'Service':
      return around([...podMakers, 'Ingress', 'Route.route.openshift.io'], gatewayRoutes)
    case 'Gateway':
      return around([], gatewayRoutes)
    case 'NetworkPolicy':
    case 'PersistentVolumeClaim':
      return around(podMakers)
    case 'StorageClass':
      return around([], ['PersistentVolume', 'PersistentVolumeClaim'])
    case 'Namespace':
      return {
        namespace: key.split('/')[2] ?? '',
        near: ['NetworkPolicy', 'ResourceQuota', 'LimitRange'],
        far: admission,
      }
    default:
      if (!makesPods(object)) return around(podMakers)
      return around([...podMakers, 'Service', 'NetworkPolicy'], bindings)
  }
}

/** The relations of an object: the keys that it names, and those of its neighbours that have to do with it. */
export function relationsOf(own: Neighbour, neighbours: readonly Neighbour[]): Relation[] {
  const found = new Map<string, Relation>()
  const add = (type: RelationType) => (key: string) => {
    if (key !== own.key) found.set(`${type} ${key}`, { type, key })
  }
  named(own, add)
  const makers = neighbours.filter(({ object }) => makesPods(object) && !isOwned(object))
  const granting = neighbours.filter(({ object }) => isBinding(object))
  const usedBy = (uses: (maker: Thing) => boolean) => {
    for (const { key, object } of makers) if (uses(object)) add('used-by')(key)
  }
  const account = kindOf(own.object) === 'ServiceAccount' ? own.key : accountOf(own.object)
  if (account !== undefined)
    for (const { key, object } of granting)
      if (grantsTo(object, account)) {
        add('binding')(key)
        roleOf(object).forEach(add('role'))
      }
  switch (kindOf(own.object)) {
    case 'ServiceAccount':
      usedBy(maker => accountOf(maker) === own.key)
      break
    case 'Role':
    case 'ClusterRole':
      for (const { key, object } of granting)
        if (roleOf(object).includes(own.key)) {
          add('binding')(key)
          accountsOf(object).forEach(add('used-by'))
        }
      break
    case 'Service':
      usedBy(maker => selectsPods(own.object, podLabels(maker)))
      for (const { key, object } of neighbours) if (backendsOf(object).includes(own.key)) add('route')(key)
      break
    case 'Gateway':
      for (const { key, object } of neighbours) if (gatewaysOf(object).includes(own.key)) add('route')(key)
      break
    case 'NetworkPolicy':
      usedBy(maker => governs(own.object, podLabels(maker)))
      break
    case 'PersistentVolumeClaim':
      usedBy(maker => claimsOf(maker).includes(own.key))
      break
    case 'StorageClass':
      for (const { key, object } of neighbours)
        if (storageClassOf(object).includes(own.key)) add('used-by')(key)
      break
    case 'Namespace':
      for (const { key, object } of neighbours)
        if (namespaceOf(object) !== '' || guards(object, guardedLabels(own))) add('guard')(key)
      break
    default:
      if (makesPods(own.object)) around(own, neighbours, add)
  }
  for (const { key, object } of descendantsOf(own.key, neighbours))
    add(kindOf(object) === 'Pod' ? 'pod' : 'owned')(key)
  return [...found.values()]
}

type Add = (type: RelationType) => (key: string) => void

/** What the object names itself. */
function named({ key, object }: Neighbour, add: Add): void {
  const namespace = namespaceOf(object)
  if (namespace !== '') add('namespace')(`Namespace//${namespace}`)
  ownersOf(object).forEach(add('owner'))
  const account = accountOf(object)
  if (account !== undefined) add('service-account')(account)
  claimsOf(object).forEach(add('claim'))
  if (isBinding(object)) {
    roleOf(object).forEach(add('role'))
    accountsOf(object).forEach(add('service-account'))
  }
  const kind = key.split('/', 1)[0] ?? ''
  if (kind === 'Ingress' || kind === 'Route.route.openshift.io' || gatewayRoutes.includes(kind))
    backendsOf(object).forEach(add('service'))
  if (gatewayRoutes.includes(kind)) gatewaysOf(object).forEach(add('gateway'))
  if (kind === 'PersistentVolumeClaim') boundTo(object).forEach(add('volume'))
  if (kind === 'PersistentVolume') boundTo(object).forEach(add('claim'))
  if (kind === 'PersistentVolumeClaim' || kind === 'PersistentVolume')
    storageClassOf(object).forEach(add('storage-class'))
}

/** What reaches and governs the pods of a workload. */
function around(own: Neighbour, neighbours: readonly Neighbour[], add: Add): void {
  const labels = podLabels(own.object)
  for (const { key, object } of neighbours) {
    if (kindOf(object) === 'Service' && selectsPods(object, labels)) add('service')(key)
    if (kindOf(object) === 'NetworkPolicy' && governs(object, labels)) add('network-policy')(key)
  }
}

/** The API server gives each namespace the label of its name. */
const guardedLabels = ({ key, object }: Neighbour) => ({
  'kubernetes.io/metadata.name': key.split('/')[2] ?? '',
  ...labelsOf(object),
})

/** What it owns, and what that owns. */
function descendantsOf(key: string, neighbours: readonly Neighbour[]): Neighbour[] {
  const found: Neighbour[] = []
  const keys = new Set([key])
  for (let before = -1; before !== keys.size; ) {
    before = keys.size
    for (const one of neighbours)
      if (!keys.has(one.key) && ownersOf(one.object).some(owner => keys.has(owner))) {
        keys.add(one.key)
        found.push(one)
      }
  }
  return found
}
