// Compose: builds the value of a YAML document as sigs.k8s.io/yaml does for kubectl: keys become text, the last of
// equal keys wins, `<<` merges where it stands, and aliases become copies.

import { deepestNesting, mostDuplicates } from '../limits.ts'
import type { DuplicateOffset } from '../reading.ts'
import { AliasBudget, type Anchored, type AnchoredCollection, copyValue, setKey, sizeOf } from './anchors.ts'
import { Event, EventReader } from './events.ts'
import { mergeTag, resolveKey, resolvePlain, resolveTagged, Unresolvable } from './resolve-scalar.ts'

export interface Composed {
  readonly value: unknown
  /** The first hundred. */
  readonly duplicates: readonly DuplicateOffset[]
  /** Offset from which text was not read, because the document ended before it; undefined where all was. */
  readonly unreadFrom?: number
}

type Mapping = Record<string, unknown>

/** Reads the first document of the text between two offsets; the text before `end` must end in a line feed. */
export function compose(text: string, start: number, end: number): Composed {
  return new Composer(text, start, end).document()
}

class Composer {
  private readonly events: EventReader
  private readonly anchors = new Map<string, Anchored>()
  private readonly budget = new AliasBudget()
  private readonly duplicates: DuplicateOffset[] = []
  private depth = 0

  constructor(text: string, start: number, end: number) {
    this.events = new EventReader(text, start, end)
  }

  document(): Composed {
    const first = this.events.open()
    const value = first === Event.none ? null : this.node(first)
    const unreadFrom = this.events.close()
    return unreadFrom === undefined
      ? { value, duplicates: this.duplicates }
      : { value, duplicates: this.duplicates, unreadFrom }
  }

  private node(event: Event): unknown {
    if (event === Event.alias) return this.alias()
    this.count()
    switch (event) {
      case Event.scalar:
        return this.scalar()
      case Event.sequence:
        return this.sequence()
      default:
        return this.mapping()
    }
  }

  private count(): void {
    if (!this.budget.addNode()) this.failForAliases()
  }

  private failForAliases(): never {
    this.events.fail('aliases make the document grow out of bounds', this.events.nodeStart)
  }

  private scalar(): unknown {
    const { events } = this
    if (events.anchorName !== '') this.anchorScalar()
    const text = events.nodeText
    if (events.tagName === '') return events.isImplicit ? this.checked(resolvePlain(text)) : text
    return this.checked(resolveTagged(text, events.tagName))
  }

  private checked<T>(value: T | Unresolvable): T {
    if (value instanceof Unresolvable) this.events.fail(value.message, this.events.nodeStart)
    return value
  }

  private anchorScalar(): void {
    const { anchorName, nodeText: text, tagName: tag, isImplicit } = this.events
    this.anchors.set(anchorName, { kind: 'scalar', text, tag, isImplicit })
  }

  private sequence(): unknown[] {
    const anchored = this.anchorCollection('sequence')
    const before = this.budget.nodes - 1
    const items: unknown[] = []
    this.enter()
    for (let event = this.events.next(); event !== Event.end; event = this.events.next()) {
      const known = this.duplicates.length
      items.push(this.node(event))
      if (this.duplicates.length > known) this.prefixDuplicates(known, items.length - 1)
    }
    this.depth--
    if (anchored) Object.assign(anchored, { value: items, weight: this.budget.nodes - before })
    return items
  }

  private mapping(): Mapping {
    const anchored = this.anchorCollection('mapping')
    const before = this.budget.nodes - 1
    const target: Mapping = {}
    this.addPairs(target)
    if (anchored) Object.assign(anchored, { value: target, weight: this.budget.nodes - before })
    return target
  }

  private anchorCollection(kind: AnchoredCollection['kind']): AnchoredCollection | undefined {
    const { anchorName } = this.events
    if (anchorName === '') return undefined
    const anchored: AnchoredCollection = { kind, weight: 0 }
    this.anchors.set(anchorName, anchored)
    return anchored
  }

  private enter(): void {
    if (++this.depth > deepestNesting)
      this.events.fail(`nested deeper than ${deepestNesting} levels`, this.events.nodeStart)
  }

