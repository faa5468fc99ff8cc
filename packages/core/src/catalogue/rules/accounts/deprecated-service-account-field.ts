// Rule: a pod names its ServiceAccount by the field that counts.

import { removeAt, setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'deprecated-service-account-field',
  title: 'A pod names its ServiceAccount by serviceAccountName',
  severity: 'low',
  subject: 'PodTemplate',
  rationale:
    'The field serviceAccount is deprecated, and is passed over where serviceAccountName names another: the pod then runs with other rights than it seems to.',
  remediation: 'Write serviceAccountName instead, and drop serviceAccount.',
  references: ['https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec'],
  faultFields: ['serviceAccount'],

  *violations(pod) {
    const { serviceAccount, serviceAccountName } = pod.spec
    // The API server fills in the old field with the same name.
    if (serviceAccount && serviceAccount !== serviceAccountName)
      yield {
        path: `${pod.path}.serviceAccount`,
        actual: serviceAccount,
        expected: serviceAccountName ? `unset, or ${serviceAccountName}` : 'serviceAccountName instead',
      }
  },

  fix: ({ path }, pod) => [
    ...(pod.spec.serviceAccountName
      ? []
      : setAt(pod.resource, `${pod.path}.serviceAccountName`, pod.spec.serviceAccount)),
    ...removeAt(pod.resource, path),
  ],

  examples: {
    fail: {
      'the old field alone': {
        given: pod({ serviceAccount: 'web' }),
        at: ['spec.serviceAccount'],
        mended: { 'spec.serviceAccountName': 'web', 'spec.serviceAccount': undefined },
      },
      'beside an empty name': { given: deployment({ serviceAccount: 'web', serviceAccountName: '' }) },
      'two names, of which the new one counts': {
        given: pod({ serviceAccount: 'web', serviceAccountName: 'api' }),
        mended: { 'spec.serviceAccountName': 'api', 'spec.serviceAccount': undefined },
      },
      'in a CronJob': { given: cronJob({ serviceAccount: 'web' }) },
    },
    pass: {
      'nothing said': { given: pod() },
      'the new field alone': { given: deployment({ serviceAccountName: 'web' }) },
      'the same name in both, as the API server writes it': {
        given: pod({ serviceAccount: 'web', serviceAccountName: 'web' }),
      },
      'an empty old field': { given: pod({ serviceAccount: '' }) },
    },
  },
})
