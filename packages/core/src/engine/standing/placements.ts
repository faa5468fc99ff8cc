// Placements: which asset each resource counts to, kept up to date while resources come and go.

import { assetKey, nameOf, namespaceOf } from '../../kube/asset-key.ts'
import { controllerOf, isPassing } from '../../kube/owners.ts'
import type { ResourceEntry } from '../../model/assessment.ts'
import type { Resource, SourcedResource } from '../../model/resource.ts'
import { type Asset, absentEntry, entryOf, place } from '../assets.ts'

/** A resource that came, changed or went. */
export interface Move {
  readonly key: string
  readonly before: SourcedResource | undefined
  readonly after: SourcedResource | undefined
}

export interface Placements {
  /** Places what moved and what depends on it; gives the keys of the assets whose objects came, changed or went. */
  move(moves: readonly Move[]): Set<string>
  /** The asset as it is now; undefined where nothing counts to it any more. */
  get(asset: string): Asset | undefined
  keys(): IterableIterator<string>
  /** The keys of the assets of a namespace. */
  keysIn(namespace: string): Iterable<string>
  readonly size: number
}

interface Draft {
  object: SourcedResource | undefined
  /** Keys of the resources that it made, in their order. */
  members: string[]
  asset: Asset | undefined
}

const none: readonly SourcedResource[] = []

/** `find` gives the resource of a key, as it is after the moves. */
export function placements(scope: string, find: (key: string) => SourcedResource | undefined): Placements {
  const drafts = new Map<string, Draft>()
  /** The asset of each resource that counts to another. */
  const placed = new Map<string, string>()
  /** The resources whose place depends on whether a key is there, and what controls it. */
  const askers = new Map<string, Set<string>>()
  const asked = new Map<string, readonly string[]>()
  const prefix = `${scope}/`
  const ofNamespace = new Map<string, Set<string>>()
  /** The second part after the scope: an asset's namespace is in its key. */
  const namespaceIn = (asset: string): string => {
    const from = asset.indexOf('/', prefix.length) + 1
    return asset.slice(from, asset.indexOf('/', from))
  }

  const placeOf = (key: string, resource: Resource): string | undefined => {
    for (const old of asked.get(key) ?? []) {
      const own = askers.get(old)
      own?.delete(key)
      if (own?.size === 0) askers.delete(old)
    }
    asked.delete(key)
    if (!isPassing(resource)) return undefined
    const met: string[] = []
    const look = (wanted: string) => {
      const own = wanted.slice(prefix.length)
      if (!met.includes(own)) met.push(own)
      return find(own)?.resource
    }
    const placing = place(scope, resource, { get: look, has: wanted => look(wanted) !== undefined })
    asked.set(key, met)
    for (const own of met) {
      const known = askers.get(own)
      if (known) known.add(key)
      else askers.set(own, new Set([key]))
    }
    return placing?.key
  }

  const draftOf = (asset: string): Draft => {
    const known = drafts.get(asset)
    if (known) return known
    const made: Draft = { object: undefined, members: [], asset: undefined }
    drafts.set(asset, made)
    const namespace = namespaceIn(asset)
    const own = ofNamespace.get(namespace)
    if (own) own.add(asset)
    else ofNamespace.set(namespace, new Set([asset]))
    return made
  }

  const assetOf = (key: string, { object, members }: Draft): Asset => {
    const sourced = members.map(member => find(member) as SourcedResource)
    return {
      entry: object ? entryOf(key, object.resource, object.source) : entryOfMaker(key, sourced),
      object: object?.resource,
      members: sourced.length === 0 ? none : sourced,
      reads: [],
    }
  }
  /** The entry of an asset of which only what it made is there, as the first of these names it. */
  const entryOfMaker = (key: string, [first]: readonly SourcedResource[]): ResourceEntry => {
    const { resource, source } = first as SourcedResource
    const look = (wanted: string) => find(wanted.slice(prefix.length))?.resource
    const placing = place(scope, resource, { get: look, has: wanted => look(wanted) !== undefined })
    if (!placing) throw new Error(`${key} has a member that counts to itself`)
    return absentEntry(key, placing.owner, placing.namespace, source)
  }

  return {
    move(moves) {
      const touched = new Set<string>()
      const again = new Map<string, SourcedResource | undefined>()
      for (const { key, before, after } of moves) {
        again.set(key, after)
        if (!before || !after || controls(before.resource) !== controls(after.resource))
          for (const asker of askers.get(key) ?? []) if (!again.has(asker)) again.set(asker, find(asker))
      }
      const unsorted = new Set<Draft>()
      for (const [key, sourced] of again) {
        const own = prefix + key
        const old = placed.get(key)
        const to = sourced && placeOf(key, sourced.resource)
        if (!sourced && asked.has(key)) forgetAsked(key)
        if (old !== undefined && old !== to) {
          const draft = draftOf(old)
          draft.members = draft.members.filter(member => member !== key)
          placed.delete(key)
          touched.add(old)
        }
        if (to !== undefined) {
          const draft = draftOf(to)
          if (old !== to) {
            draft.members.push(key)
            unsorted.add(draft)
            placed.set(key, to)
          }
          touched.add(to)
        }
        const object = sourced && to === undefined ? sourced : undefined
        const draft = object ? draftOf(own) : drafts.get(own)
        if (draft && draft.object !== object) {
          draft.object = object
          touched.add(own)
        }
      }
      for (const draft of unsorted) draft.members.sort()
      for (const key of touched) {
        const draft = drafts.get(key) as Draft
        if (draft.object || draft.members.length > 0) draft.asset = assetOf(key, draft)
        else {
          drafts.delete(key)
          const own = ofNamespace.get(namespaceIn(key))
          own?.delete(key)
          if (own?.size === 0) ofNamespace.delete(namespaceIn(key))
        }
      }
      return touched
    },
    get: key => drafts.get(key)?.asset,
    keys: () => drafts.keys(),
    keysIn: namespace => ofNamespace.get(namespace) ?? [],
    get size() {
      return drafts.size
    },
  }

  function forgetAsked(key: string): void {
    for (const old of asked.get(key) ?? []) {
      const own = askers.get(old)
      own?.delete(key)
      if (own?.size === 0) askers.delete(old)
    }
    asked.delete(key)
  }
}

/** What of a resource decides where that which it made counts to. */
function controls(resource: Resource): string {
  if (!isPassing(resource)) return ''
  const { apiVersion, kind, name } = controllerOf(resource) ?? {}
  return `${apiVersion} ${kind} ${name} ${JSON.stringify(resource.metadata.labels ?? {})}`
}

/** The key of a resource in its cluster: the asset key that it has by itself, less the scope. */
export function resourceKey(resource: Resource): string {
  return assetKey('', resource).slice(1)
}

/** The names under which rules may look a resource up, its namespace and its name. */
export const lookedUpAs = (resource: Resource, kind: string) => ({
  kinds: resource.kind === kind ? [kind] : [resource.kind, kind],
  namespace: namespaceOf(resource),
  name: nameOf(resource),
})
