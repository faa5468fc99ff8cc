// Rule: no workload is reachable from outside the cluster.

import { nameOf } from '../../../kube/asset-key.ts'
import {
  type ExposureWay,
  exposedServicesOf,
  exposureKinds,
  exposuresOfAll,
} from '../../../kube/network/exposure.ts'
import { defineRule } from '../../../model/rule.ts'
import { ingress, service } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'
import { cronJob, deployment } from '../../../samples/pods.ts'

const all: readonly ExposureWay[] = [
  'external-ip',
  'gateway',
  'ingress',
  'load-balancer',
  'node-port',
  'route',
]
const toWeb = ingress({
  rules: [{ http: { paths: [{ path: '/', backend: { service: { name: 'web', port: { number: 80 } } } }] } }],
})
const route = object(
  'gateway.networking.k8s.io/v1',
  'HTTPRoute',
  { name: 'web', namespace: 'shop' },
  { spec: { parentRefs: [{ name: 'public' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] } },
)

export const rule = defineRule({
  id: 'exposed-workload',
  title: 'No workload is reachable from outside the cluster',
  severity: 'medium',
  defaultEnabled: false,
  subject: 'PodTemplate',
  reads: exposureKinds,
  parameters: {
    ways: {
      type: 'string[]',
      default: all,
      description: `The ways in that count: ${all.join(', ')}.`,
    },
    allowLimited: {
      type: 'boolean',
      default: true,
      description: 'Whether a load balancer that only some addresses may use is allowed.',
    },
  },
  rationale:
    'What the internet reaches is tried by everybody; this lists the workloads that must stand it, and the ways to them.',
  remediation:
    'Close the ways that are not needed; for those that are, accept the finding, and see that the workload is hardened, up to date and asks for credentials.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/'],

  *violations(pod, { lookup, parameters }) {
    for (const { service, exposures } of exposedServicesOf(lookup.derive(exposuresOfAll), pod)) {
      const open = exposures.filter(
        ({ way, to }) => parameters.ways.includes(way) && !(to === 'some' && parameters.allowLimited),
      )
      if (open.length > 0)
        yield {
          path: `${pod.metadataPath}.labels`,
          actual: pod.metadata.labels,
          expected: `no way in from outside; Service ${nameOf(service)} has ${open
            .map(({ way, by }) => (by === service ? way : `${way} ${nameOf(by)}`))
            .join(', ')}`,
          discriminator: `service/${nameOf(service)}`,
        }
    }
  },

  examples: {
    fail: {
      'a load balancer': {
        given: deployment(),
        with: [service({ type: 'LoadBalancer' })],
        at: ['spec.template.metadata.labels'],
      },
      'a port of the nodes': { given: deployment(), with: [service({ type: 'NodePort' })] },
      'an Ingress': { given: deployment(), with: [service(), toWeb] },
      'a route of the Gateway API': { given: deployment(), with: [service(), route] },
      'a load balancer for some, where that is not allowed': {
        given: deployment(),
        with: [service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['192.0.2.0/24'] })],
        parameters: { allowLimited: false },
      },
      'an address from outside': { given: deployment(), with: [service({ externalIPs: ['192.0.2.1'] })] },
      'a Route of OpenShift': {
        given: deployment(),
        with: [
          service(),
          object(
            'route.openshift.io/v1',
            'Route',
            { name: 'web', namespace: 'shop' },
            { spec: { to: { kind: 'Service', name: 'web' } } },
          ),
        ],
      },
      'two Services': {
        given: deployment(),
        with: [service({ type: 'NodePort' }), service({ type: 'LoadBalancer' }, { name: 'public' })],
        at: ['spec.template.metadata.labels', 'spec.template.metadata.labels'],
      },
    },
    pass: {
      'no Service': { given: deployment() },
      'a Service inside': { given: deployment(), with: [service()] },
      'a Service of other pods': { given: cronJob(), with: [service({ type: 'LoadBalancer' })] },
      'an Ingress to another Service': { given: deployment(), with: [service({}, { name: 'api' }), toWeb] },
      'a load balancer for some': {
        given: deployment(),
        with: [service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['192.0.2.0/24'] })],
      },
      'a way that does not count': {
        given: deployment(),
        with: [service({ type: 'NodePort' })],
        parameters: { ways: ['load-balancer'] },
      },
    },
  },
})
