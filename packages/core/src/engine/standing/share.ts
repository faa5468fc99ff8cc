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

/**
 * A sharer with a memory of its own. What it remembers is bounded: it keeps two generations of parts, so a part that nobody met for a
 * while is shared no more with those before, which costs memory and nothing else.
 */
export function sharer(): Sharer {
  let young = new Map<string, unknown>()
  let old = new Map<string, unknown>()
  let ids = new WeakMap<object, number>()
  let next = 0

  const remember = (key: string, value: unknown) => {
    if (young.size >= generation) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }
  const known = <T>(key: string, value: T): T => {
    let found = young.get(key)
    if (found !== undefined) return found as T
    found = old.get(key)
    if (found !== undefined) {
      remember(key, found)
      return found as T
    }
    remember(key, value)
    return value
  }
  const idOf = (value: object): number => {
    let id = ids.get(value)
    if (id === undefined) {
      id = next++
      ids.set(value, id)
    }
    return id
  }
  /** A text that is equal for equal values whose own parts are shared. */
  const token = (value: unknown): string => {
    if (typeof value === 'object' && value !== null) return `#${idOf(value)}`
    return typeof value === 'string' ? `"${value.length}:${value}` : String(value)
  }

  const shareParts = (value: unknown): unknown => {
    if (typeof value === 'string') return value.length > 200 ? value : known(`"${value}`, value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) {
      let key = '['
      for (let i = 0; i < value.length; i++) {
        value[i] = shareParts(value[i])
        key += `${token(value[i])},`
      }
      return known(key, value)
    }
    const fields = value as Record<string, unknown>
    let key = '{'
    for (const name in fields) {
      const own = shareParts(fields[name])
      fields[name] = own
      key += `${name.length}:${name}=${token(own)},`
    }
    return known(key, value)
  }

  return {
    share(value) {
      if (typeof value !== 'object' || value === null) return value
      const fields = value as Record<string, unknown>
      for (const name in fields) fields[name] = shareParts(fields[name])
      return value
    },
    forget() {
      young = new Map()
      old = new Map()
      ids = new WeakMap()
    },
  }
}
