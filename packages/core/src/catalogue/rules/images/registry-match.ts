// Registry match: whether an image comes from a registry, or from a part of one, as lists of registries name them.

import { parseImageReference } from '../../../kube/image-reference.ts'

/** What Docker Hub's images may leave out of their names. */
const implied = 'docker.io/library'
/** Longer than any host by DNS with a port and any repository. */
const longestName = 520

/**
 * Tells of an image whether it comes from one of the registries named: `registry.example.com`, `docker.io/library` (a registry and
 * the beginning of a path), `*.example.com` (any letters of one name). Letters compare without regard to case. A text that is no
 * image comes from none.
 */
export function registryMatcher(registries: readonly string[]): (written: string) => boolean {
  const entries = registries
    .map(entry => entry.toLowerCase().replace(/\/+$/, ''))
    .filter(entry => entry !== '')
  if (entries.length === 0) return () => false
  const beginning = new RegExp(`^(?:${entries.map(patternOf).join('|')})(?:/|$)`)
  const ends = entries.map(endOf)
  // Most images have nothing of any entry in them and need not be read.
  const hint = ends.some(end => implied.includes(end))
    ? undefined
    : new RegExp(ends.map(literally).join('|'), 'i')
  return written => {
    if (hint && !hint.test(written)) return false
    const reading = parseImageReference(written)
    if (!reading.ok) return false
    const name = `${reading.image.registry}/${reading.image.repository}`
    return name.length <= longestName && beginning.test(name.toLowerCase())
  }
}

const literally = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')

const patternOf = (entry: string) => entry.split('*').map(literally).join('[^/]*')

/** The letters that an entry ends with, which stand in the name of each image that is meant. */
const endOf = (entry: string) => entry.slice(Math.max(entry.lastIndexOf('/'), entry.lastIndexOf('*')) + 1)
