// Place tree: where the values of a document stand, as far as somebody asked for them.

import type { PathSegments } from '../path.ts'

export interface PlaceNode {
  /** Offset of the value. */
  readonly start: number
  /** The fields or items of the value that are wanted; absent for scalars and what nobody asked for. */
  readonly children?: ReadonlyMap<string | number, Child>
}

export interface Child {
  /** Offset of the key; absent for list items. */
  readonly key?: number
  readonly node: PlaceNode
}

/** The paths that are wanted, as a tree: what a segment leads to. */
export type Wanted = Map<string | number, Wanted>

/** Gathers paths into a tree. */
export function wantedPaths(paths: readonly PathSegments[]): Wanted {
  const root: Wanted = new Map()
  for (const path of paths) {
    let node = root
    for (const segment of path) {
      let next = node.get(segment)
      if (!next) {
        next = new Map()
        node.set(segment, next)
      }
      node = next
    }
  }
  return root
}

/** What a path leads to in the tree: the last child that is there, and how many segments led to it. */
export function follow(root: PlaceNode, path: PathSegments): Child & { readonly found: number } {
  let child: Child = { node: root }
  let found = 0
  for (const segment of path) {
    const next = child.node.children?.get(segment)
    if (!next) break
    child = next
    found++
  }
  return { ...child, found }
}
