// Rule: the ServiceAccounts that a binding gives rights to are there.

import { isDefaultBinding } from '../../../kube/rbac/defaults.ts'
import { defineRule } from '../../../model/rule.ts'
import { serviceAccount } from '../../../samples/objects.ts'
import { account, clusterRoleBinding, group, roleBinding, user } from '../../../samples/rbac.ts'
import { bindingRule, subjectViolations } from './bound-role.ts'

export const rule = defineRule({
  ...bindingRule,
  id: 'dangling-binding-subject',
  title: 'The ServiceAccounts that a binding names are there',
  severity: 'low',
  reads: ['ServiceAccount'],
  rationale:
    'Whoever may create a ServiceAccount of that name, or the namespace that it would be in, comes to these rights without anybody giving them.',
  remediation: 'Take the subject out, or create the ServiceAccount that was meant.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review'],

  *violations(resource, { lookup }) {
    // The server binds the ServiceAccounts of controllers before they are there.
    if (isDefaultBinding(resource)) return
    yield* subjectViolations(
      resource,
      // Kubernetes makes `default` in every namespace.
      ({ kind, name, namespace }) =>
        kind === 'ServiceAccount' && name !== 'default' && !lookup.get('ServiceAccount', namespace, name),
      ({ namespace }) => `a ServiceAccount of the namespace ${namespace} among what was scanned`,
    )
  },

  examples: {
    fail: {
      'none of that name': {
        given: roleBinding('web', [user('jane'), account('gone')]),
        at: ['subjects[1]'],
      },
      'one in another namespace': {
        given: clusterRoleBinding('view', [account('robot', 'nowhere')]),
        with: [serviceAccount({ name: 'robot' })],
      },
      'by its user name': { given: clusterRoleBinding('view', [user('system:serviceaccount:nowhere:web')]) },
    },
    pass: {
      'it is there': { given: roleBinding('web', [account('web')]), with: [serviceAccount()] },
      'in the binding’s own namespace': {
        given: roleBinding('web', [{ kind: 'ServiceAccount', name: 'web' }]),
        with: [serviceAccount()],
      },
      'users and groups, which Kubernetes does not know': {
        given: roleBinding('web', [user('nobody'), group('nobody')]),
      },
      'the default one is always there': { given: roleBinding('web', [account('default')]) },
      'a binding of the server': {
        given: clusterRoleBinding(
          'system:controller:job-controller',
          [account('job-controller', 'kube-system')],
          {
            name: 'system:controller:job-controller',
            labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
          },
        ),
      },
    },
  },
})
