// Relations: what stands around an object of a cluster: its owner, ServiceAccount, roles, services, policies and pods.

import { assetKind, type LabelSelector, selects, selectsByMap } from '@plimsoll/core'

export type RelationType =
  | 'owner'
  | 'owned'
  | 'service-account'
  | 'used-by'
  | 'binding'
  | 'role'
  | 'service'
  | 'network-policy'
  | 'pod'

export interface Relation {
  readonly type: RelationType
  /** `<kind>/<namespace>/<name>` */
  readonly key: string
}

/** An object with its key; only what is read here is named. */
export interface Neighbour {
  readonly key: string
  readonly object: Thing
}

interface Metadata {
  readonly name?: string
  readonly namespace?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly {
    readonly apiVersion?: string
    readonly kind?: string
    readonly name?: string
    readonly controller?: boolean
  }[]
}
interface Named {
  readonly kind?: string
  readonly name?: string
  readonly namespace?: string
}
interface PodSpec {
  readonly serviceAccountName?: string
}
interface Template {
  readonly metadata?: Metadata
  readonly spec?: PodSpec
}
export interface Thing {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata?: Metadata
  readonly subjects?: readonly Named[]
  readonly roleRef?: Named
  readonly spec?: PodSpec & {
    readonly template?: Template
    readonly jobTemplate?: { readonly spec?: { readonly template?: Template } }
    readonly selector?: unknown
    readonly podSelector?: LabelSelector
  }
}

/** The kinds of neighbours that relations are found among. */
export const neighbourKinds = [
  'Pod',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ServiceAccount',
  'RoleBinding',
  'Service',
  'NetworkPolicy',
] as const

/** The relations of an object among its neighbours (of its namespace), and the keys that it names itself. */
export function relationsOf(own: Neighbour, neighbours: readonly Neighbour[]): Relation[] {
  const found = new Map<string, Relation>()
  const add = (type: RelationType, key: string) => {
    if (key !== own.key) found.set(`${type} ${key}`, { type, key })
  }
  for (const key of ownersOf(own.object)) add('owner', key)
  const account = accountOf(own.object)
  if (account) {
    add('service-account', account)
    for (const [binding, role] of grantsTo(account, neighbours)) {
      add('binding', binding)
      add('role', role)
    }
  }
  if (own.object.kind === 'ServiceAccount') {
    for (const { key, object } of neighbours) if (accountOf(object) === own.key) add('used-by', key)
    for (const [binding, role] of grantsTo(own.key, neighbours)) {
      add('binding', binding)
      add('role', role)
    }
  }
  if (own.object.roleRef) {
    add('role', roleKey(own.object))
    for (const { kind, name, namespace = '' } of own.object.subjects ?? [])
      if (kind === 'ServiceAccount') add('service-account', `ServiceAccount/${namespace}/${name}`)
  }
  const labels = podLabels(own.object)
  for (const { key, object } of neighbours) {
    if (labels && object.kind === 'Service' && selectsPods(object, labels)) add('service', key)
    if (labels && object.kind === 'NetworkPolicy' && isGoverned(object, labels)) add('network-policy', key)
    const others = podLabels(object)
    const isPodMaker = others !== undefined && object.kind !== 'Pod' && object.kind !== 'ReplicaSet'
    if (own.object.kind === 'Service' && isPodMaker && selectsPods(own.object, others)) add('used-by', key)
    if (own.object.kind === 'NetworkPolicy' && isPodMaker && isGoverned(own.object, others))
      add('used-by', key)
  }
  const below = descendantsOf(own.key, neighbours)
  for (const { key, object } of below) add(object.kind === 'Pod' ? 'pod' : 'owned', key)
  return [...found.values()]
}

function ownersOf({ metadata }: Thing): string[] {
  return (metadata?.ownerReferences ?? [])
    .filter(({ kind, name }) => kind !== undefined && name !== undefined && kind !== 'Node')
    .map(
      ({ apiVersion = 'v1', kind = '', name }) =>
        `${assetKind(apiVersion, kind)}/${metadata?.namespace ?? ''}/${name}`,
    )
}

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

function templateOf({ kind, metadata, spec }: Thing): Template | undefined {
  if (kind === 'Pod') return { ...(metadata && { metadata }), ...(spec && { spec }) }
  return spec?.template ?? spec?.jobTemplate?.spec?.template
}

function accountOf(object: Thing): string | undefined {
  const spec = templateOf(object)?.spec
  return spec && `ServiceAccount/${object.metadata?.namespace ?? ''}/${spec.serviceAccountName || 'default'}`
}

const podLabels = (object: Thing) => {
  const template = templateOf(object)
  return template && (template.metadata?.labels ?? {})
}

/** A Service without a selector selects nothing by itself. */
function selectsPods({ spec }: Thing, labels: Readonly<Record<string, string>>): boolean {
  const selector = (spec?.selector ?? {}) as Readonly<Record<string, string>>
  return Object.keys(selector).length > 0 && selectsByMap(selector, labels)
}

const isGoverned = ({ spec }: Thing, labels: Readonly<Record<string, string>>) =>
  selects(spec?.podSelector ?? {}, labels) === true

const roleKey = ({ metadata, roleRef }: Thing) =>
  `${roleRef?.kind}/${roleRef?.kind === 'ClusterRole' ? '' : (metadata?.namespace ?? '')}/${roleRef?.name}`

/** Bindings of the namespace that name the account, with the roles that they grant. */
function grantsTo(account: string, neighbours: readonly Neighbour[]): [binding: string, role: string][] {
  const [, namespace, name] = account.split('/')
  return neighbours
    .filter(
      ({ object }) =>
        object.roleRef &&
        (object.subjects ?? []).some(
          one =>
            one.kind === 'ServiceAccount' &&
            one.name === name &&
            (one.namespace ?? object.metadata?.namespace) === namespace,
        ),
    )
    .map(({ key, object }) => [key, roleKey(object)])
}
