// Resource index: finds the resources of a snapshot by kind, namespace and name, for the rules that look beyond their subject.

import { assetKind, nameOf, namespaceOf } from '../kube/asset-key.ts'
import { isBuiltIn } from '../kube/shapes.ts'
import type { Resource } from '../model/resource.ts'
import type { Derivation, GroupedDerivation } from '../model/rule.ts'

export interface ResourceIndex {
  /** All resources of a kind, or those of one namespace, in the snapshot's order. */
  list(kind: string, namespace?: string): readonly Resource[]
  /** The first resource of that kind, namespace (undefined or empty: cluster-wide) and name. */
  get(kind: string, namespace: string | undefined, name: string): Resource | undefined
  /** What is worked out of the resources of some kinds that are sound; kept, so that it is worked out once. */
  derive<T>(derivation: Derivation<T>, isSound: (resource: Resource) => boolean): T
  /** What is worked out of one group of them. */
  deriveIn<T>(derivation: GroupedDerivation<T>, group: string, isSound: (resource: Resource) => boolean): T
  /** Of `list`, in its order, at least those that are not sound. */
  suspects(kind: string, namespace?: string): readonly Resource[]
}

interface KindIndex {
  readonly all: Resource[]
  byNamespace?: Map<string, Resource[]>
  byName?: Map<string, Resource>
}

const none: readonly Resource[] = []

/**
 * An index over resources. Kinds of foreign groups are found with their group (`Service.serving.knative.dev`), and by their bare name
 * where Kubernetes has none of that name. The maps by namespace and name are built when first asked for.
 */
export function indexResources(resources: Iterable<Resource>): ResourceIndex {
  const kinds = new Map<string, KindIndex>()
  const foreign = new Map<string, Resource[]>()
  const add = (kind: string, resource: Resource) => {
    const known = kinds.get(kind)
    if (known) known.all.push(resource)
    else kinds.set(kind, { all: [resource] })
  }
  for (const resource of resources) {
    if (isBuiltIn(resource, resource.kind)) {
      add(resource.kind, resource)
      continue
    }
    add(assetKind(resource.apiVersion, resource.kind), resource)
    const known = foreign.get(resource.kind)
    if (known) known.push(resource)
    else foreign.set(resource.kind, [resource])
  }
  for (const [kind, all] of foreign) if (!kinds.has(kind)) kinds.set(kind, { all })

  const derived = new Map<Derivation<unknown>, unknown>()
  const grouped = new Map<GroupedDerivation<unknown>, Groups<unknown>>()
  const list: ResourceIndex['list'] = (kind, namespace) => {
    const found = kinds.get(kind)
    if (!found) return none
    if (namespace === undefined) return found.all
    found.byNamespace ??= groupByNamespace(found.all)
    return found.byNamespace.get(namespace) ?? none
  }
  return {
    list,
    get(kind, namespace, name) {
      const found = kinds.get(kind)
      if (!found) return undefined
      found.byName ??= indexByName(found.all)
      return found.byName.get(`${namespace ?? ''}/${name}`)
    },
    derive<T>(derivation: Derivation<T>, isSound: (resource: Resource) => boolean) {
      if (!derived.has(derivation))
        derived.set(
          derivation,
          derivation.from(
            partsOf(derivation).flatMap(({ kind, namespace }) => list(kind, namespace).filter(isSound)),
          ),
        )
      return derived.get(derivation) as T
    },
    deriveIn<T>(derivation: GroupedDerivation<T>, group: string, isSound: (resource: Resource) => boolean) {
      let groups = grouped.get(derivation) as Groups<T> | undefined
      if (!groups) {
        const { kinds: own, from } = derivation
        groups = {
          ofGroup: groupBy(
            own.flatMap(kind => list(kind).filter(isSound)),
            derivation.groupOf,
          ),
          values: new Map(),
          from,
        }
        grouped.set(derivation, groups)
      }
      return valueIn(groups, group)
    },
    suspects: list,
  }
}

/** What a derivation is of: kinds, some of one namespace only. */
export function partsOf(
  derivation: Pick<Derivation<unknown>, 'kinds'>,
): readonly { readonly kind: string; readonly namespace?: string }[] {
  return derivation.kinds.map(kind => (typeof kind === 'string' ? { kind } : kind))
}

/** The resources of each group, and what was worked out of them so far. */
interface Groups<T> {
  readonly ofGroup: ReadonlyMap<string, readonly Resource[]>
  readonly values: Map<string, T>
  readonly from: (resources: readonly Resource[]) => T
}

function valueIn<T>({ ofGroup, values, from }: Groups<T>, group: string): T {
  if (!values.has(group)) values.set(group, from(ofGroup.get(group) ?? none))
  return values.get(group) as T
}

const groupByNamespace = (resources: readonly Resource[]) => groupBy(resources, namespaceOf)

function groupBy(
  resources: readonly Resource[],
  groupOf: (resource: Resource) => string,
): Map<string, Resource[]> {
  const groups = new Map<string, Resource[]>()
  for (const resource of resources) {
    const name = groupOf(resource)
    const group = groups.get(name)
    if (group) group.push(resource)
    else groups.set(name, [resource])
  }
  return groups
}

function indexByName(resources: readonly Resource[]): Map<string, Resource> {
  const names = new Map<string, Resource>()
  for (const resource of resources) {
    const key = `${namespaceOf(resource)}/${nameOf(resource)}`
    if (!names.has(key)) names.set(key, resource)
  }
  return names
}
