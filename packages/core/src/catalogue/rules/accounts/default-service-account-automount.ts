// Rule: the default ServiceAccount of a namespace does not hand its token to pods.

import { readServiceAccount } from '../../../kube/kinds/service-account.ts'
import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { serviceAccount } from '../../../samples/objects.ts'

const theDefault = (fields = {}, namespace = 'shop') => serviceAccount({ name: 'default', namespace }, fields)

export const rule = defineRule({
  id: 'default-service-account-automount',
  title: 'The default ServiceAccount does not hand its token to pods',
  severity: 'low',
  subject: 'ServiceAccount',
  rationale:
    'Every pod that names no ServiceAccount runs as this one: each right it is ever given reaches all of them by their tokens.',
  remediation:
    'Set automountServiceAccountToken: false on the ServiceAccount default of each namespace, and give pods that call the API server one of their own.',
  references: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  ],

  *violations(resource) {
    const { metadata, automountServiceAccountToken } = readServiceAccount(resource)
    if (metadata.name === 'default' && automountServiceAccountToken !== false)
      yield {
        path: 'automountServiceAccountToken',
        actual: automountServiceAccountToken,
        expected: 'false',
      }
  },

  fix: (violation, resource) => setAt(resource, violation.path, false),

  examples: {
    fail: {
      'nothing said': { given: theDefault(), at: ['automountServiceAccountToken'] },
      'said to be true': { given: theDefault({ automountServiceAccountToken: true }) },
      'in kube-system too': { given: theDefault({}, 'kube-system') },
    },
    pass: {
      'turned off': { given: theDefault({ automountServiceAccountToken: false }) },
      'another ServiceAccount': { given: serviceAccount({ name: 'default-web' }) },
    },
  },
})
