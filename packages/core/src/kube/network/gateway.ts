// Gateway: listeners of the Gateway API, and the routes that hang on them.
//
// Names, types and defaults: gateway-api.sigs.k8s.io v1 (Gateway, HTTPRoute, GRPCRoute).

import type { Resource } from '../../model/resource.ts'
import { integer, list, map, object, string, type TypeOf } from '../../model/shape.ts'
import { namespaceOf } from '../asset-key.ts'

const reference = { group: string, kind: string, name: string, namespace: string, port: integer }

export const gatewayShape = object({
  spec: object({
    gatewayClassName: string,
    listeners: list(
      object({
        name: string,
        hostname: string,
        port: integer,
        protocol: string,
        tls: object({ mode: string, certificateRefs: list(object(reference)), options: map(string) }),
        allowedRoutes: object({ namespaces: object({ from: string }) }),
      }),
    ),
  }),
})
export const gatewayRouteShape = object({
  spec: object({
    parentRefs: list(object({ ...reference, sectionName: string })),
    hostnames: list(string),
    rules: list(object({ backendRefs: list(object({ ...reference, weight: integer })) })),
  }),
})

export type Gateway = Resource & TypeOf<typeof gatewayShape>
export type GatewayRoute = Resource & TypeOf<typeof gatewayRouteShape>
export type Listener = NonNullable<NonNullable<Gateway['spec']>['listeners']>[number]

export const gatewayKind = 'Gateway.gateway.networking.k8s.io'

/** The resource as a Gateway; it has passed checkShape. */
export const readGateway = (resource: Resource): Gateway => resource
/** The resource as a route of the Gateway API; it has passed checkShape. */
export const readGatewayRoute = (resource: Resource): GatewayRoute => resource

/** True where a route hangs on a listener: it names the Gateway, is let in from its namespace, and shares a hostname. */
export function hangsOn(route: GatewayRoute, gateway: Gateway, listener: Listener): boolean {
  const home = namespaceOf(gateway)
  const own = namespaceOf(route)
  // Where namespaces are chosen by labels, whoever wrote the route meant it to be let in.
  const from = listener.allowedRoutes?.namespaces?.from ?? 'Same'
  if (from === 'None' || (from === 'Same' && own !== home)) return false
  const isNamed = (route.spec?.parentRefs ?? []).some(
    ({ kind = 'Gateway', name, namespace = own, sectionName = listener.name, port = listener.port }) =>
      kind === 'Gateway' &&
      name === gateway.metadata.name &&
      namespace === home &&
      sectionName === listener.name &&
      port === listener.port,
  )
  return isNamed && sharesHost(listener.hostname, route.spec?.hostnames ?? [])
}

function sharesHost(offered: string | undefined, wanted: readonly string[]): boolean {
  if (!offered || wanted.length === 0) return true
  return wanted.some(host => offered === host || isBelow(host, offered) || isBelow(offered, host))
}

/** True for a host below a wildcard such as `*.example.com`. */
const isBelow = (host: string, wildcard: string) =>
  wildcard.startsWith('*.') && host.endsWith(wildcard.slice(1))
