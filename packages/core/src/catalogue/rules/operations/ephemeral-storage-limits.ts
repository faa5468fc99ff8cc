// Rule: every container has a limit of local ephemeral storage.

import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, deployment, pod, podWith } from '../../../samples/pods.ts'
import { findAmountFaults } from './resource-amounts.ts'

const limited = (storage: string) => container({ resources: { limits: { 'ephemeral-storage': storage } } })

export const rule = defineRule({
  id: 'ephemeral-storage-limits',
  title: 'Every container has a limit of ephemeral storage',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  reads: ['LimitRange'],
  parameters: {
    maximum: {
      type: 'string',
      default: '',
      description: 'The most ephemeral storage a container may be given, such as 10Gi; empty for any amount.',
    },
  },
  rationale:
    'Logs, layers and emptyDir volumes share the node’s disk. A container without a limit can fill it, and the node then evicts everybody’s pods.',
  remediation: 'Set resources.limits.ephemeral-storage of the container to what it may write at most.',
  references: ['https://kubernetes.io/docs/concepts/storage/ephemeral-storage/'],

  violations(pod, { parameters, lookup }) {
    return findAmountFaults(pod, lookup, {
      bound: 'limits',
      resource: 'ephemeral-storage',
      example: '1Gi',
      maximum: parameters.maximum,
    })
  },

  examples: {
    fail: {
      'nothing said': {
        given: podWith({}),
        at: ['spec.containers[0].resources.limits.ephemeral-storage'],
      },
      'the second of two': { given: podWith(limited('1Gi'), {}) },
      'a limit of memory': { given: cronJob({ containers: [{ resources: { limits: { memory: '1Gi' } } }] }) },
      'a limit of the whole pod, which cannot speak of storage': {
        given: pod({ resources: { limits: { 'ephemeral-storage': '1Gi' } } }),
      },
      'above the maximum': { given: podWith(limited('11Gi')), parameters: { maximum: '10Gi' } },
    },
    pass: {
      'a limit': { given: deployment({ containers: [limited('1Gi')] }) },
      'an ephemeral container can have none': {
        given: pod({ containers: [limited('1Gi')], ephemeralContainers: [{ name: 'debug' }] }),
      },
    },
  },
})
