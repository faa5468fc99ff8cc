// Rule: no Pod stands alone, without a controller that would replace it.

import { defineRule } from '../../../model/rule.ts'
import { pod } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'naked-pod',
  title: 'Every Pod is kept by a controller',
  severity: 'low',
  subject: 'Pod',
  rationale:
    'A Pod that nothing owns is gone when its node is drained or lost: nobody starts it again, and no rollout changes it.',
  remediation:
    'Make it the template of a Deployment, StatefulSet, DaemonSet, Job or CronJob, whichever fits its work.',
  references: ['https://kubernetes.io/docs/concepts/workloads/controllers/'],

  *violations(pod) {
    const owners = pod.metadata.ownerReferences
    if (!owners || owners.length === 0)
      yield { path: 'metadata.ownerReferences', actual: owners, expected: 'an owner, such as a ReplicaSet' }
  },

  examples: {
    fail: {
      'a Pod of a manifest': { given: pod(), at: ['metadata.ownerReferences'] },
      'an empty list of owners': { given: pod({ metadata: { ownerReferences: [] } }) },
      'in kube-system too': { given: pod({ metadata: { namespace: 'kube-system' } }) },
    },
    pass: {
      'owned by a ReplicaSet': {
        given: pod({
          metadata: {
            ownerReferences: [
              { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d8', controller: true },
            ],
          },
        }),
      },
      'a static pod, which its node keeps': {
        given: pod({ metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'worker-1' }] } }),
      },
    },
  },
})
