// Rule: the role that a binding refers to is there.

import { isDefaultRoleName } from '../../../kube/rbac/defaults.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, clusterRoleBinding, role, roleBinding, user } from '../../../samples/rbac.ts'
import { bindingRule, roleReference } from './bound-role.ts'

export const rule = defineRule({
  ...bindingRule,
  id: 'dangling-role-binding',
  title: 'The role that a binding refers to is there',
  severity: 'low',
  rationale:
    'Such a binding gives nothing today. Whoever creates a role of that name later decides what its subjects may do, and nobody has to bind them to it.',
  remediation: 'Delete the binding, or create the role that was meant.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review'],

  *violations(resource, { lookup }) {
    const reference = roleReference(resource)
    if (!reference) return
    const { kind, namespace, name } = reference
    if (lookup.get(kind, namespace, name)) return
    // The server makes them, so manifests refer to them without holding them.
    if (isDefaultRoleName(kind, namespace, name)) return
    yield {
      path: 'roleRef.name',
      actual: name,
      expected: `a ${kind}${namespace === undefined ? '' : ` of the namespace ${namespace}`} among what was scanned`,
    }
  },

  examples: {
    fail: {
      'no Role of that name': { given: roleBinding('missing', [user('jane')]), at: ['roleRef.name'] },
      'no ClusterRole of that name': { given: clusterRoleBinding('missing', [user('jane')]) },
      'a Role of another namespace': {
        given: roleBinding('elsewhere', [user('jane')]),
        with: [role([allow('get', 'pods')], { name: 'elsewhere', namespace: 'other' })],
      },
      'a ClusterRole, where a Role is named': {
        given: roleBinding('cluster-wide', [user('jane')]),
        with: [clusterRole([allow('get', 'pods')], { name: 'cluster-wide' })],
      },
      'a name like those of the server': { given: clusterRoleBinding('system:viewer', [user('jane')]) },
      'nobody is bound, yet': { given: roleBinding('not-made', []) },
    },
    pass: {
      'a Role of its namespace': {
        given: roleBinding('reader', [user('jane')]),
        with: [role([allow('get', 'pods')], { name: 'reader' })],
      },
      'a ClusterRole': {
        given: roleBinding('reader', [user('jane')], {}, 'ClusterRole'),
        with: [clusterRole([allow('get', 'pods')], { name: 'reader' })],
      },
      'a ClusterRole of the server': { given: clusterRoleBinding('system:auth-delegator', [user('jane')]) },
      'a Role of the server': {
        given: roleBinding('extension-apiserver-authentication-reader', [user('jane')], {
          namespace: 'kube-system',
        }),
      },
    },
  },
})
