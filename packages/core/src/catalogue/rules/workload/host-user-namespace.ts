// Rule: every pod has a user namespace of its own.

import { defineRule } from '../../../model/rule.ts'
import { cronJob, pod } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'host-user-namespace',
  title: 'Every pod runs in its own user namespace',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  appliesTo: { os: 'linux', kubernetes: { min: '1.30' } },
  rationale:
    'In a user namespace of its own, root in the container is nobody on the node, and capabilities hold inside the pod only. Off by default: it needs support by the node, the runtime and every volume, and it is not possible together with host namespaces.',
  remediation: 'Set hostUsers: false on the pod.',
  references: ['https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/'],

  *violations(pod) {
    const { hostUsers } = pod.spec
    if (hostUsers !== false) yield { path: `${pod.path}.hostUsers`, actual: hostUsers, expected: 'false' }
  },

  examples: {
    fail: {
      'nothing said': { given: pod(), at: ['spec.hostUsers'] },
      "said to share the node's, in a CronJob": { given: cronJob({ hostUsers: true }) },
    },
    pass: {
      'its own': { given: pod({ hostUsers: false }) },
      'its own, in a CronJob': { given: cronJob({ hostUsers: false }) },
    },
    notApplicable: {
      'a Windows pod': { given: pod({ os: { name: 'windows' } }) },
    },
  },
})
