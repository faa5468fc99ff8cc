// Kube object: tells what in a document is a Kubernetes object, and takes lists apart.

import type { PathSegments } from '../path.ts'

/** An object that says what it is. Its metadata is not checked here. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly [field: string]: unknown
}

/** An object found in a document, or why what was found is none: a sentence. */
export type Found = { readonly item: PathSegments } & (
  | { readonly object: KubeObject }
  | { readonly problem: string }
)

/** A list of objects rather than an object: kind `List`, or `PodList` and the like with `items`. */
export const isList = (object: KubeObject): boolean =>
  object.kind === 'List' ||
  (object.kind.endsWith('List') && (Array.isArray(object.items) || object.items === null))

const deepestLists = 10

/**
 * The objects of a document: itself, or the items of the list that it is, lists in lists included. Items that say
 * neither apiVersion nor kind take them from their list, as for kubectl: the items of a v1 PodList are v1 Pods.
 */
export function findObjects(value: unknown): Found[] {
  const found: Found[] = []
  collect(value, [], undefined, found)
  return found
}

function collect(value: unknown, item: PathSegments, list: KubeObject | undefined, found: Found[]): void {
  const object = list ? withKindOf(value, list) : value
  const problem = problemOf(object)
  if (problem !== undefined) {
    found.push({ item, problem: `not a Kubernetes object: ${problem}` })
    return
  }
  const known = object as KubeObject
  if (!isList(known)) found.push({ item, object: known })
  else if (item.length >= 2 * deepestLists)
    found.push({ item, problem: `more than ${deepestLists} lists stand in each other` })
  else collectItems(known, item, found)
}

function collectItems(list: KubeObject, path: PathSegments, found: Found[]): void {
  const items = list.items ?? []
  if (!Array.isArray(items)) {
    found.push({ item: path, problem: `items of a ${list.kind} must be a list, not ${describe(items)}` })
    return
  }
  for (const [index, item] of items.entries()) collect(item, [...path, 'items', index], list, found)
}

function withKindOf(value: unknown, list: KubeObject): unknown {
  if (!isMapping(value) || hasText(value.kind) || hasText(value.apiVersion)) return value
  const kind = list.kind.slice(0, -'List'.length)
  return kind === '' ? value : { apiVersion: list.apiVersion, kind, ...value }
}

function problemOf(value: unknown): string | undefined {
  if (!isMapping(value)) return describe(value)
  const lacking = ['apiVersion', 'kind'].filter(
    field => value[field] === undefined || value[field] === null || value[field] === '',
  )
  if (lacking.length > 0) return `no ${lacking.join(' and no ')}`
  for (const field of ['apiVersion', 'kind'])
    if (!hasText(value[field])) return `${field} is ${describe(value[field])}, not text`
  return undefined
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const hasText = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** Names what a value is, for people. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  if (typeof value === 'string') {
    const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value
    return `the text ${JSON.stringify(shown)}`
  }
  return `the ${typeof value} ${String(value)}`
}
