// Rule: no container can run as root.

import { effectiveSetting } from '../../../kube/effective-setting.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'runs-as-root',
  title: 'No container can run as root',
  severity: 'medium',
  defaultEnabled: false,
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  rationale:
    "Root in a container owns the image's files, holds the capabilities that the runtime grants, and is root on the node as soon as something lets it out. Judged by what is in effect: a user id other than 0 is enough, as is runAsNonRoot. Off by default: the rules of Pod Security ask for runAsNonRoot by name.",
  remediation:
    'Set runAsNonRoot: true or a runAsUser above 0 on the pod or the container, and give the image a user that may read its files.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],

  *violations(pod) {
    for (const container of pod.containers) {
      const user = effectiveSetting(pod, container, 'runAsUser')
      const flag = effectiveSetting(pod, container, 'runAsNonRoot')
      if (user ? user.value !== 0 : flag?.value === true) continue
      const at = user ?? flag
      yield {
        path: at?.path ?? `${container.path}.securityContext.runAsNonRoot`,
        actual: at?.value,
        expected: user ? 'a user id above 0' : 'true, or a runAsUser above 0',
        discriminator: container.name,
      }
    }
  },

  examples: {
    fail: {
      'nothing said, so the image decides': {
        given: podWith({}),
        at: ['spec.containers[0].securityContext.runAsNonRoot'],
      },
      'root said on the container, another user on the pod': {
        given: pod({
          securityContext: { runAsUser: 1000 },
          containers: [container({ securityContext: { runAsUser: 0 } })],
        }),
        at: ['spec.containers[0].securityContext.runAsUser'],
      },
      'root said on the pod': {
        given: pod({ securityContext: { runAsUser: 0, runAsNonRoot: true } }),
        at: ['spec.securityContext.runAsUser'],
      },
      'only the first of two says so': {
        given: podWith({ securityContext: { runAsNonRoot: true } }, {}),
        at: ['spec.containers[1].securityContext.runAsNonRoot'],
      },
      'the flag turned off on the container': {
        given: pod({
          securityContext: { runAsNonRoot: true },
          containers: [container({ securityContext: { runAsNonRoot: false } })],
        }),
      },
      'an init container, in a CronJob': {
        given: cronJob({
          containers: [container({ securityContext: { runAsUser: 1000 } })],
          initContainers: [container({ name: 'init' })],
        }),
        at: ['spec.jobTemplate.spec.template.spec.initContainers[0].securityContext.runAsNonRoot'],
      },
      'in a user namespace, where root still owns the image': { given: pod({ hostUsers: false }) },
    },
    pass: {
      'the flag on the pod': { given: pod({ securityContext: { runAsNonRoot: true } }) },
      'the flag on the container': { given: podWith({ securityContext: { runAsNonRoot: true } }) },
      'another user, although the flag is off': {
        given: podWith({ securityContext: { runAsUser: 1, runAsNonRoot: false } }),
      },
      'another user on the container, root on the pod': {
        given: pod({
          securityContext: { runAsUser: 0 },
          containers: [container({ securityContext: { runAsUser: 1000 } })],
        }),
      },
    },
    notApplicable: {
      'a Windows pod': { given: pod({ os: { name: 'windows' } }) },
    },
  },
})
