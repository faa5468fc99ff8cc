// Rule: no pod shares the process namespace of its node.

import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'
import { hostNamespaces } from './host-namespaces.ts'

export const rule = defineRule({
  id: 'host-pid',
  title: 'No pod shares the process namespace of its node',
  severity: 'high',
  subject: 'PodTemplate',
  rationale:
    'With the process list of the node come its command lines, environments and file systems under /proc, and signals to all of it.',
  remediation: 'Leave hostPID unset; give tools that must watch the node an agent of their own.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  faultFields: ['hostPID'],

  *violations(pod) {
    if (pod.spec.hostPID === true)
      yield { path: `${pod.path}.hostPID`, actual: true, expected: 'unset or false' }
  },

  fix: (violation, pod) => setAt(pod.resource, violation.path, false),

  admission: hostNamespaces,

  examples: {
    fail: {
      'a Pod': { given: pod({ hostPID: true }), at: ['spec.hostPID'] },
      'a Deployment': { given: deployment({ hostPID: true }), at: ['spec.template.spec.hostPID'] },
      'a CronJob': {
        given: cronJob({ hostPID: true }),
        at: ['spec.jobTemplate.spec.template.spec.hostPID'],
      },
      'in kube-system too': { given: pod({ hostPID: true, metadata: { namespace: 'kube-system' } }) },
    },
    pass: {
      'nothing said': { given: pod() },
      'said to be false': { given: deployment({ hostPID: false }) },
      'another namespace shared': { given: pod({ hostIPC: true }) },
      'containers of one pod share their processes': { given: pod({ shareProcessNamespace: true }) },
    },
  },
})
