// Exposure: which Services can be reached from outside the cluster, how, and by whom as far as the objects say.
//
// Sources: kubernetes.io, "Service" and "Ingress"; gateway-api.sigs.k8s.io; istio.io, "Gateway"; the annotations of the AWS Load Balancer
// Controller, of GKE's Ingress and of Azure's Application Gateway.

import type { PodTemplate } from '../../model/pod-template.ts'
import type { Resource } from '../../model/resource.ts'
import type { Derivation } from '../../model/rule.ts'
import { isRecord } from '../../model/shape.ts'
import { isBuiltInGroup, nameOf, namespaceOf } from '../asset-key.ts'
import { readService, type Service } from '../kinds/service.ts'
import { selectsByMap } from '../label-selector.ts'
import { groupOf } from '../pod-template.ts'
import { backendsOf, routeKinds } from './backends.ts'
import { isEverywhere } from './cidr.ts'
import { isInternalLoadBalancer } from './internal-load-balancer.ts'

export type ExposureWay = 'external-ip' | 'gateway' | 'ingress' | 'load-balancer' | 'node-port' | 'route'

/** A way by which a Service is reached from outside the cluster. */
export interface Exposure {
  readonly way: ExposureWay
  /** `some`: a list of addresses limits who comes. */
  readonly to: 'anybody' | 'some'
  /** The object that opens it: the Service itself, or a route. */
  readonly by: Resource
}

/** A Service with the ways to it. */
export interface ExposedService {
  readonly service: Service
  readonly exposures: readonly Exposure[]
}

/** The kinds that decide what is exposed; a rule that asks for it lists them in its `reads`. */
export const exposureKinds: readonly string[] = [
  'Service',
  'Gateway.gateway.networking.k8s.io',
  'Gateway.networking.istio.io',
  ...routeKinds,
]

export interface Exposures {
  /** The exposed Services of a namespace. */
  of(namespace: string): readonly ExposedService[]
}

/** All exposed Services of a snapshot. */
export const exposuresOfAll: Derivation<Exposures> = {
  kinds: exposureKinds,
  from(resources) {
    const isOf = (kind: string) => (resource: Resource) =>
      resource.kind === kind && isBuiltInGroup(groupOf(resource.apiVersion))
    const services = resources.filter(isOf('Service')).map(readService)
    const byRoute = routedServices(resources)
    const found = new Map<string, ExposedService[]>()
    for (const service of services) {
      const namespace = namespaceOf(service)
      const exposures = [...ownExposures(service), ...(byRoute.get(`${namespace}/${nameOf(service)}`) ?? [])]
      if (exposures.length === 0) continue
      const known = found.get(namespace)
      if (known) known.push({ service, exposures })
      else found.set(namespace, [{ service, exposures }])
    }
    return { of: namespace => found.get(namespace) ?? [] }
  },
}

/** The exposed Services that lead to the pods of a template. */
export function exposedServicesOf(exposures: Exposures, pod: PodTemplate): readonly ExposedService[] {
  const labels = pod.metadata.labels ?? {}
  return exposures.of(pod.namespace).filter(({ service }) => {
    const selector = service.spec?.selector ?? {}
    return Object.keys(selector).length > 0 && selectsByMap(selector, labels)
  })
}

function ownExposures(service: Service): Exposure[] {
  const { type, externalIPs = [], loadBalancerSourceRanges: ranges = [] } = service.spec ?? {}
  const found: Exposure[] = []
  if (type === 'LoadBalancer' && !isInternalLoadBalancer(service)) {
    const isLimited = ranges.length > 0 && !ranges.some(isEverywhere)
    found.push({ way: 'load-balancer', to: isLimited ? 'some' : 'anybody', by: service })
  }
  if (type === 'NodePort') found.push({ way: 'node-port', to: 'anybody', by: service })
  if (externalIPs.length > 0) found.push({ way: 'external-ip', to: 'anybody', by: service })
  return found
}

/** Exposures by `<namespace>/<service>`. */
function routedServices(resources: readonly Resource[]): Map<string, Exposure[]> {
  const gateways = new Map(
    resources.filter(({ kind }) => kind === 'Gateway').map(one => [gatewayKey(one), one]),
  )
  const found = new Map<string, Exposure[]>()
  for (const route of resources) {
    const way = wayOf(route, gateways)
    if (way === undefined) continue
    for (const { namespace, service } of backendsOf(route)) {
      const key = `${namespace}/${service}`
      const known = found.get(key)
      const exposure: Exposure = { way, to: 'anybody', by: route }
      if (known) known.push(exposure)
      else found.set(key, [exposure])
    }
  }
  return found
}

const gatewayKey = (gateway: Resource) =>
  `${groupOf(gateway.apiVersion)}/${namespaceOf(gateway)}/${nameOf(gateway)}`

/** How a route opens what it leads to; undefined where it stays inside, or is no route. */
function wayOf(route: Resource, gateways: ReadonlyMap<string, Resource>): ExposureWay | undefined {
  const spec = isRecord(route.spec) ? route.spec : {}
  switch (groupOf(route.apiVersion)) {
    case 'networking.k8s.io':
    case 'extensions':
      return route.kind === 'Ingress' && !isInternalIngress(route, spec) ? 'ingress' : undefined
    case 'route.openshift.io':
      return 'route'
    case 'gateway.networking.k8s.io':
      return route.kind !== 'Gateway' &&
        parentsOf(route, spec).some(key => !isInternalGateway(gateways.get(key)))
        ? 'gateway'
        : undefined
    case 'networking.istio.io':
      return route.kind === 'VirtualService' && istioGatewaysOf(spec).length > 0 ? 'gateway' : undefined
    default:
      return undefined
  }
}

/** The Gateways that a route hangs on; a Service as its parent makes it a route of the mesh inside. */
function parentsOf(route: Resource, spec: Record<string, unknown>): string[] {
  if (!Array.isArray(spec.parentRefs)) return []
  return spec.parentRefs.filter(isRecord).flatMap(({ group, kind, namespace, name }) => {
    if ((kind ?? 'Gateway') !== 'Gateway') return []
    const own = typeof namespace === 'string' ? namespace : namespaceOf(route)
    return [`${typeof group === 'string' ? group : 'gateway.networking.k8s.io'}/${own}/${String(name)}`]
  })
}

const istioGatewaysOf = ({ gateways }: Record<string, unknown>) =>
  Array.isArray(gateways) ? gateways.filter(gateway => gateway !== 'mesh') : []

/** True for a Gateway whose class gives private addresses alone. One that was not seen is taken for an open one. */
function isInternalGateway(gateway: Resource | undefined): boolean {
  const spec = isRecord(gateway?.spec) ? gateway.spec : {}
  return (
    typeof spec.gatewayClassName === 'string' &&
    /^gke-l7-(?:rilb|cross-regional-internal)/.test(spec.gatewayClassName)
  )
}

/** True for an Ingress that its controller opens inside a private network alone. */
function isInternalIngress({ metadata }: Resource, { ingressClassName }: Record<string, unknown>): boolean {
  const notes = metadata.annotations ?? {}
  const className = ingressClassName ?? notes['kubernetes.io/ingress.class']
  // The AWS controller makes load balancers internal unless it is told otherwise.
  if (className === 'alb') return notes['alb.ingress.kubernetes.io/scheme'] !== 'internet-facing'
  return (
    className === 'gce-internal' ||
    notes['appgw.ingress.kubernetes.io/use-private-ip']?.toLowerCase() === 'true'
  )
}