  /** Reads the pairs of a mapping into `target`, which holds others already where it is merged into. */
  private addPairs(target: Mapping): void {
    const { events } = this
    /** The keys written in this mapping itself, once a merge has brought in others. */
    let own: Set<string> | undefined
    this.enter()
    for (let event = events.next(); event !== Event.end; event = events.next()) {
      if (event === Event.scalar && this.isMerge()) {
        if (events.anchorName !== '') this.anchorScalar()
        own ??= new Set(Object.keys(target))
        this.merge(target)
        continue
      }
      const { nodeStart } = events
      const key = this.key(event)
      const known = this.duplicates.length
      const value = this.node(events.next())
      if (this.duplicates.length > known) this.prefixDuplicates(known, key)
      const isDuplicate = own ? own.has(key) : target[key] !== undefined && Object.hasOwn(target, key)
      if (isDuplicate && this.duplicates.length < mostDuplicates)
        this.duplicates.push({ path: [key], offset: nodeStart })
      own?.add(key)
      setKey(target, key, value)
    }
    this.depth--
  }

  private prefixDuplicates(from: number, segment: string | number): void {
    for (const duplicate of this.duplicates.slice(from)) duplicate.path.unshift(segment)
  }

  private isMerge(): boolean {
    const { events } = this
    return (events.isImplicit || events.tagName === mergeTag) && events.nodeText === '<<'
  }

  private key(event: Event): string {
    const { events } = this
    if (event === Event.alias) {
      const anchored = this.takeAlias()
      if (anchored.kind !== 'scalar') return this.failForKey()
      return this.checked(resolveKey(anchored.text, anchored.tag, anchored.isImplicit))
    }
    if (event !== Event.scalar) return this.failForKey()
    this.count()
    if (events.anchorName !== '') this.anchorScalar()
    return this.checked(resolveKey(events.nodeText, events.tagName, events.isImplicit))
  }

  private failForKey(): never {
    this.events.fail('a key cannot be a list or a mapping', this.events.nodeStart)
  }

  private alias(): unknown {
    const anchored = this.takeAlias()
    if (anchored.kind !== 'scalar') return copyValue(anchored.value)
    const { text, tag, isImplicit } = anchored
    if (tag !== '') return this.checked(resolveTagged(text, tag))
    return isImplicit ? this.checked(resolvePlain(text)) : text
  }

  /** The node that the current alias names, counted. */
  private takeAlias(): Anchored {
    const { anchorName, nodeStart } = this.events
    const anchored = this.anchors.get(anchorName)
    if (!anchored) return this.events.fail(`no anchor &${anchorName} stands before *${anchorName}`, nodeStart)
    if (anchored.kind === 'scalar') {
      if (!this.budget.addAlias(1, anchored.text.length)) this.failForAliases()
      return anchored
    }
    if (anchored.weight === 0) this.events.fail(`*${anchorName} stands inside what it names`, nodeStart)
    anchored.size ??= sizeOf(anchored.value)
    if (!this.budget.addAlias(anchored.weight, anchored.size.characters)) this.failForAliases()
    if (this.depth + anchored.size.depth > deepestNesting)
      this.events.fail(`nested deeper than ${deepestNesting} levels by *${anchorName}`, nodeStart)
    return anchored
  }

  /** Merges the value of `<<` into `target`: its keys replace those before it, and those after it replace them. */
  private merge(target: Mapping): void {
    const { events } = this
    const event = events.next()
    if (event !== Event.sequence) {
      this.assign(target, this.mergeSource(event))
      return
    }
    const anchored = this.anchorCollection('sequence')
    const before = this.budget.nodes
    const sources: Mapping[] = []
    for (let item = events.next(); item !== Event.end; item = events.next())
      sources.push(this.mergeSource(item))
    if (anchored)
      Object.assign(anchored, { value: copyValue(sources), weight: this.budget.nodes - before + 1 })
    for (const source of sources.reverse()) this.assign(target, source)
  }

  /** A mapping to merge, no part of it shared. */
  private mergeSource(event: Event): Mapping {
    const { events } = this
    if (event === Event.mapping) {
      this.count()
      const { anchorName } = events
      const source = this.mapping()
      return anchorName === '' ? source : (copyValue(source) as Mapping)
    }
    const anchored = event === Event.alias ? this.takeAlias() : undefined
    if (anchored?.kind !== 'mapping')
      return events.fail('<< merges a mapping or a list of mappings', events.nodeStart)
    return copyValue(anchored.value) as Mapping
  }

  private assign(target: Mapping, source: Mapping): void {
    for (const key of Object.keys(source)) setKey(target, key, source[key])
  }
}
