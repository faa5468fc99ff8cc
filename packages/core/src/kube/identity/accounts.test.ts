import { describe, expect, it } from 'vitest'
import type { Resource } from '../../model/resource.ts'
import { object } from '../../samples/objects.ts'
import { cronJob, deployment, pod } from '../../samples/pods.ts'
import { boundAccounts } from './bound-accounts.ts'
import { accountsUsedIn } from './used-accounts.ts'

const api = 'rbac.authorization.k8s.io/v1'
const binding = (subjects: readonly unknown[], metadata: object = {}, kind = 'ClusterRoleBinding') =>
  object(api, kind, metadata, { subjects })
const account = (name: string, namespace?: string) => ({
  kind: 'ServiceAccount',
  name,
  ...(namespace && { namespace }),
})
/** As the API server makes it for a controller, but for what is given. */
const serverBinding = ({
  name = 'system:controller:job-controller',
  labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' } as Readonly<Record<string, string>>,
  role = 'system:controller:job-controller',
  subjects = [account('job-controller', 'kube-system')],
}) =>
  object(
    api,
    'ClusterRoleBinding',
    { name, labels },
    { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role }, subjects },
  )

describe('bound accounts', () => {
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
    ['but none that a ClusterRoleBinding does not place', [binding([account('a')])], []],
    ['by the name of its user', [binding([{ kind: 'User', name: 'system:serviceaccount:x:a' }])], ['x/a']],
    [
      'but no other users, groups and unknown kinds',
      [
        binding([
          { kind: 'User', name: 'a' },
          { kind: 'Group', name: 'b' },
          { kind: 'Robot', name: 'c' },
        ]),
      ],
      [],
    ],
    ['of nobody', [binding([]), object(api, 'ClusterRoleBinding', {}, {})], []],
  ])('%s', (_, resources, expected) => {
    expect([...boundAccounts.from(resources).keys()]).toEqual(expected)
  })

  it.each<[string, Parameters<typeof serverBinding>[0], string[]]>([
    ['the server’s own', {}, []],
    ['its own, narrowed to nobody', { subjects: [] }, []],
    ['its own, for somebody else', { subjects: [account('a', 'x')] }, ['x/a']],
    [
      'its own, for somebody else too',
      { subjects: [account('job-controller', 'kube-system'), account('a', 'x')] },
      ['kube-system/job-controller', 'x/a'],
    ],
    [
      'its own, for an account of that name elsewhere',
      { subjects: [account('job-controller', 'x')] },
      ['x/job-controller'],
    ],
    ['its own, for another role', { role: 'cluster-admin' }, ['kube-system/job-controller']],
    ['the label and a system name of no controller', { name: 'system:x' }, ['kube-system/job-controller']],
    [
      'the label and the name of another controller',
      { name: 'system:controller:node-controller' },
      ['kube-system/job-controller'],
    ],
    ['the label alone', { name: 'mine' }, ['kube-system/job-controller']],
    ['the name alone', { labels: {} }, ['kube-system/job-controller']],
  ])('%s', (_, change, expected) => {
    expect([...boundAccounts.from([serverBinding(change)]).keys()]).toEqual(expected)
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
    const [account] = accountsUsedIn.from([resource])
    expect(`${accountsUsedIn.groupOf(resource)}/${account}`).toBe(expected)
    expect(accountsUsedIn.essenceOf(resource)).toBe(account)
  })
})
