// Acceptable: tells whether an object may be sent to a server and kept there; collectors ask before they send, the server at its door.

import type { Resource } from '../model/resource.ts'
import { isRecord } from '../model/shape.ts'
import { resourceKey } from './asset-key.ts'
import { copiesOfTheObject } from './slim.ts'

/** Why an object is not acceptable: `secret-value` where it holds a Secret's values, `malformed` for all else. */
export interface Unacceptable {
  readonly code: 'secret-value' | 'malformed'
  /** What is wrong, without any of the object's values: `metadata.managedFields is there`. */
  readonly problem: string
}

/** More than any object of Kubernetes; definitions of custom resources come to some 60. */
const deepest = 200

/** The key of an acceptable object, or what is wrong with it. The value is one that JSON.parse gave. */
export function acceptableKey(value: unknown): { readonly key: string } | Unacceptable {
  return problemOf(value) ?? keyOf(value as Resource)
}

/** What an object is called where people read of it, as far as it can be told. */
export function describeObject(value: unknown): string {
  if (!isRecord(value)) return 'an object without a kind'
  const { name, namespace } = isRecord(value.metadata) ? value.metadata : {}
  const place = [namespace, name].filter(part => typeof part === 'string' && part !== '').join('/')
  const kind = typeof value.kind === 'string' ? value.kind : 'an object without a kind'
  // What is said of a hostile object is short and of one line.
  return `${kind} ${place}`
    .trim()
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .slice(0, 300)
}

function keyOf(resource: Resource): { readonly key: string } {
  return { key: resourceKey(resource) }
}

const malformed = (problem: string): Unacceptable => ({ code: 'malformed', problem })
const secret = (problem: string): Unacceptable => ({ code: 'secret-value', problem })

function problemOf(value: unknown): Unacceptable | undefined {
  if (!isRecord(value)) return malformed('it is no object')
  const { apiVersion, kind, metadata } = value
  if (typeof apiVersion !== 'string' || !/^(?:[a-z0-9][a-z0-9.-]{0,252}\/)?v[a-z0-9]{1,62}$/.test(apiVersion))
    return malformed('apiVersion is not <group>/<version>')
  if (typeof kind !== 'string' || !/^[A-Z][A-Za-z0-9]{0,62}$/.test(kind)) return malformed('kind is no kind')
  const within = problemWithin(value, 'the object', 0)
  if (within) return within
  if (kind.endsWith('List') && 'items' in value) return malformed('it is a list, not an object')
  if (!isRecord(metadata)) return malformed('it has no metadata')
  if (!isPathSegment(metadata.name, 253)) return malformed('metadata.name is no name')
  if ('namespace' in metadata && !isNamespace(metadata.namespace))
    return malformed('metadata.namespace is no name')
  if ('managedFields' in metadata) return malformed('metadata.managedFields is there')
  return problemOfCopies(metadata.annotations, kind)
}

/** Names are segments of paths; those of RBAC may have colons and capitals. Source: apimachinery path.IsValidPathSegmentName. */
const isPathSegment = (name: unknown, most: number): boolean =>
  typeof name === 'string' &&
  name.length <= most &&
  /^[^/%\s\p{C}]+$/u.test(name) &&
  name !== '.' &&
  name !== '..'

const isNamespace = (name: unknown): boolean =>
  name === '' || (typeof name === 'string' && /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name))

function problemOfCopies(annotations: unknown, kind: string): Unacceptable | undefined {
  if (!isRecord(annotations)) return undefined
  for (const name of copiesOfTheObject) {
    if (!Object.hasOwn(annotations, name)) continue
    const copy = annotations[name]
    const isOfSecret = kind === 'Secret' || (typeof copy === 'string' && /"kind"\s*:\s*"Secret"/.test(copy))
    return (isOfSecret ? secret : malformed)(`the annotation ${name} repeats the object`)
  }
  return undefined
}

/** Values of Secrets anywhere inside (in lists, templates, policies that make them), and forms that readers might stumble over. */
function problemWithin(value: object, place: string, depth: number): Unacceptable | undefined {
  if (depth > deepest) return malformed(`it is nested more than ${deepest} levels deep`)
  if (Array.isArray(value)) {
    for (const item of value) {
      const problem =
        item !== null && typeof item === 'object' ? problemWithin(item, place, depth + 1) : undefined
      if (problem) return problem
    }
    return undefined
  }
  const record = value as Record<string, unknown>
  if (record.kind === 'Secret' && holdsValues(record)) return secret(`${place} holds values of a Secret`)
  for (const key in record) {
    if (key === '__proto__') return malformed('a key is named __proto__')
    const own = record[key]
    if (own === null || typeof own !== 'object') continue
    const problem = problemWithin(own, 'an object inside it', depth + 1)
    if (problem) return problem
  }
  return undefined
}

const holdsValues = ({ data, stringData }: Record<string, unknown>): boolean =>
  isThere(data) || isThere(stringData)

/** An empty map says nothing; any other form may hide something. */
const isThere = (data: unknown): boolean =>
  data !== undefined && data !== null && !(isRecord(data) && Object.keys(data).length === 0)
