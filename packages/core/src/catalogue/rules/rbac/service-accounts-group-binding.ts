// Rule: no binding gives rights to all ServiceAccounts at once.

import { nameOf } from '../../../kube/asset-key.ts'
import { isDefaultBinding } from '../../../kube/rbac/defaults.ts'
import { serviceAccounts } from '../../../kube/rbac/identity.ts'
import { defineRule } from '../../../model/rule.ts'
import { account, clusterRoleBinding, group, roleBinding, user } from '../../../samples/rbac.ts'
import { isNamedBy } from './accepted-names.ts'
import { bindingParameters, bindingRule, subjectViolations } from './bound-role.ts'
import { givesPublicInformation, publicParameters } from './public-information.ts'

export const rule = defineRule({
  ...bindingRule,
  id: 'service-accounts-group-binding',
  title: 'No binding gives rights to all ServiceAccounts',
  severity: 'medium',
  parameters: {
    ...bindingParameters,
    ...publicParameters,
    ofNamespaces: {
      type: 'boolean',
      default: false,
      description: 'Whether the group of all ServiceAccounts of one namespace counts too.',
    },
  },
  rationale:
    'The group system:serviceaccounts is every ServiceAccount of every namespace: whoever gets into any pod with a token has these rights.',
  remediation: 'Bind the ServiceAccounts that need the rights, one by one.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#service-account-permissions'],

  *violations(resource, { parameters, lookup }) {
    const { ofNamespaces } = parameters
    const found = [
      ...subjectViolations(
        resource,
        ({ kind, name }) =>
          kind === 'Group' &&
          (name === serviceAccounts || (ofNamespaces && name.startsWith(`${serviceAccounts}:`))),
        'the ServiceAccounts that need it',
      ),
    ]
    if (found.length === 0) return
    if (isDefaultBinding(resource) || isNamedBy(parameters.except, nameOf(resource))) return
    if (parameters.allowPublic && givesPublicInformation(resource, lookup, 'known')) return
    yield* found
  },

  examples: {
    fail: {
      'in the whole cluster': {
        given: clusterRoleBinding('view', [group('system:serviceaccounts')]),
        at: ['subjects[0]'],
      },
      'in a namespace': { given: roleBinding('web', [account('web'), group('system:serviceaccounts')]) },
      'of one namespace, where that counts': {
        given: clusterRoleBinding('view', [group('system:serviceaccounts:shop')]),
        parameters: { ofNamespaces: true },
      },
      'public information, where that counts too': {
        given: clusterRoleBinding('system:discovery', [group('system:serviceaccounts')]),
        parameters: { allowPublic: false },
      },
    },
    pass: {
      'one ServiceAccount': { given: clusterRoleBinding('view', [account('web')]) },
      'of one namespace': { given: roleBinding('web', [group('system:serviceaccounts:shop')]) },
      'a user of that name': { given: clusterRoleBinding('view', [user('system:serviceaccounts')]) },
      'the keys that tokens are checked by': {
        given: clusterRoleBinding('system:service-account-issuer-discovery', [
          group('system:serviceaccounts'),
        ]),
      },
      'an accepted binding': {
        given: clusterRoleBinding('view', [group('system:serviceaccounts')], { name: 'team-a' }),
        parameters: { except: ['team-*'] },
      },
      'which APIs there are': {
        given: clusterRoleBinding('system:discovery', [group('system:serviceaccounts')]),
      },
      'another group, where those of namespaces count': {
        given: clusterRoleBinding('view', [group('dev')]),
        parameters: { ofNamespaces: true },
      },
      'the binding of the server, where public information counts too': {
        given: clusterRoleBinding(
          'system:service-account-issuer-discovery',
          [group('system:serviceaccounts')],
          {
            name: 'system:service-account-issuer-discovery',
            labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
          },
        ),
        parameters: { allowPublic: false },
      },
    },
  },
})
