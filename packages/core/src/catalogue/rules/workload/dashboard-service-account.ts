// Rule: no workload uses the ServiceAccount of the Kubernetes Dashboard.

import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, deployment, pod } from '../../../samples/pods.ts'
import { isDashboardImage } from '../images/known-images.ts'

const dashboard = 'kubernetes-dashboard'

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
    const { serviceAccountName, serviceAccount } = pod.spec
    const isOldField = serviceAccountName === undefined
    if ((isOldField ? serviceAccount : serviceAccountName) !== dashboard) return
    if (pod.containers.some(({ image }) => image !== undefined && isDashboardImage(image))) return
    yield {
      path: `${pod.path}.${isOldField ? 'serviceAccount' : 'serviceAccountName'}`,
      actual: dashboard,
      expected: 'a ServiceAccount of its own',
    }
  },

  examples: {
    fail: {
      'a Deployment': {
        given: deployment({ serviceAccountName: dashboard }),
        at: ['spec.template.spec.serviceAccountName'],
      },
      'by the old name of the field': {
        given: pod({ serviceAccount: dashboard }),
        at: ['spec.serviceAccount'],
      },
      'a CronJob that is named like the Dashboard': {
        given: {
          ...cronJob({ serviceAccountName: dashboard }),
          metadata: { name: dashboard },
        },
      },
    },
    pass: {
      'nothing said': { given: pod() },
      'another ServiceAccount': { given: pod({ serviceAccountName: 'kubernetes-dashboard-reader' }) },
      'the Dashboard itself': {
        given: deployment({
          serviceAccountName: dashboard,
          containers: [container({ image: 'docker.io/kubernetesui/dashboard:v2.7.0' })],
        }),
      },
    },
  },
})
