// Rule: no binding gives rights to a default ServiceAccount.

import { nameOf } from '../../../kube/asset-key.ts'
import { defineRule } from '../../../model/rule.ts'
import { account, clusterRoleBinding, group, roleBinding, user } from '../../../samples/rbac.ts'
import { isNamedBy } from './accepted-names.ts'
import { bindingParameters, bindingRule, subjectViolations } from './bound-role.ts'

export const rule = defineRule({
  ...bindingRule,
  id: 'default-service-account-binding',
  title: 'No binding gives rights to a default ServiceAccount',
  severity: 'medium',
  reads: [],
  parameters: bindingParameters,
  rationale:
    'Every pod of the namespace that names no ServiceAccount runs as default and is given its token: rights meant for one workload are all of theirs.',
  remediation: 'Give the workload that needs the rights a ServiceAccount of its own, and bind that.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege'],

  *violations(resource, { parameters }) {
    if (isNamedBy(parameters.except, nameOf(resource))) return
    yield* subjectViolations(
      resource,
      ({ kind, name }) => kind === 'ServiceAccount' && name === 'default',
      'a ServiceAccount of the workload’s own',
    )
  },

  examples: {
    fail: {
      'in a namespace': {
        given: roleBinding('web', [account('web'), account('default')]),
        at: ['subjects[1]'],
      },
      'of the binding’s own namespace': {
        given: roleBinding('web', [{ kind: 'ServiceAccount', name: 'default' }]),
      },
      'in the whole cluster': { given: clusterRoleBinding('view', [account('default', 'kube-system')]) },
      'by its user name': { given: clusterRoleBinding('view', [user('system:serviceaccount:shop:default')]) },
    },
    pass: {
      'another ServiceAccount': { given: roleBinding('web', [account('default-web')]) },
      'a user and a group of that name': { given: roleBinding('web', [user('default'), group('default')]) },
      'one without a namespace, which is nobody here': {
        given: clusterRoleBinding('view', [{ kind: 'ServiceAccount', name: 'default' }]),
      },
      nobody: { given: roleBinding('web', []) },
      'an accepted binding': {
        given: roleBinding('web', [account('default')], { name: 'team-a' }),
        parameters: { except: ['team-*'] },
      },
    },
  },
})
