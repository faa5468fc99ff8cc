// Standing index: finds resources by kind, namespace and name while they come and go; only what changed is sorted anew.

import { assetKind, namespaceOf } from '../../kube/asset-key.ts'
import type { Resource, SourcedResource } from '../../model/resource.ts'
import type { Derivation, GroupedDerivation } from '../../model/rule.ts'
import type { ResourceIndex } from '../resource-index.ts'
import { type DerivedGroups, deriveGroups } from './derived-groups.ts'

/** What is derived of groups and may have become another, with the groups; `all`: any of them. */
export type DerivedChanges = ReadonlyMap<GroupedDerivation<unknown>, ReadonlySet<string> | 'all'>

export interface StandingIndex {
  /** A resource of that key (see `resourceKey`) is here, in place of any before; undefined: it is gone. */
  put(key: string, resource: SourcedResource | undefined, isSound?: boolean): void
  get(key: string): SourcedResource | undefined
  readonly size: number
  /** What of the groups that were asked for is another since this was asked last. */
  changes(): DerivedChanges
  /** The index as rules see it now, each kind in the order of its keys. It stands until the next `put`. */
  view(): ResourceIndex
}

/** What is known of one kind; lists are made when they are first asked for. */
interface Kind {
  readonly keys: Set<string>
  /** Undefined until resources of one namespace are asked for. */
  ofNamespace: Map<string, Set<string>> | undefined
  readonly unsound: Set<string>
  sorted: readonly string[] | undefined
  all: readonly Resource[] | undefined
  readonly lists: Map<string, readonly Resource[]>
}

const none: readonly Resource[] = []

function addTo(sets: Map<string, Set<string>>, name: string, member: string): void {
  const own = sets.get(name)
  if (own) own.add(member)
  else sets.set(name, new Set([member]))
}

