// Rule: every container says its SELinux label.

import { effectiveSetting } from '../../../kube/effective-setting.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith } from '../../../samples/pods.ts'

const label = { seLinuxOptions: { level: 's0:c123,c456' } }

export const rule = defineRule({
  id: 'selinux-missing',
  title: 'Every container names SELinux options',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  rationale:
    'An SELinux label keeps a container from the files and processes of the node and of other pods. Off by default: where nodes have SELinux, runtimes give each container a label of its own when it names none.',
  remediation:
    'On nodes with SELinux set seLinuxOptions with the level that the namespace is given, on the pod.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],

  *violations(pod) {
    for (const container of pod.containers) {
      const setting = effectiveSetting(pod, container, 'seLinuxOptions')
      if (!setting || Object.values(setting.value).every(part => part === undefined || part === ''))
        yield {
          path: setting?.path ?? `${container.path}.securityContext.seLinuxOptions`,
          actual: setting?.value,
          expected: 'a level, type, role or user',
          discriminator: container.name,
        }
    }
  },

  examples: {
    fail: {
      'nothing said': {
        given: podWith({}),
        at: ['spec.containers[0].securityContext.seLinuxOptions'],
      },
      'said by the first of two only': {
        given: podWith({ securityContext: label }, {}),
        at: ['spec.containers[1].securityContext.seLinuxOptions'],
      },
      'an empty label': { given: podWith({ securityContext: { seLinuxOptions: {} } }) },
      'an init container, in a CronJob': {
        given: cronJob({
          containers: [container({ securityContext: label })],
          initContainers: [container({ name: 'init' })],
        }),
      },
      'a label of empty parts, on the pod': {
        given: pod({ securityContext: { seLinuxOptions: { level: '', type: '' } } }),
        at: ['spec.securityContext.seLinuxOptions'],
      },
    },
    pass: {
      'on the pod': { given: pod({ securityContext: label }) },
      'on the container': { given: podWith({ securityContext: label }) },
    },
    notApplicable: {
      'a Windows pod': { given: pod({ os: { name: 'windows' } }) },
    },
  },
})
