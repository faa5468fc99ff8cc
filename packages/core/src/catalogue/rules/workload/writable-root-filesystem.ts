// Rule: every container's root file system is read-only.

import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith } from '../../../samples/pods.ts'

const readOnly = { securityContext: { readOnlyRootFilesystem: true } }

export const rule = defineRule({
  id: 'writable-root-filesystem',
  title: "Every container's root file system is read-only",
  severity: 'medium',
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  rationale:
    'Where an intruder can write beside the programs of a container, tools can be brought in and programs replaced; where nothing can be written, much of that fails.',
  remediation:
    'Set readOnlyRootFilesystem: true on the container, and mount an emptyDir volume at each directory that the program writes to, such as /tmp.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],

  *violations(pod) {
    for (const container of pod.containers) {
      const actual = container.securityContext?.readOnlyRootFilesystem
      if (actual !== true)
        yield {
          path: `${container.path}.securityContext.readOnlyRootFilesystem`,
          actual,
          expected: 'true',
          discriminator: container.name,
        }
    }
  },

  examples: {
    fail: {
      'nothing said': {
        given: podWith({}),
        at: ['spec.containers[0].securityContext.readOnlyRootFilesystem'],
      },
      'said to be writable': { given: podWith({ securityContext: { readOnlyRootFilesystem: false } }) },
      'the second of two': {
        given: podWith(readOnly, {}),
        at: ['spec.containers[1].securityContext.readOnlyRootFilesystem'],
      },
      'an init container, in a CronJob': {
        given: cronJob({ containers: [container(readOnly)], initContainers: [container({ name: 'init' })] }),
        at: ['spec.jobTemplate.spec.template.spec.initContainers[0].securityContext.readOnlyRootFilesystem'],
      },
      'an ephemeral container': {
        given: pod({
          containers: [container(readOnly)],
          ephemeralContainers: [container({ name: 'debug' })],
        }),
      },
    },
    pass: {
      'read-only': { given: podWith(readOnly) },
      'read-only in a CronJob': { given: cronJob({ containers: [container(readOnly)] }) },
      'read-only everywhere': {
        given: pod({
          containers: [container(readOnly)],
          initContainers: [container({ name: 'init', ...readOnly })],
        }),
      },
    },
    notApplicable: {
      'a Windows pod, where it cannot be set': { given: pod({ os: { name: 'windows' } }) },
    },
  },
})
