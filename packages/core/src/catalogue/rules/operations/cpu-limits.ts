// Rule: every container has a CPU limit.

import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { container, cronJob, deployment, pod, podWith, podWithInit } from '../../../samples/pods.ts'
import { findAmountFaults } from './resource-amounts.ts'

const limited = (cpu: string | number) => container({ resources: { limits: { cpu } } })

export const rule = defineRule({
  id: 'cpu-limits',
  title: 'Every container has a CPU limit',
  severity: 'low',
  subject: 'PodTemplate',
  reads: ['LimitRange'],
  parameters: {
    maximum: {
      type: 'string',
      default: '',
      description: 'The most CPU a container may be given, such as 2 or 500m; empty for any amount.',
    },
  },
  rationale:
    'A container without a CPU limit can take all the CPU that others did not reserve: a miner or a loop then slows its neighbours.',
  remediation:
    'Set resources.limits.cpu of the container, or give the namespace a LimitRange with a default.',
  references: [
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
    'https://kubernetes.io/docs/concepts/policy/limit-range/',
  ],

  violations(pod, { parameters, lookup }) {
    return findAmountFaults(pod, lookup, {
      bound: 'limits',
      resource: 'cpu',
      example: '500m',
      maximum: parameters.maximum,
    })
  },

  examples: {
    fail: {
      'nothing said': { given: podWith({}), at: ['spec.containers[0].resources.limits.cpu'] },
      'the second of two': {
        given: podWith(limited('500m'), {}),
        at: ['spec.containers[1].resources.limits.cpu'],
      },
      'an init container': { given: podWithInit({}) },
      'in a CronJob': {
        given: cronJob(),
        at: ['spec.jobTemplate.spec.template.spec.containers[0].resources.limits.cpu'],
      },
      'a request alone': { given: podWith({ resources: { requests: { cpu: '100m' } } }) },
      'a memory limit alone': { given: podWith({ resources: { limits: { memory: '64Mi' } } }) },
      'a limit of zero, which limits nothing': { given: podWith(limited(0)) },
      'above the maximum': { given: podWith(limited('2001m')), parameters: { maximum: '2' } },
      'both of two': {
        given: podWith({}, {}),
        at: ['spec.containers[0].resources.limits.cpu', 'spec.containers[1].resources.limits.cpu'],
      },
    },
    pass: {
      'a limit': { given: podWith(limited('500m')) },
      'a limit as a number': { given: deployment({ containers: [limited(0.5)] }) },
      'a limit of the whole pod': { given: pod({ resources: { limits: { cpu: '2' } } }) },
      'the default of a LimitRange': {
        given: deployment(),
        with: [
          object(
            'v1',
            'LimitRange',
            { namespace: 'shop' },
            { spec: { limits: [{ type: 'Container', default: { cpu: '500m' } }] } },
          ),
        ],
      },
      'at the maximum': { given: podWith(limited('2000m')), parameters: { maximum: '2' } },
      'the smallest limit': { given: podWith(limited('1n')) },
      'the default of the second of two LimitRanges': {
        given: { ...deployment(), metadata: { name: 'web', namespace: 'shop', uid: '9a5c' } },
        with: ['memory', 'cpu'].map(resource =>
          object(
            'v1',
            'LimitRange',
            { namespace: 'shop', name: resource },
            { spec: { limits: [{ type: 'Container', default: { [resource]: '1' } }] } },
          ),
        ),
      },
      'the default of a LimitRange for a pod that is not there yet': {
        given: podWith({}),
        with: [
          object(
            'v1',
            'LimitRange',
            { namespace: 'shop' },
            { spec: { limits: [{ type: 'Container', default: { cpu: '500m' } }] } },
          ),
        ],
      },
    },
  },
})
