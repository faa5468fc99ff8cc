// Standing index: finds resources by kind, namespace and name while they come and go; only what changed is sorted anew.

import { assetKind } from '../../kube/asset-key.ts'
import { isBuiltIn } from '../../kube/shapes.ts'
import type { Resource, SourcedResource } from '../../model/resource.ts'
import type { Derivation } from '../../model/rule.ts'
import { indexResources, type ResourceIndex } from '../resource-index.ts'

export interface StandingIndex {
  /** A resource of that key is here, in place of any before; undefined: it is gone. */
  put(key: string, resource: SourcedResource | undefined): void
  get(key: string): SourcedResource | undefined
  readonly size: number
  entries(): IterableIterator<[string, SourcedResource]>
  /** The index as rules see it now, each kind in the order of its keys. It stands until the next `put`. */
  view(): ResourceIndex
}

/** What is indexed of one kind, made when it is first asked for. */
interface Kind {
  readonly keys: Set<string>
  sorted: readonly string[] | undefined
  index: ResourceIndex | undefined
}

export function standingIndex(): StandingIndex {
  const resources = new Map<string, SourcedResource>()
  /** By the name under which rules look a kind up: its own, with the group where that is foreign. */
  const kinds = new Map<string, Kind>()
  /** The foreign kinds of each bare name that no built-in kind has. */
  const bare = new Map<string, Set<string>>()
  /** What is derived from several kinds, dropped when any of them changes. */
  const derived = new Map<unknown, { readonly value: unknown; readonly kinds: readonly string[] }>()

  const kindOf = ({ resource }: SourcedResource) =>
    isBuiltIn(resource, resource.kind) ? resource.kind : assetKind(resource.apiVersion, resource.kind)

  const touch = (sourced: SourcedResource, key: string, isThere: boolean) => {
    const name = kindOf(sourced)
    let kind = kinds.get(name)
    if (!kind) {
      kind = { keys: new Set(), sorted: undefined, index: undefined }
      kinds.set(name, kind)
    }
    if (isThere !== kind.keys.has(key)) {
      if (isThere) kind.keys.add(key)
      else kind.keys.delete(key)
      kind.sorted = undefined
    }
    kind.index = undefined
    const own = sourced.resource.kind
    if (name !== own) {
      const group = bare.get(own) ?? new Set<string>()
      bare.set(own, group.add(name))
    }
    for (const [derivation, { kinds: of }] of derived)
      if (of.includes(name) || of.includes(own)) derived.delete(derivation)
  }

  const indexOf = (name: string): ResourceIndex | undefined => {
    const kind = kinds.get(name)
    if (!kind) return undefined
    if (kind.index) return kind.index
    kind.sorted ??= [...kind.keys].sort()
    kind.index = indexResources(kind.sorted.map(key => (resources.get(key) as SourcedResource).resource))
    return kind.index
  }

  const list: ResourceIndex['list'] = (name, namespace) => {
    const built = kinds.get(name)
    if (built && built.keys.size > 0) return indexOf(name)?.list(name, namespace) ?? []
    const groups = bare.get(name)
    if (!groups) return []
    const found = [...groups].flatMap(own => [...(indexOf(own)?.list(own, namespace) ?? [])])
    return groups.size > 1 ? found.sort(byKey) : found
  }
  const byKey = (a: Resource, b: Resource) => (foreignKey(a) < foreignKey(b) ? -1 : 1)

  return {
    put(key, sourced) {
      const before = resources.get(key)
      if (sourced) {
        resources.set(key, sourced)
        touch(sourced, key, true)
      } else if (before) {
        resources.delete(key)
        touch(before, key, false)
      }
    },
    get: key => resources.get(key),
    get size() {
      return resources.size
    },
    entries: () => resources.entries(),
    view: () => ({
      list,
      get(name, namespace, of) {
        const built = kinds.get(name)
        if (built && built.keys.size > 0) return indexOf(name)?.get(name, namespace, of)
        const groups = bare.get(name)
        if (!groups) return undefined
        const found = [...groups]
          .map(own => indexOf(own)?.get(own, namespace, of))
          .filter(resource => resource !== undefined)
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
    }),
  }
}

const foreignKey = ({ apiVersion, kind, metadata }: Resource) =>
  `${assetKind(apiVersion, kind)}/${metadata.namespace ?? ''}/${metadata.name ?? ''}`
