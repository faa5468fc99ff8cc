// Anchors: keeps what anchors name, hands out copies for aliases, and refuses texts that grow out of bounds by them.

/** A scalar that an anchor names, as it is written: it may come to be a key as well as a value. */
interface AnchoredScalar {
  readonly kind: 'scalar'
  readonly text: string
  readonly tag: string
  readonly isImplicit: boolean
}

/** A collection that an anchor names. */
export interface AnchoredCollection {
  readonly kind: 'sequence' | 'mapping'
  /** Undefined until the collection is read to its end: an alias inside it would contain itself. */
  value?: unknown
  /** How many nodes are read to build it, those that its own aliases bring included. */
  weight: number
  /** Nesting and characters of the value; undefined until an alias asks. */
  size?: Size
}

export type Anchored = AnchoredScalar | AnchoredCollection

export interface Size {
  readonly depth: number
  readonly characters: number
}

const none: Size = { depth: 0, characters: 0 }

/** How deep a value is nested and how many characters its keys and texts have. */
export function sizeOf(value: unknown): Size {
  if (typeof value === 'string') return { depth: 0, characters: value.length }
  if (typeof value !== 'object' || value === null) return none
  let depth = 0
  let characters = 0
  for (const [key, child] of Object.entries(value)) {
    const size = sizeOf(child)
    if (size.depth > depth) depth = size.depth
    characters += size.characters + key.length
  }
  return { depth: depth + 1, characters }
}

/** A copy that shares nothing: readers change values in place. */
export function copyValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyValue)
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) setKey(copy, key, copyValue((value as Record<string, unknown>)[key]))
  return copy
}

/** Sets a key as data of the object itself, `__proto__` included. */
export function setKey(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  else target[key] = value
}

/** Most characters that aliases may add to a document. */
const mostAliasCharacters = 64 * 1024 * 1024
/** Below these counts aliases are never too many. */
const freeAliases = 100
const freeNodes = 1000

/**
 * Counts the nodes that are read, and how many of them come from aliases. The rule is that of Kubernetes' YAML reader
 * (go.yaml.in/yaml/v2): of 400,000 nodes 99 % may come from aliases, of 4,000,000 and more 10 %, in between the share
 * falls evenly.
 */
export class AliasBudget {
  nodes = 1
  private fromAliases = 0
  private characters = 0

  /** Counts a node. False when too many of all nodes come from aliases. */
  addNode(): boolean {
    this.nodes++
    return this.fromAliases <= freeAliases || this.isWithinRatio()
  }

  /** Counts an alias of a node. False when that is too much. */
  addAlias(weight: number, characters: number): boolean {
    this.nodes += weight + 1
    this.fromAliases += weight
    this.characters += characters
    return this.characters <= mostAliasCharacters && (this.fromAliases <= freeAliases || this.isWithinRatio())
  }

  private isWithinRatio(): boolean {
    const { nodes, fromAliases } = this
    if (nodes <= freeNodes) return true
    const progress = Math.min(Math.max((nodes - 400_000) / 3_600_000, 0), 1)
    return fromAliases / nodes <= 0.99 - 0.89 * progress
  }
}
