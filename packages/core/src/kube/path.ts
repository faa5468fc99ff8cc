// Path: the written place of a value inside a resource, such as `spec.containers[0].image`, and its other forms.

export type PathSegments = readonly (string | number)[]

const plainKey = /^[A-Za-z_$][A-Za-z0-9_$-]*$/

/** Writes segments as a path: `metadata.annotations["a.b/c"]`, `spec.containers[0].image`. */
export function formatPath(segments: PathSegments): string {
  let text = ''
  for (const segment of segments) text = childPath(text, segment)
  return text
}

/** The path of a field or list item below `parent` (empty for the resource itself). */
export function childPath(parent: string, segment: string | number): string {
  if (typeof segment === 'number') return `${parent}[${segment}]`
  if (!plainKey.test(segment)) return `${parent}[${JSON.stringify(segment)}]`
  return parent === '' ? segment : `${parent}.${segment}`
}

const token = /\.?([A-Za-z_$][A-Za-z0-9_$-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y

/** Reads a path that formatPath or childPath wrote. Throws on anything else: paths are written by our own code. */
export function parsePath(path: string): (string | number)[] {
  const segments: (string | number)[] = []
  token.lastIndex = 0
  let end = 0
  while (end < path.length) {
    const found = token.exec(path)
    if (!found) throw new Error(`not a path: ${path}`)
    if (found[1] !== undefined) segments.push(found[1])
    else if (found[2] !== undefined) segments.push(Number(found[2]))
    else segments.push(JSON.parse(found[3] as string) as string)
    end = token.lastIndex
  }
  return segments
}

/** The value at a path, or undefined where nothing is there. */
export function valueAt(root: unknown, path: string | PathSegments): unknown {
  let value = root
  for (const segment of typeof path === 'string' ? parsePath(path) : path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined
    value = (value as Record<string | number, unknown>)[segment]
  }
  return value
}

/** The JSON Pointer (RFC 6901) of a path. */
export function toPointer(path: string | PathSegments): string {
  const segments = typeof path === 'string' ? parsePath(path) : path
  return segments.map(segment => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
