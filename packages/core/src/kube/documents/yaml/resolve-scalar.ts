// Resolve scalar: the value that a scalar's text stands for, as sigs.k8s.io/yaml reads it for kubectl and the API server.

import { decodeBinary } from './binary.ts'
import { formatGoFloat32, type GoNumber, parseGoNumber } from './go-number.ts'
import { isTimestamp } from './timestamp.ts'

/** What a scalar is: `number` keeps digits that a JavaScript number cannot. */
type Resolved =
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'number'; readonly value: GoNumber }

/** Why a scalar has no value: a sentence. */
export class Unresolvable {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

const words = new Map<string, boolean | null>([
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    word => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    word => [word, false] as const,
  ),
])
const longestWord = 5

const core = 'tag:yaml.org,2002:'
export const mergeTag = `${core}merge`

const NUMBER = 1
const WORD = 2
/** By first character, what a plain scalar may be besides text. */
const hints = new Uint8Array(128)
for (const character of '+-.0123456789') hints[character.charCodeAt(0)] = NUMBER
for (const character of 'yYnNtTfFoO~') hints[character.charCodeAt(0)] = WORD

function hintOf(text: string): number {
  const first = text.charCodeAt(0)
  return first < 128 ? (hints[first] as number) : 0
}

/** The value of a plain scalar without a tag. */
export function resolvePlain(text: string): unknown {
  if (text.length === 0) return null
  const hint = hintOf(text)
  if (hint === 0) return text
  if (hint === NUMBER) return smallInteger(text) ?? asValue(resolveNumber(text))
  if (text.length > longestWord) return text
  const word = words.get(text)
  return word === undefined ? text : word
}

/** Most numbers of manifests: up to nine digits with no sign and no leading zero. */
function smallInteger(text: string): number | undefined {
  const first = text.charCodeAt(0)
  if (text.length > 9 || first < 48 || (first === 48 && text.length > 1)) return undefined
  let value = 0
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return value
}

/** The value of a scalar with a tag, quoted or not. */
export function resolveTagged(text: string, tag: string): unknown {
  const resolved = withTag(text, tag)
  return resolved instanceof Unresolvable ? resolved : asValue(resolved)
}

/** The key that a scalar becomes: Kubernetes' reader writes booleans and numbers as text, and refuses null. */
export function resolveKey(text: string, tag: string, isImplicit: boolean): string | Unresolvable {
  if (tag === '' && (!isImplicit || (text !== '' && hintOf(text) === 0))) return text
  const resolved = tag === '' ? implicitly(text) : withTag(text, tag)
  if (resolved instanceof Unresolvable) return resolved
  switch (resolved.type) {
    case 'null':
      return new Unresolvable('a key is empty (null)')
    case 'bool':
      return String(resolved.value)
    case 'text':
      return resolved.value
    case 'number':
      return numberKey(resolved.value, text)
  }
}

function numberKey(number: GoNumber, text: string): string | Unresolvable {
  if (number.type === 'float') return formatGoFloat32(number.value)
  return number.type === 'int'
    ? String(number.value)
    : new Unresolvable(`the key ${text} is larger than a 64-bit integer: quote it`)
}

function implicitly(text: string): Resolved {
  if (text.length <= longestWord) {
    const word = words.get(text)
    if (word === null) return { type: 'null' }
    if (word !== undefined) return { type: 'bool', value: word }
  }
  return hintOf(text) === NUMBER ? resolveNumber(text) : { type: 'text', value: text }
}

function resolveNumber(text: string): Resolved {
  const value = parseGoNumber(text)
  return value === undefined ? { type: 'text', value: text } : { type: 'number', value }
}

/** Reads text by its tag. Tags that are not known leave text as it is; known ones must fit it. */
function withTag(text: string, tag: string): Resolved | Unresolvable {
  switch (tag) {
    case `${core}binary`: {
      const value = decodeBinary(text)
      return value === undefined ? new Unresolvable('!!binary is no base64') : { type: 'text', value }
    }
    case `${core}bool`:
    case `${core}null`: {
      const resolved = implicitly(text)
      return `${core}${resolved.type}` === tag ? resolved : misfit(text, tag)
    }
    case `${core}int`: {
      const resolved = implicitly(text)
      return resolved.type === 'number' && resolved.value.type !== 'float' ? resolved : misfit(text, tag)
    }
    case `${core}float`:
      return asFloat(implicitly(text)) ?? misfit(text, tag)
    case `${core}timestamp`:
      return isTimestamp(text) ? { type: 'text', value: text } : misfit(text, tag)
    default:
      return { type: 'text', value: text }
  }
}

function asFloat(resolved: Resolved): Resolved | undefined {
  if (resolved.type !== 'number' || resolved.value.type === 'uint') return undefined
  return { type: 'number', value: { type: 'float', value: Number(resolved.value.value) } }
}

function misfit(text: string, tag: string): Unresolvable {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return new Unresolvable(`"${shown}" is no !!${tag.slice(core.length)}`)
}

/** A JavaScript value. Integers beyond 2^53 become the nearest number, as JSON.parse would make them. */
function asValue(resolved: Resolved): unknown {
  if (resolved.type === 'null') return null
  if (resolved.type !== 'number') return resolved.value
  const value = Number(resolved.value.value)
  if (Number.isFinite(value)) return value === 0 ? 0 : value
  return new Unresolvable('infinity and not-a-number have no place in a Kubernetes object')
}
