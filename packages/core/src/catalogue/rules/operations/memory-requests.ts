// Rule: every container has a memory request.

import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { container, cronJob, deployment, pod, podWith, podWithInit } from '../../../samples/pods.ts'
import { findAmountFaults } from './resource-amounts.ts'

const requested = (memory: string | number) => container({ resources: { requests: { memory } } })

export const rule = defineRule({
  id: 'memory-requests',
  title: 'Every container has a memory request',
  severity: 'low',
  subject: 'PodTemplate',
  reads: ['LimitRange'],
  parameters: {
    explicit: {
      type: 'boolean',
      default: false,
      description: 'Whether the container must name the request itself, instead of taking it from its limit.',
    },
  },
  rationale:
    'The scheduler places pods by their requests. A container without one lands on nodes that cannot hold it, and is the first to be evicted.',
  remediation:
    'Set resources.requests.memory of the container to what it needs to work; a limit alone counts as the request too.',
  references: [
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
    'https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/',
  ],

  violations(pod, { parameters, lookup }) {
    return findAmountFaults(pod, lookup, {
      bound: 'requests',
      resource: 'memory',
      example: '64Mi',
      explicit: parameters.explicit,
    })
  },

  examples: {
    fail: {
      'nothing said': { given: podWith({}), at: ['spec.containers[0].resources.requests.memory'] },
      'the second of two': { given: podWith(requested('64Mi'), {}) },
      'an init container': { given: podWithInit({}) },
      'in a CronJob': { given: cronJob() },
      'a CPU request alone': { given: podWith({ resources: { requests: { cpu: '100m' } } }) },
      'a limit, where the request must be explicit': {
        given: podWith({ resources: { limits: { memory: '64Mi' } } }),
        parameters: { explicit: true },
      },
      'a request of the whole pod for CPU alone': { given: pod({ resources: { requests: { cpu: '1' } } }) },
    },
    pass: {
      'a request': { given: deployment({ containers: [requested('64Mi')] }) },
      'a limit, which is the request too': { given: podWith({ resources: { limits: { memory: '64Mi' } } }) },
      'a limit of the whole pod, which is the request too': {
        given: pod({ resources: { limits: { memory: '1Gi' } } }),
      },
      'the default limit of a LimitRange, which is the request too': {
        given: deployment(),
        with: [
          object(
            'v1',
            'LimitRange',
            { namespace: 'shop' },
            { spec: { limits: [{ type: 'Container', default: { memory: '64Mi' } }] } },
          ),
        ],
      },
    },
  },
})
