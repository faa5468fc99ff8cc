// Rule: no role may hand on rights that its holder does not have.

import { defaultClusterRoleRules, isDefaultRole } from '../../../kube/rbac/defaults.ts'
import { type Role, readRole } from '../../../kube/rbac/kinds.ts'
import { findTakeover } from '../../../kube/rbac/power.ts'
import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule, type Lookup } from '../../../model/rule.ts'
import { aggregatedRole, allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

const rbac = 'rbac.authorization.k8s.io'

export const rule = defineRule({
  ...roleRule,
  id: 'role-bind',
  title: 'No role may bind roles that say more than it does',
  severity: 'high',
  parameters: roleParameters,
  rationale:
    'The API server lets nobody bind a role with rights that they do not have themselves, except who may bind it: they can bind cluster-admin to whomever they like, themselves included.',
  remediation:
    'Take the verb bind out, also where it hides in *, or limit it by resourceNames to roles that may be handed on, such as view.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#bind-verb'],

  // Limited to names, it is as bad as the worst role that it names.
  violations: (resource, context) =>
    roleViolations(resource, rights.bind, context, {
      countsNamed: names => names.some(name => isPowerful(name, context.lookup)),
    }),

  examples: {
    fail: {
      ClusterRoles: { given: clusterRole([allow('bind', 'clusterroles', rbac)]), at: ['rules[0].verbs'] },
      'Roles of a namespace': { given: role([allow(['get', 'bind'], 'roles', rbac)]) },
      'among all verbs': { given: clusterRole([allow('*', ['roles', 'clusterroles'], '*')]) },
      'cluster-admin by its name': {
        given: clusterRole([allow('bind', 'clusterroles', rbac, ['view', 'cluster-admin'])]),
      },
      'a powerful role by its name': {
        given: clusterRole([allow('bind', 'clusterroles', rbac, 'bindable-secret-reader')]),
        with: [clusterRole([allow('get', 'secrets')], { name: 'bindable-secret-reader' })],
      },
      'any role by its name, where that counts': {
        given: clusterRole([allow('bind', 'clusterroles', rbac, 'view')]),
        parameters: { named: true },
      },
      'ClusterRoles in a Role, where that counts': {
        given: role([allow('bind', 'clusterroles', rbac)]),
        parameters: { ineffective: true },
      },
      'a role that allows everything in the core group, by its name': {
        given: clusterRole([allow('bind', 'clusterroles', rbac, 'bindable-core')]),
        with: [clusterRole([allow('*', '*')], { name: 'bindable-core' })],
      },
      'admin, which the controller has not filled, by its name': {
        given: clusterRole([allow('bind', 'clusterroles', rbac, 'admin')]),
        with: [
          {
            ...aggregatedRole('admin', 'rbac.authorization.k8s.io/aggregate-to-admin'),
            metadata: { name: 'admin', labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } },
          },
        ],
      },
      'a role of a component that is not at hand, by its name': {
        given: clusterRole([allow('bind', 'clusterroles', rbac, 'system:kubelet-api-admin')]),
      },
    },
    pass: {
      'writing bindings': { given: role([allow(['create', 'update'], 'rolebindings', rbac)]) },
      'a harmless role by its name': {
        given: clusterRole([allow('bind', 'clusterroles', rbac, 'pod-lister')]),
        with: [clusterRole([allow('list', 'pods')], { name: 'pod-lister' })],
      },
      'a harmless role of the server by its name': {
        given: clusterRole([allow('bind', 'clusterroles', rbac, ['view', 'system:discovery'])]),
      },
      'a star that is a name here, of no role': {
        given: clusterRole([allow('bind', 'clusterroles', rbac, '*')]),
      },
      'ClusterRoles in a Role, which cannot grant it': { given: role([allow('bind', 'clusterroles', rbac)]) },
      'bindings, of which nobody asks it': {
        given: clusterRole([allow('bind', ['rolebindings', 'clusterrolebindings'], rbac)]),
      },
      'another group': { given: clusterRole([allow('bind', 'clusterroles', 'iam.example.com')]) },
      'a role that is called as one of the server, with rights that the server’s has': {
        given: serverRole('system:aggregate-to-admin', [allow('create', 'rolebindings', rbac)], {
          'rbac.authorization.k8s.io/aggregate-to-admin': 'true',
        }),
      },
      'a role of one’s own that gathers nothing, by its name': {
        given: clusterRole([allow('bind', 'clusterroles', rbac, ['edit', 'bindable-empty'])]),
        with: [
          aggregatedRole('edit', 'example.com/mine'),
          { ...clusterRole([], { name: 'bindable-empty' }), rules: undefined },
        ],
      },
      'one of the server’s that is another in this cluster, by its name': {
        given: clusterRole([allow('bind', 'clusterroles', rbac, 'system:node')]),
        with: [serverRole('system:node', [allow('get', 'pods')])],
      },
    },
  },
})

/** True where whoever is bound to the ClusterRole in all namespaces can come to every right. A Role of that name may be any role. */
function isPowerful(name: string, lookup: Lookup): boolean {
  const found = lookup.get('ClusterRole', undefined, name)
  const known = defaultClusterRoleRules(name)
  if (!found) return known !== undefined && hasPower({ ...bare(name), rules: known })
  const own = readRole(found)
  return hasPower(own.aggregationRule && isDefaultRole(own) && known ? { ...own, rules: known } : own)
}

const bare = (name: string): Role => ({ apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name } })

/** All rights are among the ways to them. */
const hasPower = (given: Role): boolean => findTakeover(given, given.rules ?? []).length > 0
