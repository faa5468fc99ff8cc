// Rule: no container keeps a console open.

import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'interactive-container',
  title: 'No container keeps a console open',
  severity: 'low',
  subject: 'PodTemplate',
  rationale:
    'With stdin or tty a shell can wait in the container for whoever attaches to it; services read no console. Ephemeral containers are for that and are left to their own rule.',
  remediation: 'Remove stdin and tty; use kubectl exec or kubectl debug when a console is needed.',
  references: ['https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#debugging'],
  faultFields: ['stdin', 'tty'],

  *violations(pod) {
    for (const container of pod.containers) {
      if (container.role === 'ephemeral' || !(container.stdin || container.tty)) continue
      for (const field of ['stdin', 'tty'] as const)
        if (container[field] === true)
          yield {
            path: `${container.path}.${field}`,
            actual: true,
            expected: 'unset or false',
            discriminator: container.name,
          }
    }
  },

  examples: {
    fail: {
      'a terminal': { given: podWith({ tty: true }), at: ['spec.containers[0].tty'] },
      'both, in the second of two': {
        given: podWith({}, { stdin: true, tty: true }),
        at: ['spec.containers[1].stdin', 'spec.containers[1].tty'],
      },
      'an init container': { given: podWithInit({ stdin: true }) },
      'in a CronJob': { given: cronJob({ containers: [container({ tty: true })] }) },
    },
    pass: {
      'nothing said': { given: pod() },
      'said to be closed': { given: podWith({ stdin: false, tty: false }) },
      'an ephemeral container': { given: podWithEphemeral({ stdin: true, tty: true }) },
    },
  },
})
