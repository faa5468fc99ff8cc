// YAML tree: walks YAML text to tell where values stand; what nobody asked for is passed without being decoded.

import type { Child, PlaceNode, Wanted } from '../place-tree.ts'
import { Event, EventReader } from './events.ts'
import { mergeTag, resolveKey } from './resolve-scalar.ts'

/** What to keep of a node: some paths, all of it (an alias may ask for it later), or nothing. */
type Keep = Wanted | 'all' | undefined

/** An alias, as far as a glance can tell; what looks like one inside quotes costs time only. */
const alias = /(?:^|[\s,:[{])\*[\w-]/

/** Whether text may hold aliases: then a part of it cannot be understood without what stands before. */
export const mayHaveAliases = (text: string): boolean => alias.test(text)

/**
 * The places of a value in normalized text that was read before without failure: of the document that begins at the
 * range, or of the part of it that does. A value that comes by an alias stands where the alias stands; what is below
 * it, where its anchor stands.
 */
export function yamlTree(range: TextRange, wanted: Wanted | 'all'): PlaceNode {
  return new TreeReader(range).root(wanted)
}

export interface TextRange {
  readonly text: string
  readonly start: number
  readonly end: number
  /** Where the columns of the first line count from: before `start` for a part of a document. */
  readonly lineStart: number
}

class TreeReader {
  private readonly events: EventReader
  private readonly anchors = new Map<string, PlaceNode>()
  /** What anchored scalars are as keys. */
  private readonly anchoredKeys = new Map<string, string>()

  constructor({ text, start, end, lineStart }: TextRange) {
    this.events = new EventReader(text, start, end, lineStart)
  }

  root(keep: Keep): PlaceNode {
    const first = this.events.open()
    return first === Event.none ? { start: this.events.start } : this.node(first, keep)
  }

  private node(event: Event, keep: Keep): PlaceNode {
    const { nodeStart: start, anchorName } = this.events
    if (event === Event.alias) {
      const children = this.anchors.get(anchorName)?.children
      return children ? { start, children } : { start }
    }
    const node = this.content(event, start, keep)
    if (keep === 'all' && anchorName !== '') this.anchors.set(anchorName, node)
    return node
  }

  private content(event: Event, start: number, keep: Keep): PlaceNode {
    if (event === Event.scalar) {
      if (this.events.anchorName !== '') this.keyName(event)
      return { start }
    }
    if (keep === undefined || (keep !== 'all' && keep.size === 0)) {
      this.skipRest()
      return { start }
    }
    const children = new Map<string | number, Child>()
    if (event === Event.mapping) this.pairs(keep, children)
    else this.items(keep, children)
    return { start, children }
  }

  /** Passes what is left of the collection that has begun. */
  private skipRest(): void {
    for (let open = 1; open > 0; ) {
      const event = this.events.next()
      if (event === Event.mapping || event === Event.sequence) open++
      else if (event === Event.end) open--
    }
  }

  private items(keep: Keep, children: Map<string | number, Child>): void {
    let index = 0
    for (let event = this.events.next(); event !== Event.end; event = this.events.next(), index++) {
      const inner = keep instanceof Map ? keep.get(index) : keep
      const node = this.node(event, inner)
      if (inner !== undefined) children.set(index, { node })
    }
  }

  private pairs(keep: Keep, children: Map<string | number, Child>): void {
    const { events } = this
    for (let event = events.next(); event !== Event.end; event = events.next()) {
      const key = events.nodeStart
      if (event === Event.scalar && this.isMerge()) {
        if (events.anchorName !== '') this.keyName(event)
        this.merge(keep, children)
        continue
      }
      const name = this.keyName(event)
      const inner = keep instanceof Map ? keep.get(name) : keep
      const node = this.node(events.next(), inner)
      if (inner !== undefined) children.set(name, { key, node })
    }
  }

  private isMerge(): boolean {
    const { events } = this
    return (events.isImplicit || events.tagName === mergeTag) && events.nodeText === '<<'
  }

  private keyName(event: Event): string {
    const { anchorName, nodeText, tagName, isImplicit } = this.events
    if (event === Event.alias) return this.anchoredKeys.get(anchorName) ?? ''
    const key = resolveKey(nodeText, tagName, isImplicit)
    const name = typeof key === 'string' ? key : ''
    if (anchorName !== '') this.anchoredKeys.set(anchorName, name)
    return name
  }

  private merge(keep: Keep, children: Map<string | number, Child>): void {
    const event = this.events.next()
    const node = this.node(event, event === Event.sequence && keep !== undefined ? 'all' : keep)
    const sources =
      event === Event.sequence ? Array.from(node.children?.values() ?? [], child => child.node) : [node]
    for (const source of sources.reverse())
      for (const [name, child] of source.children ?? []) children.set(name, child)
  }
}
