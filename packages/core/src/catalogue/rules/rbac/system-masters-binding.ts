// Rule: no binding names the group system:masters.

import { nameOf } from '../../../kube/asset-key.ts'
import { isDefaultBinding } from '../../../kube/rbac/defaults.ts'
import { masters } from '../../../kube/rbac/identity.ts'
import { defineRule } from '../../../model/rule.ts'
import { clusterRoleBinding, group, roleBinding, user } from '../../../samples/rbac.ts'
import { isNamedBy } from './accepted-names.ts'
import { bindingParameters, bindingRule, subjectViolations } from './bound-role.ts'

export const rule = defineRule({
  ...bindingRule,
  id: 'system-masters-binding',
  title: 'No binding names the group system:masters',
  severity: 'medium',
  reads: [],
  parameters: bindingParameters,
  rationale:
    'Members of system:masters may do everything, whatever RBAC says: a binding adds nothing, and shows that somebody uses the group, whose certificates cannot be revoked or limited.',
  remediation:
    'Take the subject out, and issue the credentials anew for a group of your own that is bound to the role which it needs.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege'],

  *violations(resource, { parameters }) {
    if (isDefaultBinding(resource) || isNamedBy(parameters.except, nameOf(resource))) return
    yield* subjectViolations(
      resource,
      ({ kind, name }) => kind === 'Group' && name === masters,
      'a group of your own',
    )
  },

  examples: {
    fail: {
      'in the whole cluster': {
        given: clusterRoleBinding('view', [user('jane'), group('system:masters')]),
        at: ['subjects[1]'],
      },
      'in a namespace': { given: roleBinding('web', [group('system:masters')]) },
      'a binding that only looks like that of the server': {
        given: clusterRoleBinding('cluster-admin', [group('system:masters')], { name: 'cluster-admin' }),
      },
    },
    pass: {
      'the binding of the server': {
        given: clusterRoleBinding('cluster-admin', [group('system:masters')], {
          name: 'cluster-admin',
          labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
        }),
      },
      'a user of that name': { given: clusterRoleBinding('view', [user('system:masters')]) },
      'other groups': { given: clusterRoleBinding('view', [group('masters'), group('system:masters:eu')]) },
      nobody: { given: clusterRoleBinding('view', []) },
      'an accepted binding': {
        given: clusterRoleBinding('view', [group('system:masters')], { name: 'team-a' }),
        parameters: { except: ['team-*'] },
      },
    },
  },
})
