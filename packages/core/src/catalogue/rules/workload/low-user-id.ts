// Rule: every container runs with a user id out of the range that nodes use.

import { effectiveSetting } from '../../../kube/effective-setting.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith, podWithInit } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'low-user-id',
  title: 'Every container runs with a high user id',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  parameters: {
    minimum: { type: 'number', default: 10_000, description: 'The lowest user id that is allowed.' },
  },
  rationale:
    'Nodes use low user ids for their own users, so a process that gets out of its container would meet files that belong to it. Off by default: which ids are low is a rule of the house.',
  remediation:
    'Set runAsUser on the pod or the container to an id of 10000 or above, or run the pod in a user namespace (hostUsers: false).',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],

  *violations(pod, { parameters }) {
    if (pod.spec.hostUsers === false) return
    for (const container of pod.containers) {
      const user = effectiveSetting(pod, container, 'runAsUser')
      if (user === undefined || user.value < parameters.minimum)
        yield {
          path: user?.path ?? `${container.path}.securityContext.runAsUser`,
          actual: user?.value,
          expected: `${parameters.minimum} or above`,
          discriminator: container.name,
        }
    }
  },

  examples: {
    fail: {
      'nothing said, so the image decides': {
        given: podWith({}),
        at: ['spec.containers[0].securityContext.runAsUser'],
      },
      'low on the pod': {
        given: pod({ securityContext: { runAsUser: 1000 } }),
        at: ['spec.securityContext.runAsUser'],
      },
      'low on the second container': {
        given: pod({
          securityContext: { runAsUser: 20000 },
          containers: [container(), container({ name: 'app-2', securityContext: { runAsUser: 9999 } })],
        }),
        at: ['spec.containers[1].securityContext.runAsUser'],
      },
      'an init container': { given: podWithInit({ securityContext: { runAsUser: 10000 } }) },
      'at a minimum of your own, in a CronJob': {
        given: cronJob({ securityContext: { runAsUser: 10000 } }),
        parameters: { minimum: 10001 },
      },
    },
    pass: {
      'at the minimum': { given: pod({ securityContext: { runAsUser: 10000 } }) },
      'high on the container, low on the pod': {
        given: pod({
          securityContext: { runAsUser: 1 },
          containers: [container({ securityContext: { runAsUser: 65534 } })],
        }),
      },
      'in a user namespace of its own': { given: pod({ hostUsers: false }) },
    },
    notApplicable: {
      'a Windows pod': { given: pod({ os: { name: 'windows' } }) },
    },
  },
})
