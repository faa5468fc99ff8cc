// Assets: the lasting things of a snapshot, each with the objects that count to it.

import { assetKey, assetKind, isBuiltInGroup, nameOf, namespaceOf } from '../kube/asset-key.ts'
import { controllerOf, guessedKinds, isPassing, type Owner, topController } from '../kube/owners.ts'
import { groupOf } from '../kube/pod-template.ts'
import type { ResourceEntry } from '../model/assessment.ts'
import type { Resource, Source, SourcedResource } from '../model/resource.ts'
import type { Read } from './recording-lookup.ts'

export interface Asset {
  readonly entry: ResourceEntry
  /** The object of that name; undefined where the snapshot has only what it made. */
  readonly object: Resource | undefined
  /** The pods, ReplicaSets and Jobs that it made, directly or not, in the snapshot's order. */
  readonly members: readonly SourcedResource[]
  /** The objects asked for, found or not, to learn what counts to this asset. */
  readonly reads: readonly Read[]
}

interface Draft {
  entry: ResourceEntry
  object: Resource | undefined
  members: SourcedResource[]
  reads: Read[]
}

/**
 * The assets of a scope, in the order of their first objects. What a controller made counts to its top controller, be that in the
 * snapshot or not. Of several objects of one key each is an asset, and what they made counts to the first.
 */
export function findAssets(scope: string, resources: readonly SourcedResource[]): Asset[] {
  const firsts = findMakers(scope, resources)
  const drafts = new Map<string, Draft>()
  const copies = new Map<string, number>()
  for (const sourced of resources) {
    const { resource, source } = sourced
    const placing = place(scope, resource, firsts)
    if (placing) {
      const { key, owner, namespace } = placing
      const draft = drafts.get(key) ?? begin(drafts, absentEntry(key, owner, namespace, source))
      draft.members.push(sourced)
      for (const read of placing.reads) if (!isRecent(draft.reads, read)) draft.reads.push(read)
      continue
    }
    const key = assetKey(scope, resource)
    const known = drafts.get(key)
    // What it made may have come before it.
    if (known && !known.object) {
      known.object = resource
      known.entry = entryOf(key, resource, source)
    } else {
      const own = known ? freeCopy(key, drafts, copies) : key
      begin(drafts, entryOf(own, resource, source)).object = resource
    }
  }
  return [...drafts.values()]
}

/** The first object of each key, of the kinds that somebody names as controller: no others are looked up. */
function findMakers(scope: string, resources: readonly SourcedResource[]): Map<string, Resource> {
  const kinds = new Set<string>()
  for (const { resource } of resources) {
    const maker = isPassing(resource) ? controllerOf(resource) : undefined
    if (maker) kinds.add(maker.kind)
  }
  for (const kind of guessedKinds) kinds.add(kind)
  const firsts = new Map<string, Resource>()
  for (const { resource } of resources) {
    if (!kinds.has(resource.kind)) continue
    const key = assetKey(scope, resource)
    if (!firsts.has(key)) firsts.set(key, resource)
  }
  return firsts
}

export interface Placing {
  readonly key: string
  readonly owner: Owner
  readonly namespace: string
  readonly reads: readonly Read[]
}

/** The asset that a resource counts to, looked for among the objects given by their keys; undefined where it counts to itself. */
export function place(
  scope: string,
  resource: Resource,
  firsts: Pick<ReadonlyMap<string, Resource>, 'get' | 'has'>,
): Placing | undefined {
  if (!isPassing(resource)) return undefined
  const own = namespaceOf(resource)
  const keyIn = (namespace: string, owner: Owner) =>
    `${scope}/${assetKind(owner.apiVersion, owner.kind)}/${namespace}/${owner.name}`
  const reads: Read[] = []
  const top = topController(resource, owner => {
    reads.push({ kind: owner.kind, namespace: own, name: owner.name })
    return firsts.get(keyIn(own, owner))
  })
  if (!top) return undefined
  const read = { kind: top.kind, namespace: own, name: top.name }
  if (!reads.some(known => isSame(known, read))) reads.push(read)
  const key = keyIn(own, top)
  if (isBuiltInGroup(groupOf(top.apiVersion))) return { key, owner: top, namespace: own, reads }
  // An operator's own kind may be cluster-wide.
  reads.push({ kind: top.kind, namespace: '', name: top.name })
  const wide = keyIn('', top)
  return !firsts.has(key) && firsts.has(wide)
    ? { key: wide, owner: top, namespace: '', reads }
    : { key, owner: top, namespace: own, reads }
}

/** True where the same was read for one of the members just before; saying a thing twice does no harm, so no more is looked at. */
function isRecent(reads: readonly Read[], read: Read): boolean {
  for (let i = reads.length - 1; i >= 0 && i >= reads.length - 4; i--)
    if (isSame(reads[i] as Read, read)) return true
  return false
}

const isSame = (a: Read, b: Read) => a.name === b.name && a.kind === b.kind && a.namespace === b.namespace

function begin(drafts: Map<string, Draft>, entry: ResourceEntry): Draft {
  const draft: Draft = { entry, object: undefined, members: [], reads: [] }
  drafts.set(entry.key, draft)
  return draft
}

export function entryOf(key: string, resource: Resource, source: Source): ResourceEntry {
  const { apiVersion, kind } = resource
  return { key, apiVersion, kind, namespace: namespaceOf(resource), name: nameOf(resource), source }
}

export function absentEntry(key: string, owner: Owner, namespace: string, source: Source): ResourceEntry {
  return { key, apiVersion: owner.apiVersion, kind: owner.kind, namespace, name: owner.name, source }
}

/** The key of a further object of one key: `…#2`, `…#3`. */
function freeCopy(key: string, drafts: ReadonlyMap<string, Draft>, copies: Map<string, number>): string {
  let number = copies.get(key) ?? 1
  let free: string
  do free = `${key}#${++number}`
  while (drafts.has(free))
  copies.set(key, number)
  return free
}
