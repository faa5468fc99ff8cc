// Rule: the ServiceAccount that a pod names is there.

import { defineRule } from '../../../model/rule.ts'
import { serviceAccount } from '../../../samples/objects.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'
import { serviceAccountOf } from './service-account-of.ts'

export const rule = defineRule({
  id: 'missing-service-account',
  title: 'The ServiceAccount that a pod names is there',
  severity: 'low',
  subject: 'PodTemplate',
  reads: ['ServiceAccount'],
  rationale:
    'Pods with a ServiceAccount that does not exist are refused: the workload never starts. Whoever may create one of that name later decides what it may do.',
  remediation: 'Create the ServiceAccount in the namespace of the workload, or correct the name.',
  references: ['https://kubernetes.io/docs/concepts/security/service-accounts/'],

  *violations(pod, { lookup }) {
    const account = serviceAccountOf(pod)
    // Kubernetes makes `default` in every namespace.
    if (!account || account.name === 'default') return
    if (!lookup.get('ServiceAccount', pod.namespace, account.name))
      yield {
        path: account.path,
        actual: account.name,
        expected: `a ServiceAccount of the namespace ${pod.namespace} among what was scanned`,
      }
  },

  examples: {
    fail: {
      'none of that name': { given: pod({ serviceAccountName: 'web' }), at: ['spec.serviceAccountName'] },
      'one of that name in another namespace': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [serviceAccount({ namespace: 'other' })],
      },
      'named by the old field': { given: cronJob({ serviceAccount: 'web' }) },
      'a foreign kind of that name': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [{ ...serviceAccount(), apiVersion: 'example.com/v1' }, serviceAccount({ name: 'api' })],
      },
    },
    pass: {
      'it is there': { given: deployment({ serviceAccountName: 'web' }), with: [serviceAccount()] },
      'the default one is always there': { given: pod({ serviceAccountName: 'default' }) },
      'none named': { given: cronJob() },
    },
  },
})
