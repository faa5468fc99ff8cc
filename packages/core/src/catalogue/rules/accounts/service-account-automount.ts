// Rule: a ServiceAccount does not hand its token to every pod that runs as it.

import { readServiceAccount } from '../../../kube/kinds/service-account.ts'
import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { serviceAccount } from '../../../samples/objects.ts'

export const rule = defineRule({
  id: 'service-account-automount',
  title: 'A ServiceAccount does not hand its token to every pod',
  severity: 'low',
  defaultEnabled: false,
  subject: 'ServiceAccount',
  rationale:
    'Pods that need no token get it unless their authors think of turning it off; turned off here, those that need it ask for it.',
  remediation:
    'Set automountServiceAccountToken: false on the ServiceAccount, and true in the pods that call the API server.',
  references: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  ],

  *violations(resource) {
    const { automountServiceAccountToken } = readServiceAccount(resource)
    if (automountServiceAccountToken !== false)
      yield {
        path: 'automountServiceAccountToken',
        actual: automountServiceAccountToken,
        expected: 'false',
      }
  },

  fix: (violation, resource) => setAt(resource, violation.path, false),

  examples: {
    fail: {
      'nothing said': { given: serviceAccount(), at: ['automountServiceAccountToken'] },
      'said to be true': { given: serviceAccount({}, { automountServiceAccountToken: true }) },
      'the default one': { given: serviceAccount({ name: 'default' }) },
    },
    pass: {
      'turned off': { given: serviceAccount({}, { automountServiceAccountToken: false }) },
    },
  },
})
