// Share: makes equal parts of many objects one object in memory, as the pods of one ReplicaSet are equal but for few fields.

export interface Sharer {
  /**
   * The value with each of its parts replaced by an equal one met lately, where there is one. The value itself stays the object that it
   * is, changed in place; what is shared is never to be changed again.
   */
  share<T>(value: T): T
  /** Forgets what it met. */
  forget(): void
}

/** Parts remembered before the older half of them is forgotten: equal parts come close together, so few need be known. */
const generation = 30_000

/** A remembered text, with the mark by which the parts that hold it are found. */
interface Text {
  readonly text: string
  readonly mark: number
}

/**
 * A sharer with a memory of its own. What it remembers is bounded: it keeps two generations of parts, so a part that nobody met for a
 * while is shared no more with those before, which costs memory and nothing else.
 *
 * Parts are found by a number mixed of the marks of what they hold, and compared then, one level deep: what they hold is shared already.
 * Texts as keys, or ids in a WeakMap, would cost several times as much, most of it in collecting garbage.
 */
export function sharer(): Sharer {
  const texts = remember<string, Text>()
  const parts = remember<number, object>()
  let count = 0
  /** The mark of what `shareParts` gave last. */
  let mark = 0

  const shareText = (value: string): string => {
    // Long texts are seldom met twice; their length and ends tell most of them apart.
    if (value.length > 200) {
      mark = mix(mix(value.length, value.charCodeAt(100)), value.charCodeAt(value.length - 1))
      return value
    }
    const known = texts.find(value)
    if (known) {
      mark = known.mark
      return known.text
    }
    mark = mix(++count, 0x9e3779b1)
    texts.keep(value, { text: value, mark })
    return value
  }

  const shareParts = (value: unknown): unknown => {
    if (typeof value === 'string') return shareText(value)
    if (typeof value !== 'object' || value === null) {
      mark = typeof value === 'number' ? mix(value | 0, (value * 4099) | 0) : markOf(value)
      return value
    }
    let own = 0
    const isList = Array.isArray(value)
    if (isList) {
      own = mix(value.length, 19)
      for (let i = 0; i < value.length; i++) {
        value[i] = shareParts(value[i])
        own = mix(own, mark)
      }
    } else {
      const fields = value as Record<string, unknown>
      for (const name in fields) {
        fields[name] = shareParts(fields[name])
        own = mix(own, mix(mark, nameMark(name)))
      }
    }
    mark = own
    const known = parts.find(own)
    if (known !== undefined && isEqual(known, value)) return known
    parts.keep(own, value)
    return value
  }

  return {
    share(value) {
      if (typeof value !== 'object' || value === null) return value
      const fields = value as Record<string, unknown>
      for (const name in fields) fields[name] = shareParts(fields[name])
      return value
    },
    forget() {
      texts.forget()
      parts.forget()
    },
  }
}

/** One level deep, with the fields in one order: what is equal deeper down is one object already. */
function isEqual(a: object, b: object): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
    return true
  }
  const names = Object.keys(a)
  const others = Object.keys(b)
  if (names.length !== others.length) return false
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    if (name !== others[i]) return false
    if ((a as Record<string, unknown>)[name] !== (b as Record<string, unknown>)[name]) return false
  }
  return true
}

const markOf = (value: unknown): number => (value === true ? 11 : value === false ? 13 : 17)

const mix = (a: number, b: number): number => {
  const mixed = Math.imul(a ^ b, 0x85ebca6b) + Math.imul(a, 31)
  return (mixed ^ (mixed >>> 15)) | 0
}

const nameMark = (name: string): number =>
  (name.length * 961 + name.charCodeAt(0) * 31 + name.charCodeAt(name.length - 1)) | 0

interface Memory<K, V> {
  find(key: K): V | undefined
  keep(key: K, value: V): void
  forget(): void
}

/** Remembers at least a generation of what was met last, and never more than two. */
function remember<K, V>(): Memory<K, V> {
  let young = new Map<K, V>()
  let old = new Map<K, V>()
  const keep = (key: K, value: V) => {
    if (young.size >= generation) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }
  return {
    find(key) {
      const known = young.get(key)
      if (known !== undefined) return known
      const found = old.get(key)
      if (found !== undefined) keep(key, found)
      return found
    },
    keep,
    forget() {
      young = new Map()
      old = new Map()
    },
  }
}
