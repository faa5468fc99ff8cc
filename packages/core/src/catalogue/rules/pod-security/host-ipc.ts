// Rule: no pod shares the IPC namespace of its node.

import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'
import { hostNamespaces } from './host-namespaces.ts'

export const rule = defineRule({
  id: 'host-ipc',
  title: 'No pod shares the IPC namespace of its node',
  severity: 'high',
  subject: 'PodTemplate',
  rationale:
    'Shared memory and message queues of the node and of every other pod that shares them can then be read and written.',
  remediation: 'Leave hostIPC unset; containers of one pod share their IPC namespace anyway.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  faultFields: ['hostIPC'],

  *violations(pod) {
    if (pod.spec.hostIPC === true)
      yield { path: `${pod.path}.hostIPC`, actual: true, expected: 'unset or false' }
  },

  fix: (violation, pod) => setAt(pod.resource, violation.path, false),

  admission: hostNamespaces,

  examples: {
    fail: {
      'a Pod': { given: pod({ hostIPC: true }), at: ['spec.hostIPC'] },
      'a Deployment': { given: deployment({ hostIPC: true }), at: ['spec.template.spec.hostIPC'] },
      'a CronJob': {
        given: cronJob({ hostIPC: true }),
        at: ['spec.jobTemplate.spec.template.spec.hostIPC'],
      },
      'in kube-system too': { given: pod({ hostIPC: true, metadata: { namespace: 'kube-system' } }) },
    },
    pass: {
      'nothing said': { given: pod() },
      'said to be false': { given: deployment({ hostIPC: false }) },
      'another namespace shared': { given: pod({ hostNetwork: true }) },
    },
  },
})
