// Rule: a load balancer of AWS that serves HTTPS ends TLS with a certificate.

import { readService } from '../../../kube/kinds/service.ts'
import { childPath } from '../../../kube/path.ts'
import { defineRule } from '../../../model/rule.ts'
import { service } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-'
const certificate = `${prefix}ssl-cert`
const classes = ['service.k8s.aws/nlb', 'eks.amazonaws.com/nlb']
const ports = [{ port: 443, targetPort: 8080 }]
const balanced = (annotations: Readonly<Record<string, string>>, spec = {}) =>
  service({ type: 'LoadBalancer', ports, ...spec }, { annotations })

export const rule = defineRule({
  id: 'aws-load-balancer-tls',
  title: 'A load balancer of AWS that serves HTTPS ends TLS with a certificate',
  severity: 'medium',
  defaultEnabled: false,
  subject: 'Service',
  rationale:
    'Without a certificate the load balancer passes on what it gets: unless the pods speak TLS themselves, everybody on the way can read it.',
  remediation: `Name a certificate of AWS Certificate Manager in the annotation ${certificate}; accept it where the pods end TLS themselves.`,
  references: [
    'https://kubernetes.io/docs/reference/labels-annotations-taints/#service-beta-kubernetes-io-aws-load-balancer-ssl-cert',
    'https://kubernetes.io/docs/concepts/services-networking/service/#ssl-support-on-aws',
  ],

  *violations(resource) {
    const { metadata, spec } = readService(resource)
    if (spec?.type !== 'LoadBalancer' || !spec.ports?.some(({ port }) => port === 443)) return
    const annotations = metadata.annotations ?? {}
    const isOfAws =
      classes.includes(spec.loadBalancerClass ?? '') ||
      Object.keys(annotations).some(name => name.startsWith(prefix))
    if (isOfAws && !annotations[certificate])
      yield {
        path: childPath('metadata.annotations', certificate),
        actual: annotations[certificate],
        expected: 'the ARN of a certificate',
      }
  },

  examples: {
    fail: {
      'no certificate': {
        given: balanced({ [`${prefix}backend-protocol`]: 'http' }),
        at: [`metadata.annotations["${certificate}"]`],
      },
      'an empty one': { given: balanced({ [certificate]: '' }) },
      'by its class': { given: balanced({}, { loadBalancerClass: 'service.k8s.aws/nlb' }) },
      'by the class of EKS': { given: balanced({}, { loadBalancerClass: 'eks.amazonaws.com/nlb' }) },
      'HTTPS beside other ports': {
        given: balanced({ [`${prefix}type`]: 'nlb' }, { ports: [{ port: 80 }, { port: 443 }] }),
      },
    },
    pass: {
      'a certificate': {
        given: balanced({ [certificate]: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' }),
      },
      'a port that is not for HTTPS': {
        given: balanced({ [`${prefix}type`]: 'nlb' }, { ports: [{ port: 5432 }] }),
      },
      'no load balancer': { given: service({ ports }, { annotations: { [`${prefix}type`]: 'nlb' } }) },
      'a load balancer that nothing says is of AWS': { given: balanced({}) },
      'a load balancer with annotations for others': { given: balanced({ 'example.com/type': 'nlb' }) },
      'no annotations': { given: service({ type: 'LoadBalancer', ports }) },
      'no ports': { given: balanced({ [`${prefix}type`]: 'nlb' }, { ports: undefined }) },
      'no spec at all': { given: object('v1', 'Service') },
    },
  },
})
