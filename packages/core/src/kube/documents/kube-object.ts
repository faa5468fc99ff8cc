// Kube object: tells what in a document is a Kubernetes object, and takes lists apart.

import type { PathSegments } from '../path.ts'
import { mostFailures } from './limits.ts'

/** An object that says what it is. Its metadata is not checked here. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly [field: string]: unknown
}

/** An object found in a document, or why what was found is none: a sentence. */
export type Found = { readonly item: PathSegments } & (
  | { readonly object: KubeObject }
  | {
      readonly problem: string
      /** True for a whole document that does not claim to be an object: it lacks apiVersion or kind. */
      readonly isForeign?: true
    }
)

/** Whether a kind is one of lists: `List`, `PodList`. Other kinds may end so too; then they have no `items`. */
export const isListKind = (kind: string): boolean => kind.endsWith('List')

/** A list of objects rather than an object. */
const isList = ({ kind, items }: KubeObject): boolean =>
  kind === 'List' || (isListKind(kind) && (Array.isArray(items) || items === null))

const deepestLists = 10

/** What a list says of its items. */
export type ListKind = Pick<KubeObject, 'apiVersion' | 'kind'>

/**
 * The objects of a document: itself, or the items of the list that it is, lists in lists included. Items that say
 * neither apiVersion nor kind take them from their list, as for kubectl: the items of a v1 PodList are v1 Pods.
 * A value that is an item itself is given with its path and its list.
 */
export function findObjects(value: unknown, item: PathSegments = [], list?: ListKind): Found[] {
  const finder = new Finder()
  finder.collect(value, item, list)
  if (finder.untold > 0) finder.found.push({ item, problem: untoldFailures(finder.untold) })
  return finder.found
}

/** Stands for failures that are not told one by one. */
export const untoldFailures = (count: number): string => `${count} more items are no Kubernetes objects`

class Finder {
  readonly found: Found[] = []
  /** Failures beyond those that are told. */
  untold = 0
  private told = 0

  collect(value: unknown, item: PathSegments, list: ListKind | undefined): void {
    const object = list ? withKindOf(value, list) : value
    const problem = problemOf(object)
    if (problem !== undefined) {
      const isForeign = list === undefined && lacksIdentity(object)
      this.fail(item, `not a Kubernetes object: ${problem}`, isForeign)
      return
    }
    const known = object as KubeObject
    if (!isList(known)) this.found.push({ item, object: known })
    else if (item.length >= 2 * deepestLists)
      this.fail(item, `more than ${deepestLists} lists stand in each other`)
    else this.collectItems(known, item)
  }

  private collectItems(list: KubeObject, path: PathSegments): void {
    const items = list.items ?? []
    if (!Array.isArray(items)) {
      this.fail(path, `items of a ${list.kind} must be a list, not ${describe(items)}`)
      return
    }
    for (const [index, item] of items.entries()) this.collect(item, [...path, 'items', index], list)
  }

  private fail(item: PathSegments, problem: string, isForeign = false): void {
    if (++this.told > mostFailures) this.untold++
    else this.found.push({ item, problem, ...(isForeign ? { isForeign } : {}) })
  }
}

function withKindOf(value: unknown, list: ListKind): unknown {
  if (!lacksKind(value)) return value
  const kind = list.kind.slice(0, -'List'.length)
  return kind === '' ? value : { apiVersion: list.apiVersion, kind, ...value }
}

function problemOf(value: unknown): string | undefined {
  if (!isMapping(value)) return describe(value)
  const lacking = identity.filter(field => isAbsent(value[field]))
  if (lacking.length > 0) return `no ${lacking.join(' and no ')}`
  for (const field of identity)
    if (!hasText(value[field])) return `${field} is ${describe(value[field])}, not text`
  return undefined
}

const identity = ['apiVersion', 'kind'] as const

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ''

const lacksIdentity = (value: unknown): boolean =>
  !isMapping(value) || identity.some(field => isAbsent(value[field]))

/** Whether a value could be an item that takes its kind from its list. */
export const lacksKind = (value: unknown): value is Record<string, unknown> =>
  isMapping(value) && !hasText(value.kind) && !hasText(value.apiVersion)

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const hasText = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** Names what a value is, for people. */
function describe(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  if (typeof value === 'string') {
    const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value
    return `the text ${JSON.stringify(shown)}`
  }
  return `the ${typeof value} ${JSON.stringify(value)}`
}
