// Rule: every container has a CPU request.

import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { container, cronJob, deployment, pod, podWith, podWithInit } from '../../../samples/pods.ts'
import { findAmountFaults } from './resource-amounts.ts'

const requested = (cpu: string | number) => container({ resources: { requests: { cpu } } })

export const rule = defineRule({
  id: 'cpu-requests',
  title: 'Every container has a CPU request',
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
    'The scheduler places pods by their requests. A container without one gets no share of its own and starves on a busy node.',
  remediation:
    'Set resources.requests.cpu of the container to what it needs to work; a limit alone counts as the request too.',
  references: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],

  violations(pod, { parameters, lookup }) {
    return findAmountFaults(pod, lookup, {
      bound: 'requests',
      resource: 'cpu',
      example: '100m',
      explicit: parameters.explicit,
    })
  },

  examples: {
    fail: {
      'nothing said': { given: podWith({}), at: ['spec.containers[0].resources.requests.cpu'] },
      'the second of two': { given: podWith(requested('100m'), {}) },
      'an init container': { given: podWithInit({}) },
      'in a CronJob': { given: cronJob() },
      'a memory request alone': { given: podWith({ resources: { requests: { memory: '64Mi' } } }) },
      'a request of zero beside a limit': {
        given: podWith({ resources: { requests: { cpu: 0 }, limits: { cpu: 1 } } }),
      },
      'a limit, where the request must be explicit': {
        given: podWith({ resources: { limits: { cpu: 1 } } }),
        parameters: { explicit: true },
      },
    },
    pass: {
      'a request': { given: deployment({ containers: [requested('100m')] }) },
      'a limit, which is the request too': { given: podWith({ resources: { limits: { cpu: 1 } } }) },
      'a request of the whole pod': { given: pod({ resources: { requests: { cpu: '1' } } }) },
      'the minimum of a LimitRange, which is then the default': {
        given: deployment(),
        with: [
          object(
            'v1',
            'LimitRange',
            { namespace: 'shop' },
            { spec: { limits: [{ type: 'Container', min: { cpu: '50m' } }] } },
          ),
        ],
      },
    },
  },
})
