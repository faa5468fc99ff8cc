// Registry match: whether an image comes from a registry, or from a part of one, as lists of registries name them.

import type { ImageReference } from '../../../kube/image-reference.ts'

/**
 * True when the image comes from one of the registries named: `registry.example.com`, `docker.io/library` (a registry and the
 * beginning of a path), `*.example.com` (any letters of one name). Hosts compare without regard to case.
 */
export function isFromRegistry(image: ImageReference, registries: readonly string[]): boolean {
  const names = [image.registry.toLowerCase(), ...image.repository.split('/')]
  return registries.some(entry => {
    const [host = '', ...path] = entry.split('/').filter(name => name !== '')
    const patterns = [host.toLowerCase(), ...path]
    return (
      host !== '' &&
      patterns.length <= names.length &&
      patterns.every((pattern, i) => isLike(names[i] as string, pattern))
    )
  })
}

function isLike(name: string, pattern: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return name === pattern
  const tail = rest.pop() as string
  if (!name.startsWith(head)) return false
  let at = head.length
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - tail.length >= at && name.endsWith(tail)
}
