// Locate: lines and columns of values in a document's text, for those documents that have something to show.

import type { PathSegments } from '../path.ts'
import { JsonTreeReader } from './json/json-tree.ts'
import { deepestNesting } from './limits.ts'
import type { LineIndex, Place } from './place.ts'
import { follow, type PlaceNode, type Wanted, wantedPaths } from './place-tree.ts'
import { skipComments } from './yaml/characters.ts'
import { mayHaveAliases, yamlTree } from './yaml/yaml-tree.ts'

/** Where a path leads to. */
export interface Location extends Place {
  /** Where the key of the value stands; absent for list items and for the document itself. */
  readonly key?: Place
  /** How many segments of the path exist: all of them, or those of the nearest ancestor, whose place this is. */
  readonly found: number
}

/** The text of a document that was read without failure. */
export interface DocumentSource {
  readonly format: 'yaml' | 'json'
  /** Normalized text of the whole file. */
  readonly text: string
  readonly start: number
  readonly end: number
  readonly lines: LineIndex
}

/**
 * Finds places in one document. The document is walked anew at each call, but only once for all the paths of a call;
 * an item of a list is walked by itself.
 */
export class Locator {
  private readonly source: DocumentSource
  private readonly items: readonly PathSegments[]
  /** Offsets of the items, once one was asked for. */
  private itemTree: PlaceNode | undefined
  /** The whole document, where aliases make parts of it depend on each other. */
  private wholeTree: PlaceNode | undefined
  private hasAliases: boolean | undefined

  /** `items` are the paths of the parts that will be asked for by themselves. */
  constructor(source: DocumentSource, items: readonly PathSegments[] = []) {
    this.source = source
    this.items = items
  }

  /** The places of paths, in their order. Paths count from the item, where one is given. */
  locate(paths: readonly PathSegments[], item: PathSegments = []): Location[] {
    const root = this.rootFor(item)
    const tree = this.dependsOnAliases() ? root : this.walk(root.start, wantedPaths(paths))
    return paths.map(path => this.location(tree, path))
  }

  /** Where the document, or an item of it, begins; comments before it are passed. */
  placeOf(item: PathSegments): Place {
    const { text, start, end, lines } = this.source
    if (item.length > 0) return lines.at(this.rootFor(item).start)
    return lines.at(skipComments(text, start, end, '---'))
  }

  private location(tree: PlaceNode, path: PathSegments): Location {
    const { node, key, found } = follow(tree, path)
    const place = this.source.lines.at(node.start)
    return key === undefined ? { ...place, found } : { ...place, key: this.source.lines.at(key), found }
  }

  private rootFor(item: PathSegments): PlaceNode {
    if (this.dependsOnAliases()) {
      this.wholeTree ??= this.walk(this.source.start, 'all')
      return follow(this.wholeTree, item).node
    }
    if (item.length === 0) return { start: this.source.start }
    this.itemTree ??= this.walk(this.source.start, wantedPaths(this.items))
    return follow(this.itemTree, item).node
  }

  private dependsOnAliases(): boolean {
    const { format, text, start, end } = this.source
    this.hasAliases ??= format === 'yaml' && mayHaveAliases(text.slice(start, end))
    return this.hasAliases
  }

  private walk(start: number, wanted: Wanted | 'all'): PlaceNode {
    const { format, text, end } = this.source
    if (format === 'json')
      return new JsonTreeReader(text, start, end, deepestNesting).value(wanted === 'all' ? undefined : wanted)
    const isPart = start !== this.source.start
    const lineStart = isPart ? text.lastIndexOf('\n', start - 1) + 1 : start
    return yamlTree({ text, start, end, lineStart }, wanted)
  }
}

/** The places of paths in a document, in their order. */
export function locate(source: DocumentSource, paths: readonly PathSegments[]): Location[] {
  return new Locator(source).locate(paths)
}
