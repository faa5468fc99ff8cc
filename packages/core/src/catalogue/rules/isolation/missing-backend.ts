// Missing backend: the Services and ports that a route names and that are not there.

import { namespaceOf } from '../../../kube/asset-key.ts'
import { readService } from '../../../kube/kinds/service.ts'
import { type Backend, backendsOf } from '../../../kube/network/backends.ts'
import type { Resource } from '../../../model/resource.ts'
import type { Lookup, Violation } from '../../../model/rule.ts'

/** A violation for each backend of a route whose Service, or whose port of it, was not found. */
export function* missingBackends(route: Resource, lookup: Lookup): Generator<Violation> {
  for (const backend of backendsOf(route)) {
    const resource = lookup.get('Service', backend.namespace, backend.service)
    const own =
      backend.namespace === namespaceOf(route) ? 'this namespace' : `the namespace ${backend.namespace}`
    const at = { path: backend.path, actual: backend.service }
    if (!resource) yield { ...at, expected: `a Service of ${own} among what was scanned` }
    else if (!hasPort(resource, backend))
      yield { ...at, expected: `a Service of ${own} with the port ${backend.port}` }
  }
}

function hasPort(resource: Resource, { port }: Backend): boolean {
  const { ports = [], type } = readService(resource).spec ?? {}
  // A name outside the cluster answers on whatever port is asked.
  if (port === undefined || (type === 'ExternalName' && ports.length === 0)) return true
  return ports.some(one => (typeof port === 'number' ? one.port === port : one.name === port))
}
