// Rule: the Kubernetes Dashboard's role is bound to the Dashboard alone.

import { nameOf } from '../../../kube/asset-key.ts'
import { defineRule } from '../../../model/rule.ts'
import { account, clusterRoleBinding, group, roleBinding, user } from '../../../samples/rbac.ts'
import { isNamedBy } from './accepted-names.ts'
import { bindingParameters, bindingRule, roleReference, subjectViolations } from './bound-role.ts'

const dashboard = 'kubernetes-dashboard'

export const rule = defineRule({
  ...bindingRule,
  id: 'dashboard-role-binding',
  title: 'The Dashboard’s role is bound to the Dashboard alone',
  severity: 'medium',
  reads: [],
  parameters: bindingParameters,
  rationale:
    'The role kubernetes-dashboard lets the Dashboard read its own Secrets and reach its metrics; many clusters have widened it so that the Dashboard shows more, and everybody who is bound to it has that too.',
  remediation: 'Bind people to roles of their own; they log in to the Dashboard with their own tokens.',
  references: ['https://github.com/kubernetes/dashboard/blob/master/docs/user/access-control/README.md'],

  *violations(resource, { parameters }) {
    if (roleReference(resource)?.name !== dashboard || isNamedBy(parameters.except, nameOf(resource))) return
    yield* subjectViolations(
      resource,
      ({ kind, name }) => kind !== 'ServiceAccount' || name !== dashboard,
      'the ServiceAccount kubernetes-dashboard',
    )
  },

  examples: {
    fail: {
      groups: {
        given: clusterRoleBinding(dashboard, [account(dashboard, dashboard), group('dev')]),
        at: ['subjects[1]'],
      },
      'a user, in a namespace': { given: roleBinding(dashboard, [user('jane')], {}, 'ClusterRole') },
      'another ServiceAccount': { given: clusterRoleBinding(dashboard, [account('headlamp', dashboard)]) },
      'a user of that name': { given: clusterRoleBinding(dashboard, [user(dashboard)]) },
    },
    pass: {
      'the Dashboard': { given: roleBinding(dashboard, [account(dashboard, dashboard)]) },
      'another role': { given: clusterRoleBinding('kubernetes-dashboard-viewer', [user('jane')]) },
      nobody: { given: clusterRoleBinding(dashboard, []) },
      'an accepted binding': {
        given: clusterRoleBinding(dashboard, [group('dev')], { name: 'team-a' }),
        parameters: { except: ['team-*'] },
      },
      'no role': { given: { ...clusterRoleBinding('', [group('dev')]), roleRef: undefined } },
    },
  },
})
