// Rule: the Services that a route of the Gateway API names are there.

import { gatewayRouteKinds } from '../../../kube/network/backends.ts'
import { defineRule } from '../../../model/rule.ts'
import { service } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'
import { missingBackends } from './missing-backend.ts'

const route = (ref: object, kind = 'HTTPRoute', apiVersion = 'gateway.networking.k8s.io/v1') =>
  object(apiVersion, kind, { name: 'web', namespace: 'shop' }, { spec: { rules: [{ backendRefs: [ref] }] } })

export const rule = defineRule({
  id: 'gateway-route-without-service',
  title: 'The Services that a route of the Gateway API names are there',
  severity: 'low',
  subject: 'GatewayRoute',
  kinds: gatewayRouteKinds,
  reads: ['Service'],
  rationale:
    'Nothing answers at such a route; and whoever may create a Service of that name later answers at an address that people trust.',
  remediation: 'Create the Service with the port, correct the name, or delete the rule of the route.',
  references: ['https://gateway-api.sigs.k8s.io/api-types/httproute/'],

  violations: (resource, { lookup }) => missingBackends(resource, lookup),

  examples: {
    fail: {
      'no Service': { given: route({ name: 'web', port: 80 }), at: ['spec.rules[0].backendRefs[0].name'] },
      'another port': { given: route({ name: 'web', port: 81 }), with: [service()] },
      'a Service of another namespace': {
        given: route({ name: 'web', namespace: 'other', port: 80 }),
        with: [service()],
      },
      'a UDPRoute': {
        given: route({ name: 'dns', port: 53 }, 'UDPRoute', 'gateway.networking.k8s.io/v1alpha2'),
      },
      'the kind in full': {
        given: route({ group: '', kind: 'Service', name: 'api' }, 'GRPCRoute'),
        with: [service()],
      },
    },
    pass: {
      'it is there': { given: route({ name: 'web', port: 80 }), with: [service()] },
      'in another namespace': {
        given: route({ name: 'web', namespace: 'other', port: 80 }),
        with: [service({}, { namespace: 'other' })],
      },
      'a backend that is no Service': { given: route({ group: 'example.com', kind: 'Bucket', name: 'x' }) },
      'no backends': { given: object('gateway.networking.k8s.io/v1', 'HTTPRoute', {}, { spec: {} }) },
      'no port asked for': { given: route({ name: 'web' }), with: [service()] },
    },
  },
})
