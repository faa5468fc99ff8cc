// Rule: a Gateway serves over TLS; plain HTTP only redirects.

import { namespaceOf } from '../../../kube/asset-key.ts'
import { gatewayKind, hangsOn, readGateway, readGatewayRoute } from '../../../kube/network/gateway.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const routes = ['HTTPRoute', 'GRPCRoute'].map(kind => `${kind}.gateway.networking.k8s.io`)
const http = { name: 'http', port: 80, protocol: 'HTTP' }
const tls = { name: 'https', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'web-tls' }] } }

const gateway = (...listeners: readonly object[]) =>
  object(
    'gateway.networking.k8s.io/v1',
    'Gateway',
    { name: 'edge', namespace: 'shop' },
    { spec: { gatewayClassName: 'edge', listeners } },
  )
const route = (parent: object = {}, spec: object = {}, namespace = 'shop', kind = 'HTTPRoute'): Resource =>
  object(
    'gateway.networking.k8s.io/v1',
    kind,
    { name: 'web', namespace },
    {
      spec: {
        parentRefs: [{ name: 'edge', ...parent }],
        rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
        ...spec,
      },
    },
  )
const redirect = {
  rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }],
}
const all = { allowedRoutes: { namespaces: { from: 'All' } } }

export const rule = defineRule({
  id: 'gateway-tls',
  title: 'A Gateway serves over TLS; plain HTTP only redirects',
  severity: 'medium',
  subject: gatewayKind,
  reads: routes,
  rationale:
    'What is sent without TLS, passwords and sessions too, can be read and changed by everybody on the way.',
  remediation:
    'Give the Gateway a listener of protocol HTTPS with a certificate, hang the routes on that, and let plain HTTP redirect to it.',
  references: [
    'https://gateway-api.sigs.k8s.io/guides/tls/',
    'https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/',
  ],

  *violations(resource, { lookup }) {
    const gateway = readGateway(resource)
    const serving = routes
      .flatMap(kind => lookup.list(kind))
      .map(readGatewayRoute)
      // A rule that redirects has no backends.
      .filter(({ spec }) => (spec?.rules ?? []).some(({ backendRefs = [] }) => backendRefs.length > 0))
    for (const [index, listener] of (gateway.spec?.listeners ?? []).entries()) {
      if (listener.protocol !== 'HTTP') continue
      const found = serving.find(one => hangsOn(one, gateway, listener))
      if (found)
        yield {
          path: `spec.listeners[${index}].protocol`,
          actual: listener.protocol,
          expected: `HTTPS, as ${found.kind} ${namespaceOf(found)}/${found.metadata.name ?? ''} serves through it`,
        }
    }
  },

  examples: {
    fail: {
      'a route on plain HTTP': {
        given: gateway(http),
        with: [route()],
        at: ['spec.listeners[0].protocol'],
      },
      'a route on both listeners': {
        given: gateway(tls, http),
        with: [route()],
        at: ['spec.listeners[1].protocol'],
      },
      'a route on that listener': { given: gateway(tls, http), with: [route({ sectionName: 'http' })] },
      'a route on that port': { given: gateway(tls, http), with: [route({ port: 80 })] },
      'a route that redirects besides': {
        given: gateway(http),
        with: [route({}, { rules: [...redirect.rules, { backendRefs: [{ name: 'web', port: 80 }] }] })],
      },
      'a route of gRPC': { given: gateway(http), with: [route({}, {}, 'shop', 'GRPCRoute')] },
      'a route of another namespace, which is let in': {
        given: gateway({ ...http, ...all }),
        with: [route({ kind: 'Gateway', namespace: 'shop' }, {}, 'other')],
      },
      'a route for a host below that of the listener': {
        given: gateway({ ...http, hostname: '*.example.com' }),
        with: [route({}, { hostnames: ['www.example.org', 'www.example.com'] })],
      },
      'a route for all hosts below that of the listener': {
        given: gateway({ ...http, hostname: 'www.example.com' }),
        with: [route({}, { hostnames: ['*.example.com'] })],
      },
      'a route for the host of the listener': {
        given: gateway({ ...http, hostname: 'www.example.com' }),
        with: [route({}, { hostnames: ['www.example.com'] })],
      },
    },
    pass: {
      'HTTPS alone': { given: gateway(tls), with: [route()] },
      'no route': { given: gateway(http) },
      'a route that redirects': {
        given: gateway(http, tls),
        with: [route({ sectionName: 'http' }, redirect)],
      },
      'a route that says nothing': { given: gateway(http), with: [route({}, { rules: undefined })] },
      'a route on the other listener': { given: gateway(http, tls), with: [route({ sectionName: 'https' })] },
      'a route on the other port': { given: gateway(http, tls), with: [route({ port: 443 })] },
      'a route on another Gateway': { given: gateway(http), with: [route({ name: 'inner' })] },
      'a route on a Service, inside the mesh': { given: gateway(http), with: [route({ kind: 'Service' })] },
      'a route on the Gateway of that name of another namespace': {
        given: gateway({ ...http, ...all }),
        with: [route({}, {}, 'other')],
      },
      'a route of another namespace, which is not let in': {
        given: gateway(http),
        with: [route({ namespace: 'shop' }, {}, 'other')],
      },
      'a listener that lets no route in': {
        given: gateway({ ...http, allowedRoutes: { namespaces: { from: 'None' } } }),
        with: [route()],
      },
      'a route for another host': {
        given: gateway({ ...http, hostname: 'www.example.com' }),
        with: [route({}, { hostnames: ['shop.example.com', '*.example.org'] })],
      },
      'a route without parents': { given: gateway(http), with: [route({}, { parentRefs: undefined })] },
      'other protocols': { given: gateway({ name: 'tcp', port: 5432, protocol: 'TCP' }), with: [route()] },
      'no spec at all': { given: object('gateway.networking.k8s.io/v1', 'Gateway') },
    },
  },
})
