// Backends: the Services that a route names, whatever the kind of the route.
//
// Sources: Kubernetes networking.k8s.io/v1 and the v1beta1 versions before it (Ingress); gateway-api.sigs.k8s.io (routes, GAMMA);
// istio.io, "Virtual Service"; docs.openshift.com, "Route".

import type { Resource } from '../../model/resource.ts'
import { isRecord } from '../../model/shape.ts'
import { namespaceOf } from '../asset-key.ts'
import { childPath } from '../path.ts'
import { groupOf } from '../pod-template.ts'

/** A Service that a route sends traffic to. */
export interface Backend {
  readonly namespace: string
  readonly service: string
  /** Number or name; undefined where the route leaves it open. */
  readonly port: number | string | undefined
  /** Where the route names the Service. */
  readonly path: string
}

/** The kinds of the Gateway API that route to Services. */
export const gatewayRouteKinds: readonly string[] = [
  'GRPCRoute',
  'HTTPRoute',
  'TCPRoute',
  'TLSRoute',
  'UDPRoute',
].map(kind => `${kind}.gateway.networking.k8s.io`)

/** The kinds that route traffic to Services. */
export const routeKinds: readonly string[] = [
  'Ingress',
  'Route.route.openshift.io',
  'VirtualService.networking.istio.io',
  ...gatewayRouteKinds,
]

/** The Services that a route of any of these kinds names; none for other kinds. What it says in a way that cannot be read is left out. */
export function backendsOf(resource: Resource): readonly Backend[] {
  const spec = isRecord(resource.spec) ? resource.spec : {}
  switch (groupOf(resource.apiVersion)) {
    case 'networking.k8s.io':
    case 'extensions':
      return ingressBackends(resource, spec)
    case 'gateway.networking.k8s.io':
      return gatewayBackends(resource, spec)
    case 'networking.istio.io':
      return istioBackends(resource, spec)
    case 'route.openshift.io':
      return openshiftBackends(resource, spec)
    default:
      return []
  }
}

type Fields = Readonly<Record<string, unknown>>

function* records(list: unknown, path: string): Generator<readonly [Fields, string]> {
  if (!Array.isArray(list)) return
  for (const [index, item] of list.entries()) if (isRecord(item)) yield [item, childPath(path, index)]
}

function ingressBackends(resource: Resource, spec: Fields): Backend[] {
  const found: Backend[] = []
  const take = (backend: unknown, path: string) => {
    if (!isRecord(backend)) return
    const namespace = namespaceOf(resource)
    const { service, serviceName, servicePort } = backend
    if (isRecord(service) && typeof service.name === 'string') {
      const port = isRecord(service.port) ? (service.port.number ?? service.port.name) : undefined
      found.push({ namespace, service: service.name, port: portOf(port), path: `${path}.service.name` })
    } else if (typeof serviceName === 'string')
      found.push({ namespace, service: serviceName, port: portOf(servicePort), path: `${path}.serviceName` })
  }
  take(spec.defaultBackend, 'spec.defaultBackend')
  take(spec.backend, 'spec.backend')
  for (const [rule, path] of records(spec.rules, 'spec.rules'))
    for (const [one, own] of records(isRecord(rule.http) ? rule.http.paths : undefined, `${path}.http.paths`))
      take(one.backend, `${own}.backend`)
  return found
}

function gatewayBackends(resource: Resource, spec: Fields): Backend[] {
  const found: Backend[] = []
  for (const [rule, path] of records(spec.rules, 'spec.rules'))
    for (const [{ group = '', kind = 'Service', name, namespace, port }, own] of records(
      rule.backendRefs,
      `${path}.backendRefs`,
    ))
      if (group === '' && kind === 'Service' && typeof name === 'string')
        found.push({
          namespace: typeof namespace === 'string' ? namespace : namespaceOf(resource),
          service: name,
          port: portOf(port),
          path: `${own}.name`,
        })
  return found
}

/** Destinations are host names: of this namespace where they have no dot, else `<service>.<namespace>` with or without what follows. */
function istioBackends(resource: Resource, spec: Fields): Backend[] {
  const found: Backend[] = []
  for (const protocol of ['http', 'tcp', 'tls'])
    for (const [rule, path] of records(spec[protocol], `spec.${protocol}`))
      for (const [{ destination }, own] of records(rule.route, `${path}.route`)) {
        if (!isRecord(destination) || typeof destination.host !== 'string') continue
        const [service = '', namespace, svc, ...rest] = destination.host.split('.')
        if (svc !== undefined && svc !== 'svc') continue
        if (rest.length > 0 && rest.join('.') !== 'cluster.local') continue
        const port = isRecord(destination.port) ? portOf(destination.port.number) : undefined
        found.push({
          namespace: namespace ?? namespaceOf(resource),
          service,
          port,
          path: `${own}.destination.host`,
        })
      }
  return found
}

function openshiftBackends(resource: Resource, spec: Fields): Backend[] {
  const port = isRecord(spec.port) ? portOf(spec.port.targetPort) : undefined
  const found: Backend[] = []
  const take = ({ kind = 'Service', name }: Fields, path: string) => {
    if (kind === 'Service' && typeof name === 'string')
      found.push({ namespace: namespaceOf(resource), service: name, port, path: `${path}.name` })
  }
  if (isRecord(spec.to)) take(spec.to, 'spec.to')
  for (const [one, path] of records(spec.alternateBackends, 'spec.alternateBackends')) take(one, path)
  return found
}

const portOf = (port: unknown) => (typeof port === 'number' || typeof port === 'string' ? port : undefined)
