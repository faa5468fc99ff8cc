import { describe, expect, it } from 'vitest'
import type { Resource } from '../../model/resource.ts'
import { object } from '../../samples/objects.ts'
import { cronJob, deployment, pod } from '../../samples/pods.ts'
import { boundAccounts } from './bound-accounts.ts'
import { usedAccounts } from './used-accounts.ts'

const binding = (subjects: unknown, metadata: object = {}, kind = 'ClusterRoleBinding') =>
  object('rbac.authorization.k8s.io/v1', kind, metadata, { subjects })
const account = (name: string, namespace?: string) => ({
  kind: 'ServiceAccount',
  name,
  ...(namespace && { namespace }),
})

describe('bound accounts', () => {
  const own = { 'kubernetes.io/bootstrapping': 'rbac-defaults' }
  it.each<[string, Resource[], string[]]>([
    [
      'of every binding and subject',
      [binding([account('a', 'x'), account('b', 'y')]), binding([account('c', 'z')])],
      ['x/a', 'y/b', 'z/c'],
    ],
    [
      'in the namespace of the binding',
      [binding([account('a')], { namespace: 'x' }, 'RoleBinding')],
      ['x/a'],
    ],
    [
      'but no users and groups',
      [binding([{ kind: 'User', name: 'a' }, { kind: 'Group', name: 'b' }, null])],
      [],
    ],
    [
      'but not of the cluster’s own bindings',
      [binding([account('a', 'x')], { name: 'system:x', labels: own })],
      [],
    ],
    [
      'of bindings that only have the label',
      [binding([account('a', 'x')], { name: 'mine', labels: own })],
      ['x/a'],
    ],
    ['of bindings that only have the name', [binding([account('a', 'x')], { name: 'system:x' })], ['x/a']],
    ['of nobody', [binding(undefined), binding('all')], []],
  ])('%s', (_, resources, expected) => {
    expect([...boundAccounts.from(resources).keys()]).toEqual(expected)
  })

  it('name the first binding', () => {
    const [first, second] = [
      binding([account('a', 'x')], { name: '1' }),
      binding([account('a', 'x')], { name: '2' }),
    ]
    expect(boundAccounts.from([first, second]).get('x/a')).toBe(first)
  })
})

describe('used accounts', () => {
  it.each<[string, Resource, string]>([
    ['a pod', pod({ serviceAccountName: 'a' }), 'shop/a'],
    ['a pod, by the old field', pod({ serviceAccount: 'a' }), 'shop/a'],
    ['a pod that names none', pod(), 'shop/default'],
    ['a pod of no namespace', { ...pod({ serviceAccountName: 'a' }), metadata: { name: 'x' } }, 'default/a'],
    ['a Deployment', deployment({ serviceAccountName: 'a' }), 'shop/a'],
    ['a CronJob', cronJob({ serviceAccountName: 'a' }), 'shop/a'],
    [
      'a PodTemplate',
      object('v1', 'PodTemplate', { namespace: 'shop' }, { template: { spec: { serviceAccountName: 'a' } } }),
      'shop/a',
    ],
    [
      'a Rollout',
      object(
        'argoproj.io/v1alpha1',
        'Rollout',
        { namespace: 'shop' },
        { spec: { template: { spec: { serviceAccountName: 'a' } } } },
      ),
      'shop/a',
    ],
    [
      'nonsense',
      object('argoproj.io/v1alpha1', 'Rollout', { namespace: 'shop' }, { spec: 'x' }),
      'shop/default',
    ],
  ])('%s', (_, resource, expected) => {
    expect([...usedAccounts.from([resource])]).toEqual([expected])
  })
})
