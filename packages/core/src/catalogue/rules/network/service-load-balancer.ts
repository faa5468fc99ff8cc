// Rule: no Service is open to the whole internet through a load balancer.

import { readService } from '../../../kube/kinds/service.ts'
import { isInternalLoadBalancer } from '../../../kube/network/internal-load-balancer.ts'
import { defineRule } from '../../../model/rule.ts'
import { service } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'

const balanced = (spec = {}, annotations = {}) => service({ type: 'LoadBalancer', ...spec }, { annotations })
const aws = 'service.beta.kubernetes.io/aws-load-balancer-'

export const rule = defineRule({
  id: 'service-load-balancer',
  title: 'No Service is open to the whole internet through a load balancer',
  severity: 'medium',
  subject: 'Service',
  parameters: {
    allowInternal: {
      type: 'boolean',
      default: true,
      description: 'Whether a load balancer inside the cloud’s private network is allowed.',
    },
    allowSourceRanges: {
      type: 'boolean',
      default: true,
      description:
        'Whether a load balancer that only some addresses may use (loadBalancerSourceRanges) is allowed.',
    },
  },
  rationale:
    'A public load balancer leads anybody straight to the pods, past ingress controllers, their TLS, authentication and logs.',
  remediation:
    'Use an Ingress or Gateway; or ask the cloud for an internal load balancer by its annotation; or list in spec.loadBalancerSourceRanges who may come.',
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer',
    'https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer',
  ],

  *violations(resource, { parameters: { allowInternal, allowSourceRanges } }) {
    const service = readService(resource)
    if (service.spec?.type !== 'LoadBalancer') return
    if (allowInternal && isInternalLoadBalancer(service)) return
    const ranges = service.spec.loadBalancerSourceRanges ?? []
    const open = ranges.findIndex(isEverywhere)
    if (allowSourceRanges && ranges.length > 0 && open < 0) return
    if (allowSourceRanges && open >= 0)
      yield {
        path: `spec.loadBalancerSourceRanges[${open}]`,
        actual: ranges[open],
        expected: 'the addresses that need it',
      }
    else
      yield {
        path: 'spec.type',
        actual: 'LoadBalancer',
        expected: allowInternal ? 'ClusterIP, or an internal load balancer' : 'ClusterIP',
      }
  },

  examples: {
    fail: {
      'a load balancer': { given: balanced(), at: ['spec.type'] },
      'a range that is everywhere': {
        given: balanced({ loadBalancerSourceRanges: ['10.0.0.0/8', ' 0.0.0.0/0'] }),
        at: ['spec.loadBalancerSourceRanges[1]'],
      },
      'every address of IPv6': { given: balanced({ loadBalancerSourceRanges: ['::/0'] }) },
      'an annotation that says it is not internal': {
        given: balanced({}, { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'false' }),
      },
      'a public scheme': {
        given: balanced({}, { [`${aws}type`]: 'external', [`${aws}scheme`]: 'internet-facing' }),
      },
      'internal, where that is not allowed': {
        given: balanced({}, { 'networking.gke.io/load-balancer-type': 'Internal' }),
        parameters: { allowInternal: false },
      },
      'ranges, where they are not enough': {
        given: balanced({ loadBalancerSourceRanges: ['10.0.0.0/8'] }),
        parameters: { allowSourceRanges: false },
      },
      'the first range is everywhere': {
        given: balanced({ loadBalancerSourceRanges: ['0.0.0.0/00 ', '10.0.0.0/8'] }),
        at: ['spec.loadBalancerSourceRanges[0]'],
      },
      'a range that is everywhere, where ranges are not enough': {
        given: balanced({ loadBalancerSourceRanges: ['0.0.0.0/0'] }),
        parameters: { allowSourceRanges: false },
        at: ['spec.type'],
      },
    },
    pass: {
      'nothing said': { given: service() },
      'a NodePort, which another rule judges': { given: service({ type: 'NodePort' }) },
      'internal on GKE': { given: balanced({}, { 'networking.gke.io/load-balancer-type': 'Internal' }) },
      'internal on Azure': {
        given: balanced({}, { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' }),
      },
      'internal on AWS, in the old way': { given: balanced({}, { [`${aws}internal`]: '0.0.0.0/0' }) },
      'internal by default with the AWS controller': {
        given: balanced({ loadBalancerClass: 'service.k8s.aws/nlb' }),
      },
      'a few addresses': { given: balanced({ loadBalancerSourceRanges: ['192.0.2.0/24'] }) },
      'no spec at all': { given: object('v1', 'Service') },
      'a few addresses, their bits written with a zero before': {
        given: balanced({ loadBalancerSourceRanges: ['192.0.2.0/024'] }),
      },
    },
  },
})

/** A range that leaves nobody out: its prefix has no bits. */
const isEverywhere = (range: string) => /\/0+\s*$/.test(range)
