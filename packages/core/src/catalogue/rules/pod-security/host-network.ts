// Rule: no pod shares the network of its node.

import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'
import { hostNamespaces } from './host-namespaces.ts'

export const rule = defineRule({
  id: 'host-network',
  title: 'No pod shares the network of its node',
  severity: 'high',
  subject: 'PodTemplate',
  rationale:
    'On the network of the node a pod reaches services that listen on loopback only, sees all traffic, and no network policy holds it.',
  remediation: 'Leave hostNetwork unset; publish ports through a Service.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  faultFields: ['hostNetwork'],

  *violations(pod) {
    if (pod.spec.hostNetwork === true)
      yield { path: `${pod.path}.hostNetwork`, actual: true, expected: 'unset or false' }
  },

  fix: (violation, pod) => setAt(pod.resource, violation.path, false),

  admission: hostNamespaces,

  examples: {
    fail: {
      'a Pod': { given: pod({ hostNetwork: true }), at: ['spec.hostNetwork'] },
      'a Deployment': { given: deployment({ hostNetwork: true }), at: ['spec.template.spec.hostNetwork'] },
      'a CronJob': {
        given: cronJob({ hostNetwork: true }),
        at: ['spec.jobTemplate.spec.template.spec.hostNetwork'],
      },
      'in kube-system too': { given: pod({ hostNetwork: true, metadata: { namespace: 'kube-system' } }) },
    },
    pass: {
      'nothing said': { given: pod() },
      'said to be false': { given: deployment({ hostNetwork: false }) },
      'another namespace shared': { given: pod({ hostPID: true }) },
    },
  },
})
