// Wording: how the Pod Security admission controller names containers and values in its denials.
//
// Source: k8s.io/pod-security-admission/policy (0.34 and 0.37) and the API server's own answers.

import { childPath } from '../../../kube/path.ts'
import type { Container, PodTemplate } from '../../../model/pod-template.ts'
import type { Violation } from '../../../model/rule.ts'

/** `"a", "b"`: the controller puts values between quotes as they are. */
export function quoteAll(values: readonly string[]): string {
  return values.length === 0 ? '' : `"${values.join('", "')}"`
}

export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many
}

/** Each value once, in the order in which Go sorts strings. */
export function sortedSet(values: Iterable<string>): string[] {
  return [...new Set(values)].sort(byCodePoint)
}

/** The containers in which the violations stand, in the controller's order: init, ordinary, ephemeral. */
export function containersAtFault(pod: PodTemplate, violations: readonly Violation[]): Container[] {
  const places = new Set<string | undefined>()
  for (const violation of violations) places.add(itemPath(pod, violation))
  const own = pod.containers.filter(container => places.has(container.path))
  if (!own.some(isInit)) return own
  return [...own.filter(isInit), ...own.filter(container => !isInit(container))]
}

/** The path of the list item of the pod that a violation stands in, such as `spec.containers[0]`. */
export function itemPath({ path }: PodTemplate, violation: Violation): string | undefined {
  const end = violation.path.indexOf('].', path.length)
  return end < 0 ? undefined : violation.path.slice(0, end + 1)
}

const isInit = ({ role }: Container) => role === 'init' || role === 'sidecar'

/** `container "a"` or `containers "a", "b"`. */
export function nameContainers(names: readonly string[]): string {
  return `${plural(names.length, 'container', 'containers')} ${quoteAll(names)}`
}

/** `container "a"` or `containers "a", "b"`: those in which the violations stand. */
export function containersNamed(pod: PodTemplate, violations: readonly Violation[]): string {
  return nameContainers(containersAtFault(pod, violations).map(container => container.name))
}

/** Who sets what the violations say: `pod`, `container "a"`, each of them where it does. */
export function settersOf(pod: PodTemplate, violations: readonly Violation[]): string[] {
  const ofPod = violations.some(violation => violation.path.startsWith(`${pod.path}.securityContext.`))
  const containers = containersAtFault(pod, violations)
  return [
    ...(ofPod ? ['pod'] : []),
    ...(containers.length > 0 ? [nameContainers(containers.map(container => container.name))] : []),
  ]
}

/** `pod and container "a"`. */
export function settersNamed(pod: PodTemplate, violations: readonly Violation[]): string {
  return settersOf(pod, violations).join(' and ')
}

/** The values that the violations found, as the API server reads them: text that is not there is the empty text. */
export function valuesOf(violations: readonly Violation[]): string[] {
  return sortedSet(violations.map(({ actual }) => (typeof actual === 'string' ? actual : '')))
}

/** The annotations that the violations name, as the controller writes them: `key="value"`, the value quoted as Go does. */
export function annotationsNamed(pod: PodTemplate, violations: readonly Violation[]): string[] {
  const paths = new Set(violations.map(violation => violation.path))
  return sortedSet(
    Object.entries(pod.metadata.annotations ?? {})
      .filter(([key]) => paths.has(annotationPath(pod, key)))
      .map(([key, value]) => `${key}="${Array.from(value, escapeAsGo).join('')}"`),
  )
}

/** Where an annotation of the pod stands. */
export function annotationPath(pod: PodTemplate, key: string): string {
  return childPath(`${pod.metadataPath}.annotations`, key)
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
}
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u

/** One character as strconv.Quote writes it. */
function escapeAsGo(character: string): string {
  const short = shortEscapes[character]
  if (short !== undefined) return short
  if (printable.test(character)) return character
  const code = character.codePointAt(0) as number
  const hex = code.toString(16)
  if (code < 0x20 || code === 0x7f) return `\\x${hex.padStart(2, '0')}`
  return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`
}

function byCodePoint(a: string, b: string): number {
  const left = Array.from(a)
  const right = Array.from(b)
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i]?.codePointAt(0) as number) - (right[i]?.codePointAt(0) as number)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
