// Rule: no container runs privileged.

import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'
import { containersNamed } from './wording.ts'

const privileged = { securityContext: { privileged: true } }

export const rule = defineRule({
  id: 'privileged-container',
  title: 'No container runs privileged',
  severity: 'critical',
  subject: 'PodTemplate',
  rationale:
    'A privileged container can do on its node what root can do: see every device, load modules, leave the container.',
  remediation:
    'Leave securityContext.privileged unset or set it to false; add only the capabilities that the process needs.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  faultFields: ['privileged'],

  *violations(pod) {
    for (const container of pod.containers)
      if (container.securityContext?.privileged === true)
        yield {
          path: `${container.path}.securityContext.privileged`,
          actual: true,
          expected: 'unset or false',
          discriminator: container.name,
        }
  },

  fix: (violation, pod) => setAt(pod.resource, violation.path, false),

  admission: {
    check: 'privileged',
    denial: (pod, violations) => ({
      reason: 'privileged',
      detail: `${containersNamed(pod, violations)} must not set securityContext.privileged=true`,
    }),
  },

  examples: {
    fail: {
      'the only container': { given: podWith(privileged) },
      'the second of two': {
        given: podWith({}, privileged),
        at: ['spec.containers[1].securityContext.privileged'],
      },
      'an init container': { given: podWithInit(privileged) },
      'an ephemeral container': { given: podWithEphemeral(privileged) },
      'in a CronJob': { given: cronJob({ containers: [container(privileged)] }) },
    },
    pass: {
      'nothing said': { given: podWith({}) },
      'said to be unprivileged': { given: podWith({ securityContext: { privileged: false } }) },
      'an annotation of that name says nothing': {
        given: pod({ metadata: { annotations: { privileged: 'true' } } }),
      },
    },
  },
})
