// Rule: every container runs with a group id out of the range that nodes use.

import { effectiveSetting } from '../../../kube/effective-setting.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith, podWithInit } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'low-group-id',
  title: 'Every container runs with a high group id',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  parameters: {
    minimum: { type: 'number', default: 10_000, description: 'The lowest group id that is allowed.' },
  },
  rationale:
    'Nodes use low group ids for their own groups, so a process that gets out of its container would meet files that belong to it. Off by default: which ids are low is a rule of the house.',
  remediation:
    'Set runAsGroup on the pod or the container to an id of 10000 or above, or run the pod in a user namespace (hostUsers: false).',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],

  *violations(pod, { parameters }) {
    if (pod.spec.hostUsers === false) return
    for (const container of pod.containers) {
      const group = effectiveSetting(pod, container, 'runAsGroup')
      if (group === undefined || group.value < parameters.minimum)
        yield {
          path: group?.path ?? `${container.path}.securityContext.runAsGroup`,
          actual: group?.value,
          expected: `${parameters.minimum} or above`,
          discriminator: container.name,
        }
    }
  },

  examples: {
    fail: {
      'nothing said, so the image decides': {
        given: podWith({}),
        at: ['spec.containers[0].securityContext.runAsGroup'],
      },
      'low on the pod': {
        given: pod({ securityContext: { runAsGroup: 1000 } }),
        at: ['spec.securityContext.runAsGroup'],
      },
      'low on the second container': {
        given: pod({
          securityContext: { runAsGroup: 20000 },
          containers: [container(), container({ name: 'app-2', securityContext: { runAsGroup: 9999 } })],
        }),
        at: ['spec.containers[1].securityContext.runAsGroup'],
      },
      'an init container': { given: podWithInit({ securityContext: { runAsGroup: 10000 } }) },
      'at a minimum of your own, in a CronJob': {
        given: cronJob({ securityContext: { runAsGroup: 10000 } }),
        parameters: { minimum: 10001 },
      },
    },
    pass: {
      'at the minimum': { given: pod({ securityContext: { runAsGroup: 10000 } }) },
      'high on the container, low on the pod': {
        given: pod({
          securityContext: { runAsGroup: 1 },
          containers: [container({ securityContext: { runAsGroup: 65534 } })],
        }),
      },
      'in a user namespace of its own': { given: pod({ hostUsers: false }) },
    },
    notApplicable: {
      'a Windows pod': { given: pod({ os: { name: 'windows' } }) },
    },
  },
})
