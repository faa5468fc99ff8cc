// Nginx annotations: those of an Ingress that an nginx controller writes into its configuration.

import { childPath } from '../../../kube/path.ts'
import type { Resource } from '../../../model/resource.ts'

export interface NginxAnnotation {
  /** The name after the prefix: `auth-url`. */
  readonly name: string
  readonly value: string
  readonly path: string
  /** Whether it is configuration itself: `server-snippet`, `location-snippets`. */
  readonly isSnippet: boolean
}

/** Of the community's controller, and of F5's. */
const prefixes = ['nginx.ingress.kubernetes.io/', 'nginx.org/', 'nginx.com/']

/** The annotations of an Ingress that any of the nginx controllers reads. */
export function* nginxAnnotations({ metadata }: Resource): Generator<NginxAnnotation> {
  for (const [key, value] of Object.entries(metadata.annotations ?? {})) {
    const prefix = prefixes.find(known => key.startsWith(known))
    if (prefix === undefined) continue
    const name = key.slice(prefix.length)
    yield { name, value, path: childPath('metadata.annotations', key), isSnippet: /-snippets?$/.test(name) }
  }
}
