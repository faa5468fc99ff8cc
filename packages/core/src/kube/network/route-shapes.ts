// Route shapes: what must fit in the kinds, foreign to Kubernetes, that route traffic to Services.
//
// Names and types: gateway-api.sigs.k8s.io v1 (Gateway and routes); istio.io networking/v1 (VirtualService); route.openshift.io/v1 (Route).

import { integer, list, numberOrString, object, type Shape, string } from '../../model/shape.ts'
import { gatewayRouteKinds } from './backends.ts'

const reference = { group: string, kind: string, name: string, namespace: string, port: integer }

const gateway = object({ spec: object({ gatewayClassName: string }) })
const gatewayRoute = object({
  spec: object({
    parentRefs: list(object({ ...reference, sectionName: string })),
    hostnames: list(string),
    rules: list(object({ backendRefs: list(object({ ...reference, weight: integer })) })),
  }),
})

const target = object({ kind: string, name: string, weight: integer })
const openshiftRoute = object({
  spec: object({
    host: string,
    to: target,
    alternateBackends: list(target),
    port: object({ targetPort: numberOrString }),
  }),
})

const destination = object({ host: string, subset: string, port: object({ number: integer }) })
const istioRoutes = list(object({ route: list(object({ destination, weight: integer })) }))
const virtualService = object({
  spec: object({
    hosts: list(string),
    gateways: list(string),
    http: istioRoutes,
    tcp: istioRoutes,
    tls: istioRoutes,
  }),
})

/** The shapes of these kinds, by their names with group. */
export const routeShapes: Readonly<Record<string, Shape<unknown>>> = {
  'Gateway.gateway.networking.k8s.io': gateway,
  ...Object.fromEntries(gatewayRouteKinds.map(kind => [kind, gatewayRoute])),
  'Route.route.openshift.io': openshiftRoute,
  'VirtualService.networking.istio.io': virtualService,
}
