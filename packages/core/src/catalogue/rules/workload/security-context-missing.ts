// Rule: every container has a security context.

import type { ContainerSecurityContext, PodSecurityContext } from '../../../model/pod-spec.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'security-context-missing',
  title: 'Every container has a security context',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  parameters: {
    require: {
      type: 'string',
      oneOf: ['any', 'pod-and-container'],
      default: 'any',
      description:
        'Whether a security context of the pod or the container is enough (any), or both must be there.',
    },
  },
  rationale:
    'Without a security context the image and the runtime decide everything: the user, the capabilities, what can be written. Off by default: other rules speak of each setting that should be there.',
  remediation:
    'Give the pod a securityContext with runAsNonRoot: true and seccompProfile.type: RuntimeDefault, and each container one with allowPrivilegeEscalation: false, readOnlyRootFilesystem: true and capabilities.drop: [ALL].',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],

  *violations(pod, { parameters }) {
    const ofPod = pod.spec.securityContext
    const isBoth = parameters.require === 'pod-and-container'
    if (isBoth && isEmpty(ofPod))
      yield { path: `${pod.path}.securityContext`, actual: ofPod, expected: 'settings of the pod' }
    if (!isBoth && !isEmpty(ofPod)) return
    for (const container of pod.containers)
      if (isEmpty(container.securityContext))
        yield {
          path: `${container.path}.securityContext`,
          actual: container.securityContext,
          expected: 'settings of the container',
          discriminator: container.name,
        }
  },

  examples: {
    fail: {
      'nothing said': { given: podWith({}), at: ['spec.containers[0].securityContext'] },
      'empty ones': { given: pod({ securityContext: {}, containers: [container({ securityContext: {} })] }) },
      'the second of two': {
        given: podWith({ securityContext: { runAsUser: 1000 } }, {}),
        at: ['spec.containers[1].securityContext'],
      },
      'an init container, in a CronJob': {
        given: cronJob({
          containers: [container({ securityContext: { runAsUser: 1000 } })],
          initContainers: [container({ name: 'init' })],
        }),
      },
      "the pod's where both are asked for": {
        given: podWith({ securityContext: { runAsUser: 1000 } }),
        parameters: { require: 'pod-and-container' },
        at: ['spec.securityContext'],
      },
    },
    pass: {
      'on the pod': { given: pod({ securityContext: { runAsNonRoot: true } }) },
      'on the container': { given: podWith({ securityContext: { privileged: false } }) },
      'on both where both are asked for': {
        given: pod({
          securityContext: { runAsNonRoot: true },
          containers: [container({ securityContext: { privileged: false } })],
        }),
        parameters: { require: 'pod-and-container' },
      },
    },
  },
})

const settings = [
  'allowPrivilegeEscalation',
  'appArmorProfile',
  'capabilities',
  'fsGroup',
  'privileged',
  'procMount',
  'readOnlyRootFilesystem',
  'runAsGroup',
  'runAsNonRoot',
  'runAsUser',
  'seLinuxOptions',
  'seccompProfile',
  'supplementalGroups',
  'sysctls',
  'windowsOptions',
] as const satisfies (keyof ContainerSecurityContext | keyof PodSecurityContext)[]

/** Only fields that Kubernetes knows count: it drops the others. */
function isEmpty(context: ContainerSecurityContext | PodSecurityContext | undefined): boolean {
  return context === undefined || settings.every(name => !Object.hasOwn(context, name))
}
