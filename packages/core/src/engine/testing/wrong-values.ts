// Wrong values: walks a value's nodes and puts something else into one of them, for tests of what the API server could not decode.

import type { PathSegments } from '../../kube/path.ts'

/** A node of a JSON value: where it is and what stands there. */
export interface Node {
  readonly path: PathSegments
  readonly value: unknown
  /** Whether it is a field of a map or object, or an item of a list. */
  readonly inList: boolean
}

/** Every node below the root, parents before what they hold. */
export function nodesOf(value: unknown, path: PathSegments = []): Node[] {
  if (typeof value !== 'object' || value === null) return []
  const inList = Array.isArray(value)
  return Object.entries(value).flatMap(([key, child]) => {
    const own = [...path, inList ? Number(key) : key]
    return [{ path: own, value: child, inList }, ...nodesOf(child, own)]
  })
}

/** A deep copy of a JSON value, by hand: thousands are made of large ones. */
export function copied<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copied) as T
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value)) copy[name] = copied((value as Record<string, unknown>)[name])
  return copy as T
}

/** What stands for "take the field away". */
export const absent = Symbol('absent')

/** A deep copy of a JSON value with something else at that place; `absent` takes the field or item away. */
export function replaced<T>(value: T, path: PathSegments, by: unknown): T {
  const copy = copied(value)
  const [holder, last] = placeIn(copy, path)
  if (by !== absent) holder[last] = copied(by)
  else if (Array.isArray(holder)) holder.splice(last as number, 1)
  else delete holder[last]
  return copy
}

/** What `look` says of the value while something else stands at that place; afterwards it is as it was. */
export function withValue<T, R>(value: T, path: PathSegments, by: unknown, look: (value: T) => R): R {
  const [holder, last] = placeIn(value, path)
  const before = holder[last]
  holder[last] = copied(by)
  try {
    return look(value)
  } finally {
    holder[last] = before
  }
}

function placeIn(value: unknown, path: PathSegments): [Record<string | number, unknown>, string | number] {
  let holder = value as Record<string | number, unknown>
  for (const segment of path.slice(0, -1)) holder = holder[segment] as Record<string | number, unknown>
  return [holder, path.at(-1) as string | number]
}

const long = 'a-'.repeat(10_000)

/** One of every JSON type, whole, empty, odd and nested; null apart, which means something. */
export const oddValues: readonly unknown[] = [
  true,
  0,
  -1,
  1.5,
  1e308,
  '',
  long,
  [],
  ['x'],
  [null],
  [{}],
  [[7]],
  {},
  { x: {} },
  { x: 'x' },
  { x: [7] },
]

type Kind = 'string' | 'boolean' | 'integer' | 'fraction' | 'list' | 'object' | 'null'

/** The JSON type of a value, with the numbers that Go's int64 holds apart from others. */
export function kindOf(value: unknown): Kind {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? 'integer' : 'fraction'
  return typeof value as 'string' | 'boolean' | 'object'
}

/** The zero value of Go for a value of that type. */
export function zeroLike(value: unknown): unknown {
  const zeros = { string: '', boolean: false, integer: 0, fraction: 0, list: [], object: {}, null: null }
  return zeros[kindOf(value)]
}
