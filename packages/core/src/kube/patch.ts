// Patch: builds the JSON Patch operations that fixes are made of.

import type { Operation } from '../model/json-patch.ts'
import type { Resource } from '../model/resource.ts'
import { parsePath, toPointer, valueAt } from './path.ts'

/** Operations that put `value` at `path`, making the missing objects on the way; a missing list is made with the value in it. */
export function setAt(resource: Resource, path: string, value: unknown): readonly Operation[] {
  const segments = parsePath(path)
  let depth = segments.length - 1
  while (depth > 0 && !isContainer(valueAt(resource, segments.slice(0, depth)))) depth--
  const exists = depth === segments.length - 1 && valueAt(resource, segments) !== undefined
  return [
    {
      op: exists ? 'replace' : 'add',
      path: toPointer(segments.slice(0, depth + 1)),
      value: nest(segments.slice(depth + 1), value),
    },
  ]
}

/** Operations that take away what stands at `path`; none where nothing does. */
export function removeAt(resource: Resource, path: string): readonly Operation[] {
  return valueAt(resource, path) === undefined ? [] : [{ op: 'remove', path: toPointer(path) }]
}

const isContainer = (value: unknown) => typeof value === 'object' && value !== null

function nest(segments: (string | number)[], value: unknown): unknown {
  let nested = value
  for (const segment of segments.toReversed())
    nested = typeof segment === 'number' ? [nested] : { [segment]: nested }
  return nested
}
