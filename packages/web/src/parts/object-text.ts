// Object text: an object as YAML, the line at which a path stands in it, and the object as a patch leaves it.

import { yamlText } from '@plimsoll/core'
import type { FindingFix } from '@plimsoll/core/contract/client'

type Segments = readonly (string | number)[]
export type Operation = NonNullable<FindingFix['operations']>[number]

const isBlock = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0

/** How many lines a value takes in YAML. */
export function linesOf(value: unknown): number {
  if (!isBlock(value)) return 1
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + linesOf(item), 0)
  return Object.values(value).reduce((sum: number, field) => sum + fieldLines(field), 0)
}

const fieldLines = (field: unknown) => (isBlock(field) ? 1 + linesOf(field) : 1)

/** The line, from 1, at which a path stands in the YAML of an object; of what is above it, where it is not there. */
export function lineOf(object: unknown, path: Segments): number {
  let line = 1
  let value = object
  let above = 1
  for (const segment of path) {
    if (!isBlock(value) || !Object.hasOwn(value, segment)) return above
    for (const [name, field] of Object.entries(value)) {
      if (name === String(segment)) break
      line += Array.isArray(value) ? linesOf(field) : fieldLines(field)
    }
    above = line
    const next: unknown = (value as Record<string | number, unknown>)[segment]
    // A field's own block begins on the line below its name, an item's on the line of its dash.
    if (!Array.isArray(value) && isBlock(next)) line++
    value = next
  }
  return above
}

/** The object as a patch (RFC 6902: add, replace, remove) leaves it; undefined where the patch does not fit it. */
export function patched(object: unknown, operations: readonly Operation[]): unknown {
  let whole: unknown = structuredClone(object)
  for (const { op, path, value } of operations) {
    const keys = path
      .split('/')
      .slice(1)
      .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    const last = keys.pop()
    if (last === undefined) {
      whole = value
      continue
    }
    let place: unknown = whole
    for (const key of keys) place = isRecord(place) && Object.hasOwn(place, key) ? place[key] : undefined
    if (!isRecord(place)) return undefined
    const isThere = Object.hasOwn(place, last)
    if (op !== 'add' && !isThere) return undefined
    if (Array.isArray(place)) {
      const at = last === '-' ? place.length : Number(last)
      place.splice(at, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]))
    } else if (op === 'remove') delete place[last]
    else place[last] = value
  }
  return whole
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

export { yamlText }

/** The patch as `kubectl` takes it. */
export const patchText = (operations: readonly Operation[], indent?: number): string =>
  JSON.stringify(
    operations.map(({ op, path, value }) => (op === 'remove' ? { op, path } : { op, path, value })),
    undefined,
    indent,
  )

interface Target {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** A command line that patches the object. */
export function kubectlPatch(
  { apiVersion, kind, namespace, name }: Target,
  operations: readonly Operation[],
): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : ''
  const where = namespace === '' ? '' : ` --namespace ${shell(namespace)}`
  return `kubectl patch ${shell(`${kind.toLowerCase()}${group}/${name}`)}${where} --type json --patch ${shell(patchText(operations))}`
}

/** As one word of a POSIX shell. */
const shell = (word: string) => (/^[\w./:-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

const token = /\.?([A-Za-z_$][\w$-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y

/** The segments of a path as evidence writes it, such as `spec.containers[0].image`; those up to where it is no path any more. */
export function segmentsOf(path: string): (string | number)[] {
  const segments: (string | number)[] = []
  token.lastIndex = 0
  for (let found = token.exec(path); found; found = token.exec(path)) {
    const [, name, index, quoted] = found
    segments.push(name ?? (index === undefined ? (JSON.parse(quoted ?? '""') as string) : Number(index)))
    if (token.lastIndex >= path.length) break
  }
  return segments
}
