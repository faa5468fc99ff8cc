import { describe, expect, it } from 'vitest'
import type { Resource } from '../../model/resource.ts'
import { ingress, service } from '../../samples/network.ts'
import { object } from '../../samples/objects.ts'
import { deployment } from '../../samples/pods.ts'
import { readPodTemplate } from '../pod-template.ts'
import { backendsOf } from './backends.ts'
import { exposedServicesOf, exposuresOfAll } from './exposure.ts'

const web = { service: { name: 'web', port: { number: 80 } } }
const toWeb = { rules: [{ http: { paths: [{ path: '/', backend: web }] } }] }
const gatewayRoute = (spec: object, kind = 'HTTPRoute') =>
  object('gateway.networking.k8s.io/v1', kind, { name: 'web', namespace: 'shop' }, { spec })
const hung = { parentRefs: [{ name: 'public' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] }
const gateway = (gatewayClassName: string) =>
  object(
    'gateway.networking.k8s.io/v1',
    'Gateway',
    { name: 'public', namespace: 'shop' },
    { spec: { gatewayClassName } },
  )
const virtualService = (gateways: string[], host: string) =>
  object(
    'networking.istio.io/v1',
    'VirtualService',
    { name: 'web', namespace: 'shop' },
    { spec: { gateways, http: [{ route: [{ destination: { host } }] }] } },
  )
const albIngress = (annotations: Record<string, string>) =>
  ingress({ ...toWeb, ingressClassName: 'alb' }, { annotations })

describe('backends', () => {
  it.each<[string, Resource, string[]]>([
    [
      'an Ingress',
      ingress({ ...toWeb, defaultBackend: { service: { name: 'all', port: { name: 'http' } } } }),
      [
        'shop/all:http spec.defaultBackend.service.name',
        'shop/web:80 spec.rules[0].http.paths[0].backend.service.name',
      ],
    ],
    [
      'an old Ingress',
      ingress(
        {
          backend: { serviceName: 'all', servicePort: 80 },
          rules: [{ http: { paths: [{ backend: { serviceName: 'web', servicePort: 'http' } }] } }],
        },
        {},
        'extensions/v1beta1',
      ),
      [
        'shop/all:80 spec.backend.serviceName',
        'shop/web:http spec.rules[0].http.paths[0].backend.serviceName',
      ],
    ],
    ['a resource as backend', ingress({ defaultBackend: { resource: { kind: 'Bucket', name: 'x' } } }), []],
    [
      'a route of the Gateway API',
      gatewayRoute({
        rules: [
          {
            backendRefs: [
              { name: 'web', port: 80 },
              { name: 'db', namespace: 'data' },
            ],
          },
        ],
      }),
      [
        'shop/web:80 spec.rules[0].backendRefs[0].name',
        'data/db:undefined spec.rules[0].backendRefs[1].name',
      ],
    ],
    [
      'a foreign backend',
      gatewayRoute({ rules: [{ backendRefs: [{ group: 'example.com', kind: 'Bucket', name: 'x' }] }] }),
      [],
    ],
    [
      'a VirtualService',
      virtualService([], 'web'),
      ['shop/web:undefined spec.http[0].route[0].destination.host'],
    ],
    [
      'a VirtualService to another namespace',
      virtualService([], 'web.data.svc.cluster.local'),
      ['data/web:undefined spec.http[0].route[0].destination.host'],
    ],
    ['a VirtualService to a host outside', virtualService([], 'www.example.com'), []],
    [
      'a Route of OpenShift',
      object(
        'route.openshift.io/v1',
        'Route',
        { namespace: 'shop' },
        {
          spec: { to: { kind: 'Service', name: 'web' }, alternateBackends: [{ kind: 'Service', name: 'b' }] },
        },
      ),
      ['shop/web:undefined spec.to.name', 'shop/b:undefined spec.alternateBackends[0].name'],
    ],
    ['nonsense', ingress({ rules: 'all', defaultBackend: [] }), []],
    ['another kind', service(), []],
  ])('of %s', (_, resource, expected) => {
    expect(
      backendsOf(resource).map(
        ({ namespace, service: name, port, path }) => `${namespace}/${name}:${port} ${path}`,
      ),
    ).toEqual(expected)
  })
})

describe('exposure', () => {
  const waysTo = (...resources: Resource[]) => {
    const reading = readPodTemplate(deployment())
    if (!reading.ok) throw new Error('the sample is broken')
    return exposedServicesOf(exposuresOfAll.from(resources), reading.template).flatMap(({ exposures }) =>
      exposures.map(({ way, to }) => `${way} ${to}`),
    )
  }

  it.each<[string, Resource[], string[]]>([
    ['a Service inside', [service()], []],
    ['a load balancer', [service({ type: 'LoadBalancer' })], ['load-balancer anybody']],
    [
      'a load balancer for some',
      [service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['192.0.2.0/24'] })],
      ['load-balancer some'],
    ],
    [
      'a load balancer for some and all',
      [service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['192.0.2.0/24', '0.0.0.0/0'] })],
      ['load-balancer anybody'],
    ],
    [
      'a load balancer inside',
      [
        service(
          { type: 'LoadBalancer' },
          { annotations: { 'networking.gke.io/load-balancer-type': 'Internal' } },
        ),
      ],
      [],
    ],
    [
      'a port of the nodes, and addresses',
      [service({ type: 'NodePort', externalIPs: ['192.0.2.1'] })],
      ['node-port anybody', 'external-ip anybody'],
    ],
    ['a Service of other pods', [service({ type: 'LoadBalancer', selector: { app: 'db' } })], []],
    ['a Service without selector', [service({ type: 'LoadBalancer', selector: {} })], []],
    ['a Service of another namespace', [service({ type: 'LoadBalancer' }, { namespace: 'other' })], []],
    [
      'a Service of Knative',
      [{ ...service({ type: 'LoadBalancer' }), apiVersion: 'serving.knative.dev/v1' }],
      [],
    ],
    ['an Ingress', [service(), ingress(toWeb)], ['ingress anybody']],
    ['an Ingress of another namespace', [service(), ingress(toWeb, { namespace: 'other' })], []],
    [
      'an Ingress of the AWS controller',
      [service(), albIngress({ 'alb.ingress.kubernetes.io/scheme': 'internet-facing' })],
      ['ingress anybody'],
    ],
    ['an internal one of it, by default', [service(), albIngress({})], []],
    [
      'an internal Ingress of GKE',
      [service(), ingress(toWeb, { annotations: { 'kubernetes.io/ingress.class': 'gce-internal' } })],
      [],
    ],
    ['a route on a Gateway that was not seen', [service(), gatewayRoute(hung)], ['gateway anybody']],
    [
      'a route on a public Gateway',
      [service(), gatewayRoute(hung), gateway('gke-l7-global-external-managed')],
      ['gateway anybody'],
    ],
    ['a route on a private Gateway', [service(), gatewayRoute(hung), gateway('gke-l7-rilb')], []],
    [
      'a route of the mesh',
      [service(), gatewayRoute({ ...hung, parentRefs: [{ kind: 'Service', group: '', name: 'web' }] })],
      [],
    ],
    ['a route without parent', [service(), gatewayRoute({ rules: hung.rules })], []],
    [
      'a VirtualService on a gateway',
      [service(), virtualService(['istio-system/public'], 'web')],
      ['gateway anybody'],
    ],
    ['a VirtualService of the mesh', [service(), virtualService(['mesh'], 'web')], []],
    [
      'a Route of OpenShift',
      [
        service(),
        object('route.openshift.io/v1', 'Route', { namespace: 'shop' }, { spec: { to: { name: 'web' } } }),
      ],
      ['route anybody'],
    ],
    ['a route to a Service that is not there', [ingress(toWeb)], []],
  ])('%s', (_, resources, expected) => {
    expect(waysTo(...resources)).toEqual(expected)
  })
})
