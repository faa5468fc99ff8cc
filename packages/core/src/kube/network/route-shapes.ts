// Route shapes: what must fit in the kinds, foreign to Kubernetes, that route traffic to Services.
//
// Names and types: gateway-api.sigs.k8s.io v1 (Gateway and routes); istio.io networking/v1 (VirtualService); route.openshift.io/v1 (Route).

import { integer, list, numberOrString, object, type Shape, string } from '../../model/shape.ts'
import { gatewayRouteKinds } from './backends.ts'
import { gatewayKind, gatewayRouteShape, gatewayShape } from './gateway.ts'

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
  [gatewayKind]: gatewayShape,
  ...Object.fromEntries(gatewayRouteKinds.map(kind => [kind, gatewayRouteShape])),
  'Route.route.openshift.io': openshiftRoute,
  'VirtualService.networking.istio.io': virtualService,
}
