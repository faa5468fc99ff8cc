// Rule: no pod carries an ephemeral container.

import { defineRule } from '../../../model/rule.ts'
import { container, deployment, pod, podWith, podWithEphemeral } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'ephemeral-container',
  title: 'No pod carries an ephemeral container',
  severity: 'low',
  subject: 'PodTemplate',
  rationale:
    'Ephemeral containers are added to running pods to look into them. What was changed by hand is no longer what was reviewed, and the tools stay in the pod until it is replaced.',
  remediation:
    'Delete the pod so that its controller makes a fresh one. Keep the right to update pods/ephemeralcontainers to those who debug.',
  references: ['https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/'],
  faultFields: ['ephemeralContainers'],

  *violations(pod) {
    for (const container of pod.containers)
      if (container.role === 'ephemeral')
        yield {
          path: `${container.path}.image`,
          actual: container.image,
          expected: 'no ephemeral container',
          discriminator: container.name,
        }
  },

  examples: {
    fail: {
      one: { given: podWithEphemeral({}), at: ['spec.ephemeralContainers[0].image'] },
      'one without an image': { given: podWithEphemeral({ name: 'debug', image: '' }) },
      two: {
        given: podWithEphemeral({}, {}),
        at: ['spec.ephemeralContainers[0].image', 'spec.ephemeralContainers[1].image'],
      },
    },
    pass: {
      'ordinary and init containers': {
        given: pod({ initContainers: [container({ name: 'init' })] }),
      },
      'an empty list': { given: pod({ ephemeralContainers: [] }) },
      'a container of that name': { given: podWith({ name: 'debug' }) },
      'a Deployment': { given: deployment() },
    },
  },
})
