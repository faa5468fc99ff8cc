// Rule: every container has a memory limit.

import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { container, cronJob, deployment, pod, podWith, podWithInit } from '../../../samples/pods.ts'
import { findAmountFaults } from './resource-amounts.ts'

const limited = (memory: string | number) => container({ resources: { limits: { memory } } })
const limitRange = (namespace: string, item: Readonly<Record<string, unknown>>) =>
  object('v1', 'LimitRange', { namespace }, { spec: { limits: [{ type: 'Container', ...item }] } })

export const rule = defineRule({
  id: 'memory-limits',
  title: 'Every container has a memory limit',
  severity: 'medium',
  subject: 'PodTemplate',
  reads: ['LimitRange'],
  parameters: {
    maximum: {
      type: 'string',
      default: '',
      description: 'The most memory a container may be given, such as 4Gi; empty for any amount.',
    },
  },
  rationale:
    'A container without a memory limit can take all of its node’s memory by a leak or an attack, and the kernel then kills others’ processes.',
  remediation:
    'Set resources.limits.memory of the container to what it needs at most, or give the namespace a LimitRange with a default.',
  references: [
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
    'https://kubernetes.io/docs/concepts/policy/limit-range/',
  ],

  violations(pod, { parameters, lookup }) {
    return findAmountFaults(pod, lookup, {
      bound: 'limits',
      resource: 'memory',
      example: '128Mi',
      maximum: parameters.maximum,
    })
  },

  examples: {
    fail: {
      'nothing said': { given: podWith({}), at: ['spec.containers[0].resources.limits.memory'] },
      'the second of two': {
        given: podWith(limited('64Mi'), {}),
        at: ['spec.containers[1].resources.limits.memory'],
      },
      'an init container': { given: podWithInit({}) },
      'a request alone': { given: podWith({ resources: { requests: { memory: '64Mi' } } }) },
      'a CPU limit alone': {
        given: deployment({ containers: [container({ resources: { limits: { cpu: 1 } } })] }),
      },
      'a limit of zero, which limits nothing': { given: podWith(limited('0')) },
      'no amount': {
        given: podWith(...['64 MB', '64mi', '64X', '64Xi', '6xMi', '6x4Mi', '0x64Mi'].map(limited)),
        at: [0, 1, 2, 3, 4, 5, 6].map(index => `spec.containers[${index}].resources.limits.memory`),
      },
      'above the maximum': {
        given: podWith(limited('4.5Gi')),
        parameters: { maximum: '4Gi' },
        at: ['spec.containers[0].resources.limits.memory'],
      },
      'a default above the maximum': {
        given: deployment(),
        with: [limitRange('shop', { default: { memory: '8Gi' } })],
        parameters: { maximum: '4Gi' },
      },
      'a LimitRange of another namespace': {
        given: deployment(),
        with: [limitRange('other', { default: { memory: '64Mi' } })],
      },
      'a LimitRange that gives requests alone': {
        given: deployment(),
        with: [limitRange('shop', { defaultRequest: { memory: '64Mi' } })],
      },
      'a LimitRange too late for a running pod': {
        given: pod({ metadata: { uid: '9a5c' } }),
        with: [limitRange('shop', { default: { memory: '64Mi' } })],
      },
    },
    pass: {
      'a limit': { given: podWith(limited('128Mi')) },
      'a limit as a plain number of bytes': { given: cronJob({ containers: [limited(134217728)] }) },
      'an ephemeral container can have none': {
        given: pod({ containers: [limited('64Mi')], ephemeralContainers: [{ name: 'debug' }] }),
      },
      'a limit of the whole pod': { given: pod({ resources: { limits: { memory: '256Mi' } } }) },
      'the default of a LimitRange': {
        given: deployment(),
        with: [limitRange('shop', { default: { memory: '64Mi' } })],
      },
      'the maximum of a LimitRange, which is then the default': {
        given: deployment(),
        with: [limitRange('shop', { max: { memory: '1Gi' } })],
      },
      'at the maximum, written otherwise': {
        given: podWith(limited('4096Mi')),
        parameters: { maximum: '4Gi' },
      },
    },
  },
})
