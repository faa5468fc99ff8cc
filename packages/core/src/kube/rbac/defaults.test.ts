import { describe, expect, test } from 'vitest'
import {
  aggregatedRole,
  allow,
  clusterRole,
  clusterRoleBinding,
  group,
  role,
  roleBinding,
  serverRole,
  user,
} from '../../samples/rbac.ts'
import { gatherRules } from './aggregation.ts'
import { isCovered } from './coverage.ts'
import {
  defaultClusterRoleRules,
  defaultClusterRoles,
  isDefaultBinding,
  isDefaultRole,
  isDefaultRoleName,
} from './defaults.ts'

const labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' }
const certificates = 'certificates.k8s.io'
const account = (name: string) => ({ kind: 'ServiceAccount', name, namespace: 'kube-system' })

describe('a role of the API server', () => {
  test.each([
    ['as it is made', serverRole('cluster-admin', [allow('*', '*', '*')])],
    ['narrowed', serverRole('system:kube-scheduler', [allow('get', 'pods')])],
    ['without rules', serverRole('system:node', [])],
    [
      'in a namespace',
      role([allow(['get', 'list', 'watch'], 'secrets')], {
        name: 'system:controller:bootstrap-signer',
        namespace: 'kube-system',
        labels,
      }),
    ],
    [
      'that gathers rules, whatever they are',
      {
        ...aggregatedRole('edit', 'rbac.authorization.k8s.io/aggregate-to-edit', [
          allow('*', 'widgets', 'example.com'),
        ]),
        metadata: {
          name: 'edit',
          labels: { ...labels, 'rbac.authorization.k8s.io/aggregate-to-admin': 'true' },
        },
      },
    ],
  ])('%s', (_, resource) => {
    expect(isDefaultRole(resource)).toBe(true)
  })

  test.each([
    ['without the label', clusterRole([allow('*', '*', '*')], { name: 'cluster-admin' })],
    [
      'with another value of it',
      clusterRole([], { name: 'cluster-admin', labels: { 'kubernetes.io/bootstrapping': 'true' } }),
    ],
    ['with a name that the server does not use', serverRole('system:viewer', [allow('get', 'pods')])],
    ['widened by a verb', serverRole('system:kube-scheduler', [allow(['get', 'update'], 'nodes')])],
    [
      'widened by a resource',
      serverRole('system:kube-dns', [allow(['list', 'watch'], ['services', 'secrets'])]),
    ],
    ['widened by a group', serverRole('system:kube-dns', [allow(['list', 'watch'], 'services', '*')])],
    [
      'widened by names left out',
      serverRole('system:certificates.k8s.io:kubelet-serving-approver', [
        allow('approve', 'signers', certificates),
      ]),
    ],
    ['widened by a URL', serverRole('system:monitoring', [{ verbs: ['get'], nonResourceURLs: ['/*'] }])],
    [
      'that is added to another than it is meant for',
      serverRole('system:aggregate-to-admin', [], { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' }),
    ],
    [
      'in another namespace',
      role([], { name: 'system:controller:bootstrap-signer', namespace: 'shop', labels }),
    ],
    [
      'that gathers by another label',
      { ...aggregatedRole('edit', 'example.com/to-edit'), metadata: { name: 'edit', labels } },
    ],
  ])('no more, %s', (_, resource) => {
    expect(isDefaultRole(resource)).toBe(false)
  })
})

describe('a binding of the API server', () => {
  const discovery = (subjects: Parameters<typeof clusterRoleBinding>[1], metadata = {}) =>
    clusterRoleBinding('system:discovery', subjects, { name: 'system:discovery', labels, ...metadata })

  test.each([
    ['for the group', discovery([group('system:authenticated')])],
    ['for nobody', discovery([])],
    [
      'of a controller',
      clusterRoleBinding('system:controller:job-controller', [account('job-controller')], {
        name: 'system:controller:job-controller',
        labels,
      }),
    ],
    [
      'in a namespace',
      roleBinding('system:controller:token-cleaner', [account('token-cleaner')], {
        name: 'system:controller:token-cleaner',
        namespace: 'kube-system',
        labels,
      }),
    ],
  ])('%s', (_, resource) => {
    expect(isDefaultBinding(resource)).toBe(true)
  })

  test.each([
    ['without the label', discovery([group('system:authenticated')], { labels: {} })],
    ['with one subject more', discovery([group('system:authenticated'), user('jane')])],
    ['as until 1.13, for those who have not logged in', discovery([group('system:unauthenticated')])],
    ['for a user of the group’s name', discovery([user('system:authenticated')])],
    [
      'to another role',
      clusterRoleBinding('cluster-admin', [group('system:authenticated')], {
        name: 'system:discovery',
        labels,
      }),
    ],
    [
      'of one controller for another',
      clusterRoleBinding('system:controller:job-controller', [account('cronjob-controller')], {
        name: 'system:controller:job-controller',
        labels,
      }),
    ],
    [
      'of a controller that there is not',
      clusterRoleBinding('system:controller:robot', [account('robot')], {
        name: 'system:controller:robot',
        labels,
      }),
    ],
    [
      'to a ClusterRole of the Role’s name',
      roleBinding(
        'system:controller:token-cleaner',
        [account('token-cleaner')],
        { name: 'system:controller:token-cleaner', namespace: 'kube-system', labels },
        'ClusterRole',
      ),
    ],
  ])('no more, %s', (_, resource) => {
    expect(isDefaultBinding(resource)).toBe(false)
  })
})

describe('the roles that are supposed to be there', () => {
  test('admin has what edit has, and edit what view has', () => {
    const [admin = [], edit = [], view = []] = ['admin', 'edit', 'view'].map(defaultClusterRoleRules)
    expect(view.length).toBeGreaterThan(0)
    expect(view.filter(rule => !isCovered(rule, edit))).toEqual([])
    expect(edit.filter(rule => !isCovered(rule, admin))).toEqual([])
    expect(admin.filter(rule => !isCovered(rule, edit)).map(({ apiGroups }) => apiGroups)).toEqual([
      ['authorization.k8s.io'],
      ['rbac.authorization.k8s.io'],
    ])
  })

  test('are all their own, and gather what they are said to have', () => {
    const roles = defaultClusterRoles()
    expect(roles.filter(one => !isDefaultRole(one))).toEqual([])
    for (const [one, gathered] of gatherRules(roles))
      expect(gathered.map(({ rule }) => rule)).toEqual(defaultClusterRoleRules(one.metadata.name ?? ''))
    expect(gatherRules(roles).size).toBe(3)
  })

  test('are known by kind, namespace and name', () => {
    expect(isDefaultRoleName('ClusterRole', undefined, 'system:node')).toBe(true)
    expect(isDefaultRoleName('ClusterRole', undefined, 'system:nodes')).toBe(false)
    expect(isDefaultRoleName('Role', 'kube-system', 'extension-apiserver-authentication-reader')).toBe(true)
    expect(isDefaultRoleName('Role', 'shop', 'extension-apiserver-authentication-reader')).toBe(false)
    expect(defaultClusterRoleRules('system:viewer')).toBeUndefined()
  })
})
