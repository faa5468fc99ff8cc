// Rule: no binding gives a right that was asked about.

import { nameOf } from '../../../kube/asset-key.ts'
import { isDefaultBinding } from '../../../kube/rbac/defaults.ts'
import { describeRights, grantedRights, type Right } from '../../../kube/rbac/right.ts'
import { rights } from '../../../kube/rbac/rights.ts'
import { unknownId } from '../../../model/nearest.ts'
import { defineRule } from '../../../model/rule.ts'
import {
  account,
  allow,
  clusterRole,
  clusterRoleBinding,
  group,
  role,
  roleBinding,
  serverRole,
  user,
} from '../../../samples/rbac.ts'
import { isNamedBy } from './accepted-names.ts'
import {
  bindingParameters,
  bindingRule,
  describePlaces,
  findBoundRole,
  subjectViolations,
} from './bound-role.ts'

const known = Object.keys(rights)

export const rule = defineRule({
  ...bindingRule,
  id: 'sensitive-binding',
  title: 'No binding gives a sensitive right',
  severity: 'medium',
  defaultEnabled: false,
  parameters: {
    ...bindingParameters,
    rights: {
      type: 'string[]',
      default: ['readSecrets', 'runPods', 'enterPods', 'createTokens', 'impersonate', 'escalate', 'bind'],
      description: `The rights that count: ${known.join(', ')}.`,
    },
    roles: {
      type: 'string',
      default: 'own',
      oneOf: ['own', 'any'],
      description:
        'Whether bindings of the API server’s own roles count, such as edit, which no rule judges themselves; or of any role.',
    },
  },
  rationale:
    'Rules about roles leave those alone that the API server makes, since they cannot be changed: who has a right by one of them shows in its bindings.',
  remediation: 'Bind a role without the right, or accept the binding with a rule exception.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege'],

  *violations(resource, { parameters, lookup }) {
    const asked = parameters.rights.flatMap(rightsNamed)
    const bound = findBoundRole(resource, lookup)
    if (!bound || (parameters.roles === 'own' && !bound.isDefault)) return
    // What a RoleBinding gives is what a Role could.
    const scope =
      resource.kind === 'RoleBinding'
        ? { ...bound.role, kind: 'Role', metadata: resource.metadata }
        : bound.role
    const granted = grantedRights(scope, bound.rules, asked, { named: false, ineffective: false })
    if (granted.length === 0) return
    if (isDefaultBinding(resource) || isNamedBy(parameters.except, nameOf(resource))) return
    const places = describePlaces(granted.map(({ rule: place }) => place))
    yield* subjectViolations(
      resource,
      () => true,
      `not bound to ${bound.kind} ${bound.name}, which allows ${describeRights(granted)} by ${places}`,
    )
  },

  examples: {
    fail: {
      'Secrets by edit': {
        given: roleBinding('edit', [user('jane'), group('dev')], {}, 'ClusterRole'),
        at: ['subjects[0]', 'subjects[1]'],
      },
      'exec by any role': {
        given: roleBinding('sensitive-debugger', [account('ci')]),
        with: [role([allow('create', 'pods/exec')], { name: 'sensitive-debugger' })],
        parameters: { rights: ['enterPods'], roles: 'any' },
      },
      'the kubelets, cluster-wide': {
        given: clusterRoleBinding('system:kubelet-api-admin', [user('scraper')]),
        parameters: { rights: ['proxyNodes'] },
      },
      ...Object.fromEntries(
        [
          allow('create', 'pods'),
          allow('get', 'pods/attach'),
          allow('create', 'serviceaccounts/token'),
          allow('impersonate', 'serviceaccounts'),
          allow('escalate', 'roles', 'rbac.authorization.k8s.io'),
          allow('bind', 'roles', 'rbac.authorization.k8s.io'),
        ].map(one => [
          `${one.verbs[0]} ${one.resources[0]}`,
          {
            given: roleBinding('sensitive-one', [user('jane')]),
            with: [role([one], { name: 'sensitive-one' })],
            parameters: { roles: 'any' },
          },
        ]),
      ),
      'reading Secrets by any role': {
        given: roleBinding('sensitive-reader', [user('jane')]),
        with: [role([allow('get', 'secrets')], { name: 'sensitive-reader' })],
        parameters: { roles: 'any' },
      },
    },
    pass: {
      'reading by view': { given: clusterRoleBinding('view', [user('jane')]) },
      'another right': {
        given: roleBinding('edit', [user('jane')], {}, 'ClusterRole'),
        parameters: { rights: ['escalate'] },
      },
      'a role of one’s own, which is judged itself': {
        given: roleBinding('debugger', [user('jane')]),
        with: [role([allow('create', 'pods/exec')], { name: 'debugger' })],
      },
      'what a RoleBinding cannot give': {
        given: roleBinding('node-proxy', [user('jane')], {}, 'ClusterRole'),
        with: [clusterRole([allow('get', 'nodes/proxy')], { name: 'node-proxy' })],
        parameters: { rights: ['proxyNodes'], roles: 'any' },
      },
      'a binding of the server': {
        given: clusterRoleBinding(
          'system:kube-controller-manager',
          [user('system:kube-controller-manager')],
          {
            name: 'system:kube-controller-manager',
            labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
          },
        ),
        with: [serverRole('system:kube-controller-manager', [allow('get', 'secrets')])],
      },
      'an accepted binding': {
        given: roleBinding('edit', [user('jane')], { name: 'team-shop' }, 'ClusterRole'),
        parameters: { except: ['team-*'] },
      },
      'one Secret by its name': {
        given: roleBinding('sensitive-named', [user('jane')]),
        with: [role([allow('get', 'secrets', '', 'logo')], { name: 'sensitive-named' })],
        parameters: { roles: 'any' },
      },
      'a role that is not there': { given: roleBinding('sensitive-gone', [user('jane')]) },
    },
  },
})

/** Throws on a name that is none, which gives an error for each subject rather than a pass. */
function rightsNamed(name: string): readonly Right[] {
  if (!Object.hasOwn(rights, name)) throw new Error(unknownId('right', name, known))
  return rights[name as keyof typeof rights]
}
