// Rule: no workload uses the ServiceAccount of the Kubernetes Dashboard.

import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, deployment, pod } from '../../../samples/pods.ts'
import { isDashboardImage } from '../images/known-images.ts'

export const rule = defineRule({
  id: 'dashboard-service-account',
  title: "No other workload uses the Dashboard's ServiceAccount",
  severity: 'medium',
  subject: 'PodTemplate',
  rationale:
    "The Kubernetes Dashboard's ServiceAccount has often been given wide rights so that the Dashboard shows everything; a pod that uses it has them all.",
  remediation: 'Give the workload a ServiceAccount of its own, with the rights that it needs.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],

  *violations(pod) {
    if (pod.containers.some(({ image }) => isDashboardImage(image))) return
    for (const field of ['serviceAccountName', 'serviceAccount'] as const)
      if (pod.spec[field] === 'kubernetes-dashboard') {
        yield {
          path: `${pod.path}.${field}`,
          actual: pod.spec[field],
          expected: 'a ServiceAccount of its own',
        }
        return
      }
  },

  examples: {
    fail: {
      'a Deployment': {
        given: deployment({ serviceAccountName: 'kubernetes-dashboard' }),
        at: ['spec.template.spec.serviceAccountName'],
      },
      'by the old name of the field': {
        given: pod({ serviceAccount: 'kubernetes-dashboard' }),
        at: ['spec.serviceAccount'],
      },
      'a CronJob that is named like the Dashboard': {
        given: {
          ...cronJob({ serviceAccountName: 'kubernetes-dashboard' }),
          metadata: { name: 'kubernetes-dashboard' },
        },
      },
    },
    pass: {
      'nothing said': { given: pod() },
      'another ServiceAccount': { given: pod({ serviceAccountName: 'kubernetes-dashboard-reader' }) },
      'the Dashboard itself': {
        given: deployment({
          serviceAccountName: 'kubernetes-dashboard',
          containers: [container({ image: 'docker.io/kubernetesui/dashboard:v2.7.0' })],
        }),
      },
    },
  },
})
