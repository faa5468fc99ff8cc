// Rule: no pod acts in the cluster as the default ServiceAccount.

import { valueAt } from '../../../kube/path.ts'
import { defineRule } from '../../../model/rule.ts'
import { serviceAccount } from '../../../samples/objects.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'
import { mountsToken, serviceAccountOf } from './service-account-of.ts'

export const rule = defineRule({
  id: 'default-service-account',
  title: 'No pod acts as the default ServiceAccount',
  severity: 'low',
  subject: 'PodTemplate',
  reads: ['ServiceAccount'],
  parameters: {
    evenWithoutToken: {
      type: 'boolean',
      default: false,
      description: 'Whether a pod that gets no token must name a ServiceAccount of its own too.',
    },
  },
  rationale:
    'All pods of the namespace that name no ServiceAccount share this one: rights meant for one of them are everybody’s, and the audit log cannot tell them apart.',
  remediation:
    'Give the workload a ServiceAccount of its own by serviceAccountName, or set automountServiceAccountToken: false where it never calls the API server.',
  references: ['https://kubernetes.io/docs/concepts/security/service-accounts/'],

  *violations(pod, { parameters: { evenWithoutToken }, lookup }) {
    const account = serviceAccountOf(pod)
    if (account?.name !== 'default') return
    if (!evenWithoutToken && !mountsToken(pod, account, lookup)) return
    yield {
      path: account.path,
      actual: valueAt(pod.resource, account.path),
      expected: 'a ServiceAccount of its own',
    }
  },

  examples: {
    fail: {
      'nothing said': { given: pod(), at: ['spec.serviceAccountName'] },
      named: { given: deployment({ serviceAccountName: 'default' }) },
      'an empty name': { given: cronJob({ serviceAccountName: '' }) },
      'by the old field': { given: pod({ serviceAccount: 'default' }), at: ['spec.serviceAccount'] },
      'without a token, where that counts too': {
        given: pod({ automountServiceAccountToken: false }),
        parameters: { evenWithoutToken: true },
      },
    },
    pass: {
      'one of its own': { given: deployment({ serviceAccountName: 'web' }) },
      'one of its own by the old field': { given: deployment({ serviceAccount: 'web' }) },
      'without a token': { given: pod({ automountServiceAccountToken: false }) },
      'without a token by the ServiceAccount': {
        given: pod(),
        with: [serviceAccount({ name: 'default' }, { automountServiceAccountToken: false })],
      },
      'a static pod can have none': {
        given: pod({
          metadata: {
            annotations: { 'kubernetes.io/config.mirror': '7d1f' },
            ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'worker-1', controller: true }],
          },
        }),
      },
    },
  },
})