export function standingIndex(): StandingIndex {
  const resources = new Map<string, SourcedResource>()
  /** By the name under which rules look a kind up: its own, with the group where that is foreign. */
  const kinds = new Map<string, Kind>()
  /** The foreign kinds of each bare name. */
  const bare = new Map<string, Set<string>>()
  /** What is derived from several kinds, dropped when any of them changes. */
  const derived = new Map<unknown, { readonly value: unknown; readonly kinds: readonly string[] }>()
  const grouped = new Map<GroupedDerivation<unknown>, DerivedGroups>()
  let changed = new Map<GroupedDerivation<unknown>, Set<string> | 'all'>()

  const kindOf = ({ apiVersion, kind }: Resource) => assetKind(apiVersion, kind)

  const kindNamed = (name: string): Kind => {
    let kind = kinds.get(name)
    if (!kind) {
      kind = {
        keys: new Set(),
        ofNamespace: undefined,
        unsound: new Set(),
        sorted: undefined,
        all: undefined,
        lists: new Map(),
      }
      kinds.set(name, kind)
    }
    return kind
  }

  const enter = (kind: Kind, key: string, namespace: string, isThere: boolean) => {
    kind.sorted = undefined
    if (isThere) kind.keys.add(key)
    else kind.keys.delete(key)
    if (!kind.ofNamespace) return
    if (isThere) addTo(kind.ofNamespace, namespace, key)
    else kind.ofNamespace.get(namespace)?.delete(key)
  }

  const resourceOf = (key: string) => (resources.get(key) as SourcedResource).resource

  const keysByNamespace = (keys: Iterable<string>) => {
    const found = new Map<string, Set<string>>()
    for (const key of keys) addTo(found, namespaceOf(resourceOf(key)), key)
    return found
  }

  /** Everything that was derived of a group is to be worked out anew. */
  const changeAll = (derivation: GroupedDerivation<unknown>) => {
    grouped.delete(derivation)
    changed.set(derivation, 'all')
  }

  const listOf = (name: string, namespace: string | undefined): readonly Resource[] => {
    const kind = kinds.get(name)
    if (!kind) return none
    if (namespace === undefined) {
      kind.sorted ??= [...kind.keys].sort()
      kind.all ??= kind.sorted.map(resourceOf)
      return kind.all
    }
    kind.ofNamespace ??= keysByNamespace(kind.keys)
    const own = kind.ofNamespace.get(namespace)
    if (!own) return none
    let found = kind.lists.get(namespace)
    if (!found) {
      found = [...own].sort().map(resourceOf)
      kind.lists.set(namespace, found)
    }
    return found
  }

  /** The kinds that a name stands for: its own, or where there is nothing of it, the foreign ones of that bare name. */
  const namedBy = (name: string): readonly string[] => {
    const own = kinds.get(name)
    return own && own.keys.size > 0 ? [name] : [...(bare.get(name) ?? [])]
  }
  const inAll = (names: readonly string[], list: (name: string) => readonly Resource[]) => {
    if (names.length === 1) return list(names[0] as string)
    return names.length === 0 ? none : names.flatMap(list).sort(byKey)
  }
  const list: ResourceIndex['list'] = (name, namespace) => inAll(namedBy(name), own => listOf(own, namespace))
  const unsoundOf = (name: string, namespace: string | undefined): readonly Resource[] => {
    const kind = kinds.get(name)
    if (!kind || kind.unsound.size === 0) return none
    const found = [...kind.unsound].sort().map(resourceOf)
    return namespace === undefined ? found : found.filter(one => namespaceOf(one) === namespace)
  }

  return {
    put(key, sourced, isSound = true) {
      const before = resources.get(key)
      const one = sourced ?? before
      if (!one) return
      const { resource } = one
      const name = kindOf(resource)
      const kind = kindNamed(name)
      const namespace = namespaceOf(resource)
      const wasSound = !kind.unsound.has(key)
      const count = kind.keys.size
      if (sourced) resources.set(key, sourced)
      else resources.delete(key)
      if (!sourced || !before) enter(kind, key, namespace, sourced !== undefined)
      if (sourced && !isSound) kind.unsound.add(key)
      else kind.unsound.delete(key)
      kind.all = undefined
      kind.lists.delete(namespace)
      if (name !== resource.kind) addTo(bare, resource.kind, name)
      for (const [derivation, { kinds: of }] of derived)
        if (of.includes(name) || of.includes(resource.kind)) derived.delete(derivation)
      // A bare name stands for something else with the first of a kind, and with its last.
      const isOtherwise =
        bare.has(resource.kind) && (name !== resource.kind || (count === 0) !== (kind.keys.size === 0))
      for (const [derivation, groups] of grouped) {
        const isOwn = derivation.kinds.includes(name)
        if (!isOwn && !(isOtherwise && derivation.kinds.includes(resource.kind))) continue
        if (isOtherwise && derivation.kinds.includes(resource.kind)) changeAll(derivation)
        else if (!wasSound || (sourced && !isSound)) changeAll(derivation)
        else
          groups.replace(before?.resource, sourced?.resource, group => {
            const known = changed.get(derivation)
            if (known === undefined) changed.set(derivation, new Set([group]))
            else if (known !== 'all') known.add(group)
          })
      }
    },
    get: key => resources.get(key),
    get size() {
      return resources.size
    },
    changes() {
      const found = changed
      changed = new Map()
      return found
    },
    view: () => ({
      list,
      get(name, namespace, of) {
        const found = namedBy(name).flatMap(
          own => resources.get(`${own}/${namespace ?? ''}/${of}`)?.resource ?? [],
        )
        return found.length > 1 ? found.sort(byKey)[0] : found[0]
      },
      derive<T>(derivation: Derivation<T>, isSound: (one: Resource) => boolean) {
        const known = derived.get(derivation)
        if (known) return known.value as T
        const parts = derivation.kinds.map(kind => (typeof kind === 'string' ? { kind } : kind))
        const value = derivation.from(
          parts.flatMap(part =>
            list(part.kind, 'namespace' in part ? part.namespace : undefined).filter(isSound),
          ),
        )
        derived.set(derivation, { value, kinds: parts.map(({ kind }) => kind) })
        return value
      },
      deriveIn<T>(derivation: GroupedDerivation<T>, group: string, isSound: (one: Resource) => boolean) {
        let groups = grouped.get(derivation)
        if (!groups) {
          groups = deriveGroups(derivation)
          for (const kind of derivation.kinds)
            for (const resource of list(kind)) if (isSound(resource)) groups.replace(undefined, resource)
          grouped.set(derivation, groups)
        }
        return groups.valueOf(group) as T
      },
      suspects: (name, namespace) => inAll(namedBy(name), own => unsoundOf(own, namespace)),
    }),
  }
}

const byKey = (a: Resource, b: Resource) => (foreignKey(a) < foreignKey(b) ? -1 : 1)

const foreignKey = ({ apiVersion, kind, metadata }: Resource) =>
  `${assetKind(apiVersion, kind)}/${metadata.namespace ?? ''}/${metadata.name ?? ''}`
