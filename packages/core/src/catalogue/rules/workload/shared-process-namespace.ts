// Rule: the containers of a pod do not see each other's processes.

import { defineRule } from '../../../model/rule.ts'
import { cronJob, pod } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'shared-process-namespace',
  title: "Containers of a pod do not see each other's processes",
  severity: 'low',
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  rationale:
    "With a shared process namespace a container can signal the pod's other processes, read their environment and, with the same user, their files through /proc.",
  remediation:
    'Remove shareProcessNamespace. To look into a running pod, use kubectl debug with --target instead.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/'],
  faultFields: ['shareProcessNamespace'],

  *violations(pod) {
    if (pod.spec.shareProcessNamespace === true)
      yield { path: `${pod.path}.shareProcessNamespace`, actual: true, expected: 'unset or false' }
  },

  examples: {
    fail: {
      shared: { given: pod({ shareProcessNamespace: true }), at: ['spec.shareProcessNamespace'] },
      'shared in a CronJob': { given: cronJob({ shareProcessNamespace: true }) },
    },
    pass: {
      'nothing said': { given: pod() },
      'not shared': { given: pod({ shareProcessNamespace: false }) },
      "the node's processes, of which another rule speaks": { given: pod({ hostPID: true }) },
    },
    notApplicable: {
      'a Windows pod': { given: pod({ os: { name: 'windows' }, shareProcessNamespace: true }) },
    },
  },
})
